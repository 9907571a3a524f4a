"""Verify every step of a derivation, and every number that a document prints of it.

python examples/verify.py
"""

from pathlib import Path

from symbackprop import Network, verify

network = Network.from_file(Path(__file__).with_name("mazur_2_2_2.toml"))
report = verify(network)

# Each step is confirmed by routes that do not use the derivation.
for verdict, count in report.summary["steps"].items():
    print(f"{count:3} steps {verdict}")
step = next(step for step in report.steps if step.name == "dE_total/dw_5")
print(step.name, "-", step.how)

# The claims of the network file are what the document prints, some of it after one update or many.
print()
for verdict, count in report.summary["claims"].items():
    print(f"{count:3} claims {verdict}")
for claim in report.claims:
    if claim.verdict == "wrong":
        print(f"{claim.name} after update {claim.after}: {claim.printed} is printed, {float(claim.exact):.9g} is due")
