"""Train a network as a document does by hand, in either order of the updates.

python examples/train.py [FILE.csv]
"""

import csv
import sys
from pathlib import Path

from symbackprop import Network

network = Network.from_file(Path(__file__).with_name("mazur_2_2_2.toml"))

# All gradients are taken before any parameter is updated; each record has the cost and the parameters.
for record in network.train(10_000, every=2_000):
    print(f"after {record.step:5} updates: E_total = {record.cost:.9e}, w_5 = {record.parameters['w_5']:.9f}")

# Updating the output layer first, and taking the hidden gradients through its new weights, is a common slip.
for order in ("simultaneous", "output-first"):
    *_, last = network.train(1, order=order)
    print(f"after one update, {order}: E_total = {last.cost:.9f}")

# The error curve as a table.
if len(sys.argv) > 1:
    with Path(sys.argv[1]).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("step", "E_total"))
        table.writerows((record.step, record.cost) for record in network.train(10_000, every=100))
