"""Derive a network, and ask for any quantity of it.

python examples/derive.py [FILE.html]
"""

import sys
from pathlib import Path

from symbackprop import Network

network = Network.from_file(Path(__file__).with_name("mazur_2_2_2.toml"))
derivation = network.derive()

# A parameter stands for its gradient; every quantity knows its value, its reason and its LaTeX.
gradient = derivation["w_5"]
print(gradient.name, "=", gradient.value)
print(gradient.reason)
print(gradient.latex)

# What it rests on are quantities, too, down to the numbers that are given.
for name in gradient.uses:
    print("   ", name, "=", derivation[name].value)

# Any partial can be asked for, whether or not the working needs it.
partial = derivation.partial("out_o2", "w_1")
print(partial.name, "=", partial.value)

# The working as text, or cut down to one gradient; --format on the command line knows the other formats.
print()
print(derivation.render("text", wrt=["w_5"]))

# And the whole of it as a page.
if len(sys.argv) > 1:
    Path(sys.argv[1]).write_text(derivation.render("html"), encoding="utf-8")
