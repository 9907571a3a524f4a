"""The page of a working: every step once, whole, with its reason; and the auditor reads it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from symbackprop import Network
from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Verdict
from symbackprop.checking.report import PASSED, verify
from symbackprop.evaluation.worked import WorkedStep, Working
from symbackprop.network.file import load_problem
from symbackprop.rendering.document import compose
from symbackprop.rendering.escaping import harmless
from symbackprop.rendering.formats import Shown
from symbackprop.rendering.links import links
from symbackprop.rendering.mathematics import formula_of, left, linear_of, sign_of
from symbackprop.rendering.page.chains import WIDE
from symbackprop.rendering.page.derivation import document
from symbackprop.rendering.page.formulas import pieces
from symbackprop.rendering.typesetting import width
from tests.networks import EXAMPLES
from tests.pages import NETWORKS, derivation, parsed


def written(worked: WorkedStep) -> str:
    """The chain of a step in LaTeX, its fractions with a slash where they are too wide to stand in one piece."""
    members = [left(worked)]
    for link in links(worked):
        tex = formula_of(link)
        wide = any(width(piece) > WIDE for piece in pieces(tex))
        members += [sign_of(link), linear_of(link) if wide else tex]
    return "".join(members).replace(" ", "").replace(r"\allowbreak", "")


def test_every_step_is_there_once_and_whole(any_working: Working) -> None:
    tree = parsed(document(Shown(any_working)))
    steps = {node.attributes["id"]: node for node in tree.all() if node.attributes.get("id", "").startswith("step-")}
    assert list(steps) == [f"step-{number}" for number in range(1, len(any_working.steps) + 1)]
    for node, worked in zip(steps.values(), any_working.steps, strict=True):
        chains = node.all("p", "chain")
        assert len(chains) == 1 + bool(worked.short)
        shown = chains[0].tex.replace(" ", "").replace("δ=", r"\delta=")
        assert shown == written(worked)
        assert shown.startswith(left(worked).replace(" ", ""))


def test_its_texts(any_working: Working) -> None:
    composed = compose(any_working)
    tree = parsed(document(Shown(any_working)))
    assert tree.all("h1")[0].text == harmless(composed.title)
    titles = [node.text for node in tree.all("h2")]
    assert [part.title for part in composed.parts] == [title for title in titles if title in
                                                      {part.title for part in composed.parts}]  # fmt: skip
    text = " ".join(tree.text.split())
    for part in composed.parts:
        for group in part.groups:
            for entry in group.entries:
                for words in entry.reason.split("`")[::2]:
                    assert " ".join(words.split()) in text


def test_local_partials_fold_away_and_links_lead_to_what_is_used(any_working: Working) -> None:
    composed = compose(any_working)
    tree = parsed(document(Shown(any_working)))
    folded = [node.all("div", "body")[0].attributes["id"] for node in tree.all("details", "step")]
    entries = [entry for part in composed.parts for group in part.groups for entry in group.entries]
    local = {f"step-{entry.number}" for entry in entries if entry.is_local}
    assert set(folded) <= local
    for entry in entries:
        (step,) = [node for node in tree.all() if node.attributes.get("id") == f"step-{entry.number}"]
        (uses,) = step.all("p", "uses")
        leading = {link.attributes["href"] for link in uses.all("a") if not link.attributes.get("class")}
        assert leading == {f"#step-{number}" for number in entry.uses}


@pytest.mark.parametrize(
    ("name", "decimals", "hand"),
    [*((name, None, False) for name in NETWORKS), ("mazur_2_2_2", 50, False), ("sigmoid_2_3_1", 4, True)],
)
def test_the_auditor_reads_it_back_and_finds_it_right(name: str, decimals: int | None, hand: bool) -> None:
    path = EXAMPLES / f"{name}.toml"
    derived = Network.from_file(path).derive()
    page = derivation(name, decimals, hand=hand)
    page = page[: page.index('<section id="seal"')] + "</main></body></html>"
    read = audit(*read_text(page, name="derivation.html"), load_problem(path))
    assert not [claim for claim in read.claims if claim.verdict in (Verdict.WRONG, Verdict.INHERITED)]
    right = {
        claim.quantity + "+" * claim.after
        for claim in read.claims
        if claim.verdict in (Verdict.CORRECT, Verdict.CARRIED) and claim.after < 2
    }
    confirmed = {step.name for step in verify(derived.derivation).steps if step.verdict in PASSED}
    assert len(confirmed) > 60
    values = {worked.step.name: worked.value for worked in derived.working(decimals=decimals, hand=hand).steps}
    same = {name for name, value in values.items() if values.get(name.removesuffix("+")) == value and "+" in name}
    assert {step for step in confirmed - same if "(direct)" not in step} <= right


def test_the_page_of_a_file_is_written_by_the_command(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from symbackprop.cli import main

    output = tmp_path / "page.html"
    network = str(EXAMPLES / "mazur_2_2_2.toml")
    result = CliRunner().invoke(main, ["derive", network, "--format", "html", "--output", str(output)])
    assert result.exit_code == 0
    assert output.read_text("utf-8") == derivation("mazur_2_2_2")
