"""Backpropagation worked by hand: derived step by step, every step and every number confirmed.

The public names are imported on first use: `import symbackprop` does not import SymPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symbackprop.audited import AuditedDocument
    from symbackprop.auditing.report import Audit
    from symbackprop.checking.report import Report
    from symbackprop.derived import DerivedNetwork, Quantity
    from symbackprop.errors import SymbackpropError
    from symbackprop.evaluation.arithmetic import Arithmetic
    from symbackprop.interface import Network, audit, audit_text, verify
    from symbackprop.network.graph import Definition, Graph
    from symbackprop.network.layers import Dense

_HOMES = {
    "Arithmetic": "evaluation.arithmetic",
    "Audit": "auditing.report",
    "AuditedDocument": "audited",
    "Definition": "network.graph",
    "Dense": "network.layers",
    "DerivedNetwork": "derived",
    "Graph": "network.graph",
    "Network": "interface",
    "Quantity": "derived",
    "Report": "checking.report",
    "SymbackpropError": "errors",
    "audit": "interface",
    "audit_text": "interface",
    "verify": "interface",
}

__version__ = "0.1.0"
__all__ = [
    "Arithmetic",
    "Audit",
    "AuditedDocument",
    "Definition",
    "Dense",
    "DerivedNetwork",
    "Graph",
    "Network",
    "Quantity",
    "Report",
    "SymbackpropError",
    "audit",
    "audit_text",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'symbackprop' has no attribute {name!r}")
    return getattr(import_module(f"symbackprop.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
