"""The formats in which audits are written, one table entry each. A format is imported when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symbackprop.auditing.report import Audit


@dataclass(frozen=True, slots=True)
class AuditFormat:
    """A way to write the audits of one or more documents."""

    name: str
    document: Callable[[Sequence[Audit]], str]


def _text(audits: Sequence[Audit]) -> str:
    from symbackprop.rendering import audit_terminal

    return audit_terminal.document(audits)


def _json(audits: Sequence[Audit]) -> str:
    from symbackprop.rendering import audit_json

    return audit_json.document(audits)


def _sarif(audits: Sequence[Audit]) -> str:
    from symbackprop.rendering import audit_sarif

    return audit_sarif.document(audits)


def _github(audits: Sequence[Audit]) -> str:
    from symbackprop.rendering import audit_github

    return audit_github.document(audits)


def _junit(audits: Sequence[Audit]) -> str:
    from symbackprop.rendering import audit_junit

    return audit_junit.document(audits)


def _markdown(audits: Sequence[Audit]) -> str:
    from symbackprop.rendering import audit_markdown

    return audit_markdown.document(audits)


def _html(audits: Sequence[Audit]) -> str:
    from symbackprop.rendering.page.audits import document

    return document(audits)


_ENTRIES = (
    AuditFormat("text", _text),
    AuditFormat("json", _json),
    AuditFormat("sarif", _sarif),
    AuditFormat("github", _github),
    AuditFormat("junit", _junit),
    AuditFormat("markdown", _markdown),
    AuditFormat("html", _html),
)

AUDIT_FORMATS: dict[str, AuditFormat] = {entry.name: entry for entry in _ENTRIES}
