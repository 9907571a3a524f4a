"""The formats of audits for machines and editors: JSON, SARIF, GitHub, JUnit, Markdown."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbackprop.auditing.causes.registry import CAUSES
from symbackprop.auditing.documents.source import Source, Span
from symbackprop.auditing.report import Audit, Explanation, Judged, Verdict
from symbackprop.rendering import audit_github, audit_json, audit_junit, audit_markdown, audit_sarif
from symbackprop.rendering.audit_formats import AUDIT_FORMATS
from tests.audits import CLAIMS, DC_DY, SHEET, faultless, hostile, sheet

IDS = ["sheet", "several", "empty", "hostile"]
EMPTY = Audit(Source("empty.md", ""), (), None)
KEYS = [
    *("line", "column", "end_line", "end_column", "text", "quantity", "after", "printed", "exact", "from_printed"),
    *("verdict", "cause", "alternatives", "root", "message", "corrected"),
]


def unseen(name: str, written: str) -> set[str]:
    """The characters that are not seen as themselves; a page keeps the tabs of its document."""
    lines = "\n\t" if name == "html" else "\n"
    return {c for c in written if not c.isprintable() and c not in lines and unicodedata.category(c) != "Zs"}


@pytest.mark.parametrize("name", AUDIT_FORMATS)
@pytest.mark.parametrize("audits", [[sheet()], [faultless(), sheet()], [EMPTY], [hostile()]], ids=IDS)
def test_every_format_writes_every_audit_the_same_each_time_and_inert(name: str, audits: list[Audit]) -> None:
    entry = AUDIT_FORMATS[name]
    written = entry.document(audits)
    assert entry.name == name
    assert written == entry.document(audits)
    assert written.endswith("\n")
    assert not unseen(name, written)
    assert written.encode("utf-8")


def test_json_says_of_each_claim_all_that_is_known() -> None:
    document = json.loads(audit_json.document([sheet()]))
    assert list(document) == ["document", "claims", "network", "summary"]
    assert document["document"] == "sheet.md"
    assert document["claims"][3] == {
        "line": 6,
        "column": 1,
        "end_line": 6,
        "end_column": 30,
        "text": "dC/dy = -(1 - 0.731) = -0.269",
        "quantity": "dC/dy",
        "after": 0,
        "printed": "-0.269",
        "exact": DC_DY,
        "from_printed": None,
        "verdict": "wrong",
        "cause": "missing-factor",
        "alternatives": ["convention"],
        "root": None,
        "message": "the factor 2 is left out. 2 · -0.269 is -0.538, which is due",
        "corrected": "dC/dy = -2(1 - 0.731) = -0.538",
    }
    assert all(list(claim) == KEYS for claim in document["claims"])
    assert [claim["root"] for claim in document["claims"]] == [None, None, None, None, 3, 4, None, None, None]
    assert document["claims"][8]["cause"] is None
    assert document["network"] == {"title": None, "inferred": False, "missing": [], "notes": [], "read": []}
    assert document["summary"]["wrong"] == 1


def test_json_holds_the_network_that_was_read() -> None:
    document = json.loads(AUDIT_FORMATS["json"].document([replace(faultless(), notes=("C is taken after E",))]))
    assert document["network"]["notes"] == ["C is taken after E"]
    assert document["network"]["read"] == [
        {
            "equations": {"z": "w*x", "y": "sigmoid(z)", "C": "(t - y)**2"},
            "values": {"x": "2", "t": "1", "w": "0.5"},
            "cost": "C",
            "learning_rate": "0.1",
            "frozen": [],
        }
    ]


def test_json_of_several_documents_holds_that_of_each() -> None:
    several = json.loads(audit_json.document([sheet(), faultless()]))
    alone = [json.loads(audit_json.document([audit])) for audit in (sheet(), faultless())]
    assert several == {"documents": alone}


REQUIRED = {
    "": {"version", "runs"},
    "runs": {"tool"},
    "driver": {"name"},
    "rules": {"id"},
    "results": {"message"},
    "message": {"text"},
    "shortDescription": {"text"},
    "fullDescription": {"text"},
    "help": {"text"},
    "location": {"uri"},
    "artifactLocation": {"uri"},
    "tool": {"driver"},
}  # of the schema of SARIF 2.1.0, for the objects that are written


def _objects(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        yield key, value
        for name, inner in value.items():
            yield from _objects(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, key)


@pytest.mark.parametrize("audits", [[sheet(), faultless()], [hostile()], [EMPTY]], ids=["several", "hostile", "empty"])
def test_sarif_has_what_its_schema_requires(audits: list[Audit]) -> None:
    log = json.loads(audit_sarif.document(audits))
    assert log["version"] == "2.1.0"
    for key, value in _objects(log):
        assert REQUIRED.get(key, set()) <= {*value}, key
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["artifacts"]) == len(audits)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "note")
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            physical = location["physicalLocation"]
            artifact, region = physical["artifactLocation"], physical["region"]
            assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
            assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", artifact["uri"])
            assert 1 <= region["startLine"] <= region["endLine"]
            assert region["startColumn"] >= 1
            assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])


def test_sarif_has_a_rule_for_each_cause_an_error_for_each_fault_and_notes_that_lead_to_it() -> None:
    (run,) = json.loads(audit_sarif.document([faultless(), sheet()]))["runs"]
    assert {*CAUSES} < {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    fault, *heirs = run["results"]
    assert (fault["ruleId"], fault["level"]) == ("missing-factor", "error")
    assert "relatedLocations" not in fault
    assert fault["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 6,
        "startColumn": 1,
        "endLine": 6,
        "endColumn": 30,
    }
    assert [(heir["ruleId"], heir["level"]) for heir in heirs] == [("inherited", "note")] * 2
    for heir in heirs:
        (related,) = heir["relatedLocations"]
        assert related["physicalLocation"] == fault["locations"][0]["physicalLocation"]


@pytest.mark.parametrize("explanations", [(), (Explanation("a cause that is in no table", 1, ""),)])
def test_sarif_of_a_fault_without_a_known_cause(explanations: tuple[Explanation, ...]) -> None:
    claim = replace(CLAIMS[3], explanations=explanations)
    (run,) = json.loads(audit_sarif.document([replace(sheet(), claims=(claim,))]))["runs"]
    assert run["results"][0]["ruleId"] == "unexplained"


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a b/ü.md", "a%20b/%C3%BC.md"),
        ("/\ud800:.md", "file:///%ED%A0%80:.md"),
        ("/notes/a b.md", "file:///notes/a%20b.md"),
        ("x:y.md", "x%3Ay.md"),
    ],
)
def test_sarif_names_documents_by_uris(name: str, uri: str) -> None:
    (run,) = json.loads(audit_sarif.document([replace(sheet(), source=Source(name, SHEET))]))["runs"]
    assert run["artifacts"][0]["location"]["uri"] == uri


def test_github_has_an_annotation_for_each_fault_and_each_heir() -> None:
    error, *notices, last = audit_github.document([sheet()]).splitlines()
    assert error == (
        "::error file=sheet.md,line=6,endLine=6,col=1,endColumn=30,title=wrong (missing-factor)::"
        "∂C/∂y = -0.269, due -0.537882842739…%0Athe factor 2 is left out. 2 · -0.269 is -0.538, which is due"
        "%0Ashould read: dC/dy = -2(1 - 0.731) = -0.538"
    )
    assert notices[0] == (
        "::notice file=sheet.md,line=7,endLine=7,col=1,endColumn=36,title=inherited::"
        "∂C/∂w = -0.106 inherits the fault at sheet.md:6:1"
    )
    assert len(notices) == 2
    assert last.startswith("symbackprop: sheet.md: 9 claims: 2 correct")


def test_github_commands_are_not_to_be_forged() -> None:
    lines = audit_github.document([hostile()]).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::notice", "::error", "symbackprop:"]
    for line in lines[:-1]:
        properties = line.split(" ", 1)[1].split("::")[0]
        assert [part.split("=")[0] for part in properties.split(",")] == [
            "file",
            "line",
            "endLine",
            "col",
            "endColumn",
            "title",
        ]
    assert "100%25" in audit_github.document([replace(sheet(), claims=(replace(CLAIMS[3], message="100%, a: b"),))])


def test_junit_has_a_case_for_each_claim() -> None:
    root = ElementTree.fromstring(audit_junit.document([sheet(), faultless()]))  # noqa: S314 - our own
    assert root.tag == "testsuites"
    assert root.attrib == {"name": "symbackprop", "tests": "10", "failures": "3", "errors": "0", "skipped": "3"}
    assert [suite.attrib["name"] for suite in root] == ["sheet.md", "right.md"]
    cases = list(root[0])
    outcomes = [next((child.tag for child in case), "passed") for case in cases]
    assert outcomes == ["passed"] * 3 + ["failure"] * 3 + ["skipped"] * 3
    (failure,) = cases[3]
    assert failure.attrib == {
        "message": "the factor 2 is left out. 2 · -0.269 is -0.538, which is due",
        "type": "missing-factor",
    }
    assert "due -0.537882842739…" in str(failure.text)
    (inherited,) = cases[5]
    assert inherited.attrib["type"] == "inherited"
    assert str(inherited.text).endswith("inherited from sheet.md:6:1")
    assert cases[8][0].attrib == {"message": "unread: a bracket is not closed"}
    assert len({(case.attrib["classname"], case.attrib["name"]) for case in cases}) == len(cases)


def test_junit_is_read_back_whatever_the_document_holds() -> None:
    root = ElementTree.fromstring(audit_junit.document([hostile()]))  # noqa: S314 - our own
    assert len(list(root.iter("testcase"))) == len(hostile().claims)
    assert "<script>" in str(root[0].attrib["name"])


def test_markdown_is_an_errata_note() -> None:
    lines = audit_markdown.document([sheet()]).splitlines()
    assert lines[:5] == [
        "# Errata: sheet.md",
        "",
        "| line | printed | should read | why |",
        "|---:|---|---|---|",
        "| 6 | `-0.269` | `dC/dy = -2(1 - 0.731) = -0.538` "
        "| the factor 2 is left out. 2 · -0.269 is -0.538, which is due (missing-factor) |",
    ]
    assert "- line 7: ∂C/∂w = -0.106, due -0.211508371137…, from line 6" in lines
    assert "- line 9: q = 0.25: no quantity is called so" in lines
    assert "- line 11: w = {0.5: a bracket is not closed" in lines
    assert lines[-1].startswith("9 claims: 2 correct, 1 carried")


def test_markdown_without_a_corrected_line_gives_the_value_that_is_due() -> None:
    claims = [
        replace(CLAIMS[3], corrected=""),
        replace(CLAIMS[3], corrected="", exact=""),
        replace(CLAIMS[3], verdict=Verdict.INHERITED),
    ]
    lines = audit_markdown.document([replace(sheet(), claims=tuple(claims))]).splitlines()
    assert lines[4].startswith("| 6 | `-0.269` | `-0.537882842739…` |")
    assert lines[5].startswith("| 6 | `-0.269` | — |")
    assert "- line 6: ∂C/∂y = -0.269, due -0.537882842739…" in lines


def test_markdown_keeps_its_table_whatever_the_document_holds() -> None:
    markdown = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse(audit_markdown.document([hostile()]))
    assert sum(token.type == "tr_open" for token in tokens) == 3
    assert sum(token.type == "td_open" for token in tokens) == 8
    inner = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inner} <= {"text", "text_special", "entity", "code_inline"}


TEXTS = st.text(st.characters() | st.sampled_from("\t\n\r\x1b\u202e\u2028\ufeff|`*_<>&:%,.0123456789-"), max_size=40)


@st.composite
def audits(draw: st.DrawFn) -> Audit:
    """Audits whose texts and places are anything at all."""
    text = draw(TEXTS)
    claims = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text)))
        claims.append(
            Judged(
                Span(start, draw(st.integers(start, len(text)))),
                *(draw(TEXTS), draw(st.sampled_from(Verdict)), draw(TEXTS), draw(TEXTS), draw(st.integers(0, 3))),
                *(draw(TEXTS | st.just("0")), draw(st.sampled_from(["", "0.5", "1e-9", "-12.5000"])), draw(TEXTS)),
                explanations=tuple(Explanation(draw(TEXTS), 1, draw(TEXTS)) for _ in range(draw(st.integers(0, 2)))),
                root=draw(st.none() | st.integers(-2, 6)),
                corrected=draw(TEXTS | TEXTS.map(lambda line: line * 20)),
            )
        )
    return Audit(Source(draw(TEXTS), text), tuple(claims), None, missing=(draw(TEXTS),))


@pytest.mark.parametrize("name", AUDIT_FORMATS)
@given(audit=audits())
def test_no_text_breaks_a_format(name: str, audit: Audit) -> None:
    written = AUDIT_FORMATS[name].document([audit, audit])
    assert not unseen(name, written)
    assert written.encode("utf-8")
    match name:
        case "json":
            assert len(json.loads(written)["documents"][0]["claims"]) == len(audit.claims)
        case "sarif":
            assert len(json.loads(written)["runs"][0]["artifacts"]) == 2
        case "junit":
            cases = list(ElementTree.fromstring(written).iter("testcase"))  # noqa: S314 - our own
            assert len(cases) == 2 * len(audit.claims)
        case "github":
            assert all(
                line.startswith(("::error file=", "::notice file=", "symbackprop: ")) for line in written.splitlines()
            )
