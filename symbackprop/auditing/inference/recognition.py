"""A weighted sum in numbers alone, by the names for which the document states those numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, pairwise, product

from symbackprop.auditing.inference.analogy import is_weighted_sum
from symbackprop.auditing.inference.elided import written_out
from symbackprop.auditing.inference.evidence import Evidence
from symbackprop.auditing.inference.forms import keys, value_of
from symbackprop.auditing.inference.grids import entry_names
from symbackprop.auditing.inference.layouts import Cell, laid_out
from symbackprop.auditing.inference.spelling import key_of, numbered
from symbackprop.auditing.inference.words import GIVEN, TARGETS, is_backward, is_cost, is_parameter, letters, role
from symbackprop.auditing.inference.workings import Working, workings
from symbackprop.auditing.mathematics.tree import Call, Node

CHOICES = 200  # of sources that are weighed against each other
FORMS = 3  # workings of one name
LAYER = 100  # workings that are looked at for those of one layer


def recognise(formulas: dict[str, Node], evidence: Evidence) -> None:
    """Adds to `formulas` the weighted sums that are worked out in numbers of which each has a name.

    In each product one number is that of a parameter, the other one of an input or an activation. A parameter stands
    in one sum only, a bias may be shared by its layer; the units of a layer take the same sources in the same order.
    Where that leaves more than one choice, the order of the indices decides; where it does not, nothing is added.
    """
    recogniser = _Recogniser(formulas, evidence)
    for working in recogniser.workings:
        if working.head not in formulas:
            recogniser.solve(working)
    recogniser.write_out()


class _Recogniser:
    def __init__(self, formulas: dict[str, Node], evidence: Evidence) -> None:
        self.formulas = formulas
        self.evidence = evidence
        self.names = {held: evidence.name(held) for held in evidence.spellings}
        self.parameters: dict[Fraction, list[str]] = {}
        self.sources: dict[Fraction, list[str]] = {}
        self.worth: dict[str, Fraction] = {}  # of the sources
        self.taken = {held for formula in formulas.values() if is_weighted_sum(formula) for held in keys(formula)}
        activations = (keys(formula) for formula in formulas.values() if not is_weighted_sum(formula))
        self.activated = {held for below in activations if len(below) == 1 for held in below}
        self._add_entries()
        for held, name in [*self.names.items()]:
            number = evidence.value(held)
            if held not in formulas and number is not None and (is_parameter(name) or self._may_be_bias(held)):
                self.parameters.setdefault(number.value, []).append(held)
            if not is_parameter(name) and self._may_be_source(held):
                number = evidence.printed.get(held) or number
                if number is not None:
                    self._add_source(held, number.value)
        read = (
            one
            for head, written in evidence.numeric.items()
            if head not in formulas and self._may_be_sum(head)
            for form in written[:FORMS]
            for one in workings(head, form)
        )
        self.workings = sorted(read, key=lambda one: one.written.span.start)
        self.units = len({one.head for one in self.workings})
        self.alike: dict[tuple[str, int], list[Working]] = {}
        for one in self.workings:
            self.alike.setdefault((evidence.unit(one.head)[0], len(one.products)), []).append(one)

    def _add_source(self, held: str, value: Fraction) -> None:
        self.sources.setdefault(value, []).append(held)
        self.worth[held] = value

    def _add_entries(self) -> None:
        """Takes in the entries of vectors and matrices."""
        valued = {held.lower() for held in self.names if self.evidence.value(held) is not None}
        for grids, given_alone in ((self.evidence.grids, True), (self.evidence.results, False)):
            for held, entries in grids.items():
                texts = entry_names(self.evidence.name(held), (len(entries.rows), min(map(len, entries.rows))))
                parameter = is_parameter(self.evidence.name(held))
                if is_backward(held) or (parameter and not given_alone):
                    continue
                for row, nodes in zip(texts, entries.rows, strict=True):
                    for text, node in zip(row, nodes, strict=False):
                        own, value = key_of(text), value_of(node)
                        if value is not None and own.lower() not in valued:
                            self.names.setdefault(own, text)
                            if parameter:
                                self.parameters.setdefault(value, []).append(own)
                            else:
                                self._add_source(own, value)

    def _may_be_sum(self, head: str) -> bool:
        name = self.names.get(head, head)
        if self.evidence.whole(head) in self.formulas:
            return False  # an entry of a vector that has a formula
        return not (is_cost(name) or is_backward(name) or (is_parameter(name) and head in self.evidence.stated))

    def _may_be_bias(self, held: str) -> bool:
        """Whether a name that says nothing may be that of a bias: c = 0.15."""
        name = self.names[held]
        evidence = self.evidence
        said = letters(name) in GIVEN or role(name, TARGETS) is not None or is_backward(name)
        said = said or held in evidence.rate_names or evidence.differentiated[held] > 0
        return held in evidence.stated and (not said or held in evidence.trained)

    def _may_be_source(self, held: str) -> bool:
        """Whether a name may be that of an input or an activation."""
        name, evidence = self.names[held], self.evidence
        if is_backward(name) or is_cost(name) or held in evidence.rate_names:
            return False
        if held in self.formulas:
            return True
        if held in evidence.numeric or evidence.formulas.get(held):
            return any(isinstance(written, Call) for written in evidence.numeric.get(held, ()))
        return letters(name) in GIVEN or role(name, TARGETS) is None or held not in evidence.stated

    def solve(self, working: Working) -> None:
        """Finds the sources of one working and its siblings, then their weights and biases."""
        choices = sorted(self._sources(working), key=lambda choice: choice[0], reverse=True)
        if not choices or (len(choices) > 1 and choices[0][0] == choices[1][0]):
            return
        _, sources, layer = choices[0]
        if not self._name(layer, sources):  # one unit whose numbers have no names need not hold up the others
            self._name([one for one in layer if self._has_names(one, sources)], sources)

    def write_out(self) -> None:
        """Finds the sums of which only the products are written."""
        left = {held: value for value, every in self.parameters.items() for held in every if held not in self.taken}
        for head, written in self.evidence.numeric.items():
            if head not in self.formulas and self._may_be_sum(head):
                made = [written_out(head, one, left, self.worth, self.evidence) for one in written[:FORMS]]
                self.formulas.update([(head, formula) for formula in made if formula is not None][:1])

    def _has_names(self, working: Working, sources: tuple[str, ...]) -> bool:
        pairs = zip(working.products, sources, strict=True)
        return all(
            any(self._free(way.weight) for way in ways if way.source == self.worth[held]) for ways, held in pairs
        )

    def _name(self, layer: list[Working], sources: tuple[str, ...]) -> bool:
        """Writes the sums of a layer in names; False where they are not told."""
        weights = self._weights(layer, sources) if layer else None
        biases = self._biases(layer, set(weights.values())) if weights else None
        if not weights or biases is None:
            return False
        for row, one in enumerate(layer):
            mine = tuple(weight for cell, weight in weights.items() if cell.row == row)
            bias, sign = biases[row]
            pairs = [(self.names[weight], self.names[held]) for weight, held in zip(mine, sources, strict=True)]
            values = tuple(self.worth[held] for held in sources)
            self.formulas[one.head] = one.formula(pairs, values, None if bias is None else self.names[bias], sign)
            self.taken |= {*mine, *sources} | ({bias} if bias else set())
            if one.head in self.evidence.printed and one.head not in self.worth:
                self._add_source(one.head, self.evidence.printed[one.head].value)
        return True

    def _sources(self, working: Working) -> Iterator[tuple[tuple[int, ...], tuple[str, ...], list[Working]]]:
        """(score, sources, layer) for each choice of sources that fits."""
        found = []
        for ways in working.products:
            likely = [
                held
                for way in ways
                if self._free(way.weight)
                for held in self.sources.get(way.source, ())
                if held != working.head
            ]
            found.append(list(dict.fromkeys(likely)))
        for sources in islice(product(*found), CHOICES):
            if len(set(sources)) == len(sources):
                layer = self._layer(working, sources)
                yield self._score(sources, layer), sources, layer

    def _free(self, value: Fraction) -> list[str]:
        return [held for held in self.parameters.get(value, ()) if held not in self.taken]

    def _layer(self, working: Working, sources: tuple[str, ...]) -> list[Working]:
        """The workings like one that take the same sources in the same order."""
        values = [self.worth[held] for held in sources]
        found = {working.head: working}
        for other in self.alike[self.evidence.unit(working.head)[0], len(sources)][:LAYER]:
            if other.head not in found and other.head not in self.formulas:
                taken = zip(other.products, values, strict=True)
                if all(any(way.source == value for way in ways) for ways, value in taken):
                    found[other.head] = other
        return list(found.values())

    def _score(self, sources: tuple[str, ...], layer: list[Working]) -> tuple[int, ...]:
        """How well sources go together: many siblings, no net inputs, names of one pattern in running order."""
        units = [self.evidence.unit(held) for held in sources]
        running = sum(
            one[0] == other[0] and None not in (one[1], other[1]) and other[1] == (one[1] or 0) + 1
            for one, other in pairwise(units)
        )
        return (
            len(layer),
            -sum(held in self.activated for held in sources),
            -len({stem for stem, _ in units}),
            running,
            -sum(role(self.names[held], TARGETS) is not None for held in sources),
        )

    def _weights(self, layer: list[Working], sources: tuple[str, ...]) -> dict[Cell, str] | None:
        domains = {}
        for row, working in enumerate(layer):
            unit = self.evidence.unit(working.head)[1]
            for column, (ways, source) in enumerate(zip(working.products, sources, strict=True)):
                number = self.evidence.unit(source)[1]
                cell = Cell(row, column, unit, number, len(layer), len(sources))
                fitting = [held for way in ways if way.source == self.worth[source] for held in self._free(way.weight)]
                domains[cell] = tuple(dict.fromkeys(fitting))
        free = {
            held: self.names[held] for every in self.parameters.values() for held in every if held not in self.taken
        }
        return laid_out(domains, free)

    def _biases(self, layer: list[Working], weights: set[str]) -> list[tuple[str | None, int]] | None:
        """The bias of each unit with its sign; None where it is not told."""
        if all(working.bias is None for working in layer):
            return [(None, 1)] * len(layer)
        for sign in (1, -1):
            domains = []
            for working in layer:
                value = None if working.bias is None else sign * working.bias
                likely = self.parameters.get(value, ()) if value is not None else ()
                domains.append([held for held in likely if held not in self.taken and held not in weights])
            if all(domains) and (found := self._own_or_shared(layer, domains)):
                return [(held, sign) for held in found]
            if any(domains):
                return None  # what has the sign that is written is not told; nothing else is meant
        return None

    def _own_or_shared(self, layer: list[Working], domains: list[list[str]]) -> list[str] | None:
        """One bias for each unit, or one for all of them."""
        shared = [held for held in domains[0] if all(held in domain for domain in domains)]
        own = self._own(layer, domains)
        if own is None or len(layer) == 1:
            return own or (shared * len(layer) if len(shared) == 1 else None)
        if not shared:
            return own
        # Equal biases: as many as there are units are their own, fewer are shared.
        stem = numbered(self.names[own[0]])[0]
        alike = [held for every in self.parameters.values() for held in every if numbered(self.names[held])[0] == stem]
        return own if len(alike) >= self.units else (shared * len(layer) if len(shared) == 1 else None)

    def _own(self, layer: list[Working], domains: list[list[str]]) -> list[str] | None:
        found: list[str] = []
        for row, (working, domain) in enumerate(zip(layer, domains, strict=True)):
            left = [held for held in domain if held not in found]
            unit = self.evidence.unit(working.head)[1]
            for number in (unit, row + 1):
                same = [held for held in left if self.evidence.unit(held)[1] == number]
                left = same if len(left) > 1 and same else left
            if len(left) > 1 and all(set(other) == set(domain) for other in domains) and len(domain) == len(layer):
                left = sorted(left, key=lambda held: numbered(self.names[held])[1] or 0)[:1]  # equal: in running order
            if len(left) != 1:
                return None
            found += left
        return found
