"""An audit as a Python program holds it: what is said of a document, in every format."""

from __future__ import annotations

from dataclasses import dataclass, fields

from symbackprop.auditing.report import Audit
from symbackprop.errors import SymbackpropError, did_you_mean
from symbackprop.rendering.audit_findings import summary_lines
from symbackprop.rendering.audit_formats import AUDIT_FORMATS
from symbackprop.rendering.pdf import pdf_of_page


@dataclass(frozen=True, slots=True, repr=False)
class AuditedDocument(Audit):
    """An audit that writes itself, and shows its findings in a notebook."""

    @classmethod
    def of(cls, audit: Audit) -> AuditedDocument:
        """The same audit."""
        return cls(*(getattr(audit, field.name) for field in fields(audit)))

    def render(self, format: str = "text") -> str:  # noqa: A002 - the word of the command line
        """The audit as "text", "markdown", "html", "json", "sarif", "github" or "junit".

        Raises `SymbackpropError` for an unknown format.
        """
        if format not in AUDIT_FORMATS:
            raise SymbackpropError(f"unknown format {format!r}", hint=did_you_mean(format, AUDIT_FORMATS))
        return AUDIT_FORMATS[format].document([self])

    def pdf(self) -> bytes:
        """The audit as a PDF, by Chromium. Raises `SymbackpropError` where there is none."""
        return pdf_of_page(self.render("html"))

    def __repr__(self) -> str:
        return f"<the audit of {self.source.name}: {summary_lines(self)[0]}>"

    def _repr_html_(self) -> str:
        from symbackprop.rendering.page.audits import fragment

        return fragment(self)

    def _repr_markdown_(self) -> str:
        return self.render("markdown")
