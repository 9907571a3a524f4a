"""Audit a document as it was written: what is wrong in it, why, and how it should read.

python examples/audit.py [DOCUMENT [FILE.html]]
"""

import sys
from pathlib import Path

from symbackprop import audit, audit_text

path = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "documents" / "one_neuron.md"
audited = audit(path)  # the network is read from the document; audit(path, "network.toml") judges by a given one

# The faults are where something goes wrong first; what only goes on with it is told as inherited.
for fault in audited.faults:
    line, column = audited.source.place(fault.span.start)
    print(f"line {line}: {fault.quantity} {fault.printed} {fault.cause}")
    print("   ", fault.message)
    for explanation in fault.explanations:
        print("   ", explanation.sentence)
print(audited)

# A text is audited in the same way.
print(audit_text("With x = 2 and w = 0.5 the neuron has $z = w x = 0.5 * 2 = 1.5$.").faults[0].message)

# The same as a page.
if len(sys.argv) > 2:
    Path(sys.argv[2]).write_text(audited.render("html"), encoding="utf-8")
