"""Paper: an audited document as a page shows it, its network drawn, its findings numbered and its lines linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from symbackprop.auditing.report import Audit, Judged
from symbackprop.rendering.audit_findings import Finding, findings, pointed, region
from symbackprop.rendering.page.elements import Element, element
from symbackprop.rendering.page.figures import Figures, figures_of


@dataclass(frozen=True, slots=True)
class Paper:
    """An audit whose lines and findings have identifiers that begin with `prefix`."""

    audit: Audit
    prefix: str = ""
    figures: Figures | None = field(init=False, repr=False)
    findings: tuple[Finding, ...] = field(init=False)
    numbers: Mapping[int, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        found = findings(self.audit)
        numbers = {
            id(claim): number for number, finding in enumerate(found, 1) for claim in (finding.claim, *finding.heirs)
        }
        object.__setattr__(self, "figures", figures_of(self.audit.problem, f"{self.prefix}network"))
        object.__setattr__(self, "findings", found)
        object.__setattr__(self, "numbers", MappingProxyType(numbers))

    def number(self, claim: Judged) -> int | None:
        """The number of the finding that a claim is the root of, or inherits."""
        return self.numbers.get(id(claim))

    def line(self, claim: Judged) -> int:
        """The line in which the printed number of a claim stands."""
        return region(self.audit, pointed(self.audit, claim)).line

    def identifier(self, what: str, number: int | str = "") -> str:
        """The identifier of a part of the page: line-12."""
        return f"{self.prefix}{what}" + (f"-{number}" if number != "" else "")

    def line_link(self, claim: Judged) -> Element:
        """A link to the line of a claim."""
        line = self.line(claim)
        return element("a", f"Line {line}", href=f"#{self.identifier('line', line)}")
