"""The structure that the text formats share: groups, numbers, references, what is given."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symbackprop.derivation.working import derive
from symbackprop.evaluation.worked import Working, work
from symbackprop.rendering.document import Document, compose, prose


def group_of(document: Document, name: str) -> list[str]:
    for part in document.parts:
        for group in part.groups:
            members = [entry.worked.step.name for entry in group.entries]
            if name in members:
                return members
    raise AssertionError(name)


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("net_h1", ["net_h1", "out_h1"]),
        ("E_o1", ["E_o1"]),
        ("dE_total/dout_o1", ["dE_total/dE_o1", "dE_o1/dout_o1", "dE_total/dout_o1"]),
        ("dE_total/dw_5", ["dnet_o1/dw_5", "dE_total/dw_5"]),
        ("dE_total/db_2", ["dnet_o1/db_2", "dnet_o2/db_2", "dE_total/db_2"]),
        ("dE_o1/dnet_o1", ["dE_o1/dnet_o1"]),
        ("w_1+", [f"w_{i}+" for i in range(1, 9)]),
    ],
)
def test_steps_that_belong_together_are_one_group(
    working: Callable[..., Working], name: str, members: list[str]
) -> None:
    assert group_of(compose(working("mazur")), name) == members


def test_every_step_is_there_once_in_order(any_working: Working) -> None:
    entries = [entry for part in compose(any_working).parts for group in part.groups for entry in group.entries]
    assert [entry.worked for entry in entries] == list(any_working.steps)
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))


def test_every_group_begins_with_a_reason(any_working: Working) -> None:
    for part in compose(any_working).parts:
        for group in part.groups:
            assert group.entries[0].reason


def test_references_point_back(any_working: Working) -> None:
    for part in compose(any_working).parts:
        for group in part.groups:
            for entry in group.entries:
                numbers = [
                    int(n) for n in entry.earlier.replace("...", " ").replace("-", " ").replace(",", " ").split()
                ]
                assert all(number < entry.number for number in numbers)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("dE_total/dw_5", "Gradient with respect to `w_5`"),
        ("dE_total/dnet_h1", "Node error of `net_h1`"),
        ("dE_o1/dout_h1", "Partial of `E_o1` with respect to `out_h1`"),
        ("net_h1", ""),
    ],
)
def test_titles(working: Callable[..., Working], name: str, title: str) -> None:
    groups = [group for part in compose(working("mazur")).parts for group in part.groups]
    (group,) = [group for group in groups if name in [entry.worked.step.name for entry in group.entries]]
    assert group.title == title


def test_a_cut_down_working_lists_what_it_uses(working: Callable[..., Working]) -> None:
    document = compose(work(derive(working("mazur").derivation.problem), wrt=["w_5"]))
    given = {given.title: [name for name, _ in given.items] for given in document.given}
    assert given == {
        "inputs": ["i_1", "i_2"],
        "targets": ["target_o1"],
        "parameters": ["w_1", "w_2", "w_3", "w_4", "w_5", "w_6", "b_1", "b_2"],
    }
    assert document.table.heads == ("parameter", "old", "gradient")
    assert document.table.rows == (("w_5", "0.40", "0.082167041"),)
    assert document.costs == ()


def test_what_is_given_is_cut_where_it_is_long(working: Callable[..., Working]) -> None:
    (parameters,) = [given for given in compose(working("wide")).given if given.title == "parameters"]
    assert len(parameters.items) == 60
    assert parameters.left_out == 2 * 30 + 30 + 31 - 60
    assert parameters.items[-1][0] == "b30"


def test_frozen_parameters_are_named(working: Callable[..., Working]) -> None:
    document = compose(working("mazur"))
    assert [given.items for given in document.given if given.title == "never updated"] == [(("b_1", ""), ("b_2", ""))]
    assert [row[0] for row in document.table.rows if row[-1] == "frozen"] == ["b_1", "b_2"]


def test_costs(working: Callable[..., Working]) -> None:
    assert compose(working("mazur")).costs == (("E_total", "0.298371109"), ("E_total+", "0.291027774"))
    assert compose(working("untrained")).costs == ()


def test_prose() -> None:
    assert prose("`a` and `b`", str.upper, str.title) == "A And B"
