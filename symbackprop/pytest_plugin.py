"""pytest --symbackprop: documents are collected as tests, an item for each claim.

A claim passes that is correct or carried, fails that is wrong or inherited, and is skipped where it is undecided or
unread. The network of `notes/sheet.md` is `notes/sheet.toml` where there is one, else the file that the ini option
`symbackprop_network` names, else the document's own. Without the option nothing is collected and nothing imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from symbackprop.auditing.report import Audit, Judged
    from symbackprop.rendering.audit_findings import Finding


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that turns it on, and the ini options that say what is audited, and by which network."""
    parser.getgroup("symbackprop").addoption(
        "--symbackprop", action="store_true", help="audit documents: every claim in them is a test"
    )
    parser.addini("symbackprop_network", "the network file of documents that have none beside them", default="")
    parser.addini("symbackprop_documents", "globs of the documents to audit, from the root", type="args", default=[])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The claims of a document, where documents are asked for."""
    config = parent.config
    if not config.getoption("--symbackprop") or not _is_document(file_path):
        return None
    globs = config.getini("symbackprop_documents")
    if globs and not any(_matches(file_path, config.rootpath, glob) for glob in globs):
        return None
    return DocumentFile.from_parent(parent, path=file_path)


def _is_document(path: Path) -> bool:
    from symbackprop.auditing.documents.formats import FORMATS

    return any(path.suffix.lower() in entry.suffixes for entry in FORMATS.values())


def _matches(path: Path, root: Path, glob: str) -> bool:
    """Whether a document is one of those that a glob asks for; a star stands for directories, too."""
    return path.is_relative_to(root) and fnmatchcase(path.relative_to(root).as_posix(), glob)


class DocumentFile(pytest.File):
    """A document, whose claims are tests."""

    def collect(self) -> Iterator[ClaimItem]:
        """An item for each claim. Raises `CollectError` where the document or its network cannot be read."""
        from symbackprop.auditing.auditor import audit
        from symbackprop.auditing.documents.formats import read_document
        from symbackprop.errors import SymbackpropError
        from symbackprop.network.file import load_problem
        from symbackprop.rendering.audit_findings import findings

        try:
            network = self._network()
            source, blocks = read_document(self.path)
            named = replace(source, name=self.nodeid)
            judged = audit(named, blocks, load_problem(network) if network else None)
        except SymbackpropError as error:
            raise self.CollectError(str(error)) from None
        found = {id(finding.claim): finding for finding in findings(judged)}
        for claim in judged.claims:
            yield ClaimItem.from_parent(self, name=_name(judged, claim), audit=judged, claim=claim, found=found)

    def _network(self) -> Path | None:
        beside = self.path.with_suffix(".toml")
        if beside.is_file():
            return beside
        named = self.config.getini("symbackprop_network")
        return self.config.rootpath / named if named else None


def _name(audit: Audit, claim: Judged) -> str:
    from symbackprop.rendering.audit_findings import region, stated

    where = region(audit, claim.span)
    return f"{where.line}:{where.column} {stated(claim)}"


def _reason(audit: Audit, claim: Judged) -> str:
    from symbackprop.rendering.audit_findings import inert, region

    return f"line {region(audit, claim.span).line}: {claim.verdict}: {inert(claim.message)}"


class FaultError(Exception):
    """A claim is wrong, or inherits a fault."""


class ClaimItem(pytest.Item):
    """A claim as a test."""

    def __init__(self, *, audit: Audit, claim: Judged, found: dict[int, Finding], **extra: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**extra)
        self.audit = audit
        self.claim = claim
        self.found = found
        if claim.verdict in ("undecided", "unread"):
            self.add_marker(pytest.mark.skip(reason=_reason(audit, claim)))

    def runtest(self) -> None:
        """Raises `FaultError` for a claim that is wrong or inherits a fault."""
        from symbackprop.auditing.report import Verdict
        from symbackprop.rendering.audit_findings import Finding
        from symbackprop.rendering.audit_terminal import finding_text

        if self.claim.verdict in (Verdict.WRONG, Verdict.INHERITED):
            finding = self.found.get(id(self.claim), Finding(self.claim, ()))
            raise FaultError(finding_text(self.audit, finding))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 - pytest's own
        """The fault as on a terminal, without a traceback."""
        if isinstance(excinfo.value, FaultError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the claim stands."""
        return self.path, self.audit.source.place(self.claim.span.start)[0] - 1, f"claim {self.name}"
