"""Documents with worked networks, made up: honest ones, and ones with a single error of a known kind in them.

    python -m tests.auditing.generator --documents 1000
    python -m tests.auditing.generator --seed 7 --show

The numbers are worked here with fractions and mpmath, apart from the package that is tested.
"""

from tests.auditing.generator.documents import Generated, Planted, honest, planted
from tests.auditing.generator.errors import KINDS
from tests.auditing.generator.layouts import Printed

__all__ = ["KINDS", "Generated", "Planted", "Printed", "honest", "planted"]
