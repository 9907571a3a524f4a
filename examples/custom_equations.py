"""Equations of one's own, in one's own names: any acyclic graph of scalars.

python examples/custom_equations.py
"""

import numpy as np

from symbackprop import Arithmetic, Network, verify

# A gated neuron, whose weight v is used twice, and cross-entropy as its loss.
network = Network.from_equations(
    {
        "g": "sigmoid(v*x + c)",  # the gate
        "h": "tanh(w*x)",
        "y": "sigmoid(g*h + v)",
        "L": "-t*log(y) - (1 - t)*log(1 - y)",
    },
    inputs={"x": "1.5"},
    targets={"t": 1},
    parameters={"v": "0.3", "w": "-0.8", "c": "0.1"},
    cost="L",
    learning_rate="0.1",
    title="A gated neuron",
)
derivation = network.derive()

# A parameter that is used twice has a gradient of two summands, one for each path.
for name in network.graph.parameters:
    print(f"dL/d{name} = {derivation[name].value}")
print(derivation["v"].reason)
print(derivation["v"].latex)
print("every step is proved or confirmed:", verify(derivation).ok)

# The same list as a compiled function, here over a batch of inputs in one call.
gradient = derivation.compile(["L", "dL/dv"], Arithmetic.ARRAY)
batch = gradient({"x": np.linspace(-1, 1, 5), "t": 1.0, "v": 0.3, "w": -0.8, "c": 0.1})
for x, gradient_of_v in zip(np.linspace(-1, 1, 5), batch["dL/dv"], strict=True):
    print(f"x = {x:4.1f}: dL/dv = {gradient_of_v:.6f}")
