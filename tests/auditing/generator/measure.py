"""How the auditor does on generated documents: false accusations, detection, causes, what it cannot read, and speed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from time import perf_counter

from symbackprop.auditing.auditor import audit
from symbackprop.auditing.documents.formats import read_text
from symbackprop.auditing.report import Audit, Judged, Verdict
from tests.auditing.generator.documents import Generated, Planted, honest, planted
from tests.auditing.generator.errors import KINDS
from tests.auditing.generator.layouts import Printed

SURE = 5  # units of the last place, above which an error has to be found
RANKS = 3  # explanations that count as "among the first"


@dataclass
class Tally:
    """Counts, in all and by a name such as a kind or a layout, and what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    layouts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    failures: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def count(self, document: Generated, what: str, number: int = 1) -> None:
        """Counts something of a document."""
        self.counts[what] += number
        self.layouts[document.layout][what] += number
        if isinstance(document, Planted):
            self.kinds[document.kind.name][what] += number

    def fail(self, what: str, document: Generated, message: str) -> None:
        """Keeps a failure, with what is needed to see it again."""
        kind = f' --kinds "{document.kind.name}"' if isinstance(document, Planted) else ""
        self.failures[what].append(f"--seed {document.seed}{kind} [{document.layout}] {message}")

    def add(self, other: Tally) -> None:
        """Adds the counts of another tally."""
        self.counts.update(other.counts)
        for mine, theirs in ((self.kinds, other.kinds), (self.layouts, other.layouts)):
            for name, counts in theirs.items():
                mine[name].update(counts)
        for what, messages in other.failures.items():
            self.failures[what] += messages

    def share(self, what: str, of: str) -> float:
        """A share of the counts; 1 of nothing."""
        return self.counts[what] / self.counts[of] if self.counts[of] else 1.0


def audited(document: Generated, *, network: bool = True) -> Audit:
    """What the auditor says of a document; without its network it has to be read from the document."""
    source, blocks = read_text(document.text, name=document.file)
    return audit(source, blocks, document.problem if network else None)


def measure(documents: Sequence[Generated], *, network: bool = True) -> Tally:
    """The tally of documents, the honest and those with an error."""
    tally = Tally()
    for document in documents:
        began = perf_counter()
        try:
            judged = audited(document, network=network)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and shown
            tally.count(document, "crashed")
            tally.fail("crashed", document, f"{type(error).__name__}: {error}")
            continue
        tally.counts["microseconds"] += round((perf_counter() - began) * 1e6)
        _count_read(tally, document, judged)
        if isinstance(document, Planted):
            _count_planted(tally, document, judged)
        else:
            _count_honest(tally, document, judged)
    return tally


def _count_read(tally: Tally, document: Generated, judged: Audit) -> None:
    tally.count(document, "judged", len(judged.claims))
    for verdict in Verdict:
        tally.count(document, verdict.value, judged.count(verdict))
    for claim in document.claims:
        tally.count(document, "printed")
        tally.count(document, "read", _is_read(judged, claim))
        if not _is_read(judged, claim):
            tally.fail("not read", document, f"line {claim.line}: {document.text[claim.start : claim.end][:150]}")


def _is_read(judged: Audit, claim: Printed) -> bool:
    return any(
        one.verdict not in (Verdict.UNREAD, Verdict.UNDECIDED) and _plain(one.printed) == _plain(claim.printed)
        for one in _within(judged, claim)
    )


def _plain(printed: str) -> str:
    return printed.replace("−", "-").replace(" ", "")


def _within(judged: Audit, claim: Printed) -> Iterator[Judged]:
    return (one for one in judged.claims if one.span.start < claim.end and claim.start < one.span.end)


def _count_honest(tally: Tally, document: Generated, judged: Audit) -> None:
    tally.count(document, "honest judged", len(judged.claims))
    for one in judged.claims:
        if one.verdict in (Verdict.WRONG, Verdict.INHERITED):
            tally.count(document, "falsely accused")
            tally.fail("falsely accused", document, _said(document, judged, one))


def _count_planted(tally: Tally, document: Planted, judged: Audit) -> None:
    here = [one for one in _within(judged, document.error) if one.verdict is Verdict.WRONG]
    sure = document.size > SURE
    tally.count(document, "planted")
    tally.count(document, "found", bool(here))
    tally.count(document, "planted sure", sure)
    tally.count(document, "found sure", sure and bool(here))
    if not here:
        size = f"{float(document.size):.3g} units"
        text = document.text[document.error.start : document.error.end]
        tally.fail("not found" if sure else "not found, small", document, f"line {document.error.line}, {size}: {text}")
    else:
        _count_cause(tally, document, judged, here)
    innocent = [one for one in judged.claims if one.verdict is Verdict.WRONG and one not in here]
    for one in innocent:
        inherits = any(one in list(_within(judged, claim)) for claim in document.inheriting)
        what = "inheriting accused" if inherits else "innocent accused"
        tally.count(document, what)
        tally.fail(what, document, f"(the error: line {document.error.line}) {_said(document, judged, one)}")
    tally.count(document, "inheriting", len(document.inheriting))
    tally.count(document, "innocent", len(judged.claims) - len(here))


def _count_cause(tally: Tally, document: Planted, judged: Audit, here: Sequence[Judged]) -> None:
    accepted = document.kind.accepted
    first = any(one.cause in accepted for one in here)
    among = any(explanation.cause in accepted for one in here for explanation in one.explanations[:RANKS])
    tally.count(document, "cause first", first)
    tally.count(document, "cause among three", among)
    if not among:
        causes = "; ".join(", ".join((one.cause, *one.alternatives)) or "no cause" for one in here)
        message = f"{document.kind.cause} due, {causes} named: {_said(document, judged, here[0])}"
        tally.fail("cause not named", document, message)


def _said(document: Generated, judged: Audit, one: Judged) -> str:
    line, _ = judged.source.place(one.span.start)
    text = document.text[one.span.start : one.span.end]
    return f"line {line}: {text!r} {one.verdict} {one.cause}: {one.message}"


@dataclass(frozen=True, slots=True)
class Lot:
    """Documents by their seeds: every other one honest, or all with errors of some kinds."""

    seeds: range
    kinds: tuple[str, ...] = ()
    layout: str | None = None
    network: bool = True

    def documents(self) -> Iterator[Generated]:
        """The documents of the lot."""
        for seed in self.seeds:
            if self.kinds:
                yield planted(seed, self.kinds[seed % len(self.kinds)], self.layout)
            elif seed % 2:
                yield planted(seed, list(KINDS)[seed // 2 % len(KINDS)], self.layout)
            else:
                yield honest(seed, self.layout)

    def tally(self) -> Tally:
        """Its tally."""
        return measure(list(self.documents()), network=self.network)

    def parts(self, size: int) -> Iterator[Lot]:
        """The lot in lots of `size` documents."""
        for start in range(self.seeds.start, self.seeds.stop, size):
            yield Lot(range(start, min(start + size, self.seeds.stop)), self.kinds, self.layout, self.network)


def tally_of(lot: Lot, jobs: int = 1) -> Tally:
    """The tally of a lot, worked by so many processes."""
    tally = Tally()
    parts = list(lot.parts(20))
    if jobs == 1:
        for part in parts:
            tally.add(part.tally())
        return tally
    with get_context("spawn").Pool(jobs) as pool:
        for one in pool.imap_unordered(Lot.tally, parts):
            tally.add(one)
    return tally


def report(tally: Tally, examples: int = 3) -> Iterator[str]:
    """The figures with their denominators, by kind and by layout, and the first failures of each sort."""
    counts = tally.counts
    of = partial(_of, counts)
    seconds = counts["microseconds"] / 1e6
    yield f"falsely accused in honest documents: {of('falsely accused', 'honest judged')} claims"
    yield f"accused beside the error:            {of('innocent accused', 'innocent')} claims"
    yield f"inheriting lines called faults:      {of('inheriting accused', 'inheriting')} lines"
    yield f"errors found:                        {of('found', 'planted')}"
    yield f"errors above {SURE} units found:          {of('found sure', 'planted sure')}"
    yield f"right cause first:                   {of('cause first', 'found')} of those found"
    yield f"right cause among the first {RANKS}:       {of('cause among three', 'found')} of those found"
    yield f"printed results read and judged:     {of('read', 'printed')}"
    verdicts = ", ".join(f"{verdict.value} {counts[verdict.value]}" for verdict in Verdict)
    yield f"verdicts:                            {verdicts}"
    yield f"crashed:                             {counts['crashed']} documents"
    rate = counts["judged"] / seconds if seconds else 0
    yield f"speed:                               {rate:.0f} claims a second"
    yield ""
    yield f"{'kind':36} {'found':>9} {'above 5u':>9} {'first':>9} {'of 3':>9} {'beside':>6}"
    for name, kind in sorted(tally.kinds.items()):
        columns = [
            ("found", "planted"),
            ("found sure", "planted sure"),
            ("cause first", "found"),
            ("cause among three", "found"),
        ]
        row = " ".join(f"{kind[one]:>4}/{kind[other]:<4}" for one, other in columns)
        yield f"{name:36} {row} {kind['innocent accused']:>6}"
    yield ""
    yield f"{'layout':16} {'read':>13} unread undecided  false beside {'found':>9} {'of 3':>9}"
    for name, layout in sorted(tally.layouts.items()):
        yield (
            f"{name:16} {layout['read']:>6}/{layout['printed']:<6} {layout['unread']:>6} {layout['undecided']:>9}"
            f" {layout['falsely accused']:>6} {layout['innocent accused']:>6}"
            f" {layout['found']:>4}/{layout['planted']:<4} {layout['cause among three']:>4}/{layout['found']:<4}"
        )
    for what, messages in sorted(tally.failures.items()):
        yield f"\n{what}: {len(messages)}, the first of them"
        yield from (f"  {message}" for message in messages[:examples])


def _of(counts: Counter[str], what: str, all_of: str) -> str:
    whole = counts[all_of]
    share = f" = {counts[what] / whole:.4%}" if whole else ""
    return f"{counts[what]}/{whole}{share}"
