"""Small documents in text, and what is read from them."""

from __future__ import annotations

from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.documents.source import Source, Span
from symbackprop.auditing.inference.draft import Draft
from symbackprop.auditing.inference.evidence import Evidence
from symbackprop.auditing.inference.forms import canonical
from symbackprop.auditing.inference.gathering import gather
from symbackprop.auditing.inference.infer import Inferred, drafts, infer
from symbackprop.auditing.mathematics.reading import read_statements
from symbackprop.auditing.mathematics.statements import Chain, Statements
from symbackprop.auditing.mathematics.tree import Node


def read(text: str, name: str = "sheet.txt") -> tuple[Source, Statements]:
    """The statements of a text."""
    source, blocks = read_text(text, name)
    return source, read_statements(blocks)


def formula(text: str) -> Node:
    """The right side of the equation `text`, in canonical form."""
    [chain] = [statement for statement in read(text)[1].statements if isinstance(statement, Chain)]
    return canonical(chain.members[1])


def evidence(text: str, name: str = "sheet.txt") -> Evidence:
    """What a text states."""
    return gather(read(text, name)[1].statements)


def drafted(text: str, name: str = "sheet.txt") -> Draft:
    """The one network of a text."""
    [(_, _, draft)] = drafts(read(text, name)[1])
    return draft


def inferred(text: str, name: str = "sheet.txt") -> Inferred:
    """The one network of a text, as far as it is stated."""
    [found] = infer(*read(text, name))
    return found


HERE = Span(0, 0)

MAZUR = """
net_h1 = w1*i1 + w2*i2 + b1 = 0.15*0.05 + 0.2*0.1 + 0.35 = 0.3775
out_h1 = 1/(1+e^(-net_h1)) = 1/(1+e^(-0.3775)) = 0.593269992
out_h2 = 0.596884378
net_o1 = w5*out_h1 + w6*out_h2 + b2 = 0.4*0.593269992 + 0.45*0.596884378 + 0.6 = 1.105905967
out_o1 = 1/(1+e^(-net_o1)) = 0.75136507
out_o2 = 0.772928465

E_o1 = 1/2*(target_o1 - out_o1)^2 = 1/2*(0.01 - 0.75136507)^2 = 0.274811083
E_o2 = 1/2*(target_o2 - out_o2)^2 = 1/2*(0.99 - 0.772928465)^2 = 0.023560026
E_total = E_o1 + E_o2 = 0.298371109

dE_total/dw5 = 0.082167041
w5+ = w5 - eta*dE_total/dw5 = 0.4 - 0.5*0.082167041 = 0.35891648
w3+ = 0.24975114
w4+ = 0.29950229
w7+ = 0.511301270
w8+ = 0.561370121
"""

NUMBERED = """
They are b0=0.5, b1=0.5, b2=0.5.

z0 = (x0*w0) + (x1*w1) + b
z0 = (2*0.15) + (9*0.23) + 0.5 = 0.3 + 2.07 + 0.5 = 2.87
O0 = sigmoid(z0)
O0 = sigmoid(2.87) = 0.9463

z1 = (x0*w2) + (x1*w3) + b
z1 = (2*0.5) + (9*0.8) + 0.5 = 8.7
O1 = sigmoid(z1) = sigmoid(8.7) = 0.9998

z2 = (x0*w4) + (x1*w5) + b
z2 = (2*0.05) + (9*-0.05) + 0.5 = 0.15
O2 = sigmoid(z2) = sigmoid(0.15) = 0.5374

z3 = (00*w6) + (00*w7) + (00*w8) + b
z3 = (0.9463*0.9) + (0.9998*-0.5) + (0.5374*0.08) + 0.2 = 0.5948
O3 = sigmoid(z3) = sigmoid(0.5948) = 0.6445

Cost = (actual - predicted)**2

Cost = (y_true - y_predicted)**2

Cost = (0.92 - 0.6445)**2 = 0.0759

dCost/dO3 = O3 - y_true = 0.6445 - 0.92 = -0.2755

new_w6 = old_w6 - 0.5(dCost/dw6) = 0.9 - 0.5(-0.0597) = 0.9299
new_b3 = old_b3 - 0.5(dCost/db3) = 0.2 - 0.5(-0.0631) = 0.23155
"""
