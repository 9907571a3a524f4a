"""What all formats of an audit share: root faults with their heirs, places, counts, text made harmless."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from symbackprop.auditing.documents.source import Span
from symbackprop.auditing.report import Audit, Judged, Verdict
from symbackprop.expressions import names
from symbackprop.expressions.text import text
from symbackprop.network.problem import Problem
from symbackprop.rendering.escaping import one_line, visible

LINE = 90  # characters of a corrected line that are shown
SHOWN = 24  # equations of a network that was read from a document
DIGITS = 12  # significant digits of a value that a reader is shown, unless more are printed


@dataclass(frozen=True, slots=True)
class Finding:
    """A root fault, and the claims that inherit it, in reading order."""

    claim: Judged
    heirs: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns from 1; the end column is the one after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def findings(audit: Audit) -> tuple[Finding, ...]:
    """Every root fault of an audit, in reading order."""
    heirs: dict[int, list[Judged]] = {}
    for claim in audit.claims:
        if claim.verdict is Verdict.INHERITED and (root := root_of(audit, claim)) is not None:
            heirs.setdefault(root, []).append(claim)
    return tuple(
        Finding(claim, tuple(heirs.get(index, ())))
        for index, claim in enumerate(audit.claims)
        if claim.verdict is Verdict.WRONG
    )


def root_of(audit: Audit, claim: Judged) -> int | None:
    """The index of the root fault that `claim` inherits, over however many lines; None where there is none."""
    index = claim.root
    for _ in audit.claims:
        if index is None or not 0 <= index < len(audit.claims):
            return None
        if audit.claims[index].verdict is Verdict.WRONG:
            return index
        index = audit.claims[index].root
    return None


def unrooted(audit: Audit) -> tuple[Judged, ...]:
    """The claims that inherit a fault whose root is not known."""
    return tuple(
        claim for claim in audit.claims if claim.verdict is Verdict.INHERITED and root_of(audit, claim) is None
    )


def region(audit: Audit, span: Span) -> Region:
    """Where a span stands in the file as written."""
    return Region(*audit.source.place(span.start), *audit.source.place(span.end))


def place(audit: Audit, span: Span) -> str:
    """file:line:column, as an editor opens it."""
    where = region(audit, span)
    return f"{inert(audit.source.name)}:{where.line}:{where.column}"


def pointed(audit: Audit, claim: Judged) -> Span:
    """Where the printed number of a claim stands: the last place in its span that reads so, else the whole span.

    Its minus sign may be another one in the document, or stand apart.
    """
    for number in filter(None, (claim.printed, claim.printed.removeprefix("-"))):
        start = audit.source.text.rfind(number, claim.span.start, claim.span.end)
        if start >= 0:
            return Span(start, start + len(number))
    return claim.span


def correction(audit: Audit, claim: Judged) -> str:
    """The corrected line of a claim; of a long one the part around what is changed."""
    corrected = claim.corrected
    if len(corrected) <= LINE:
        return inert(corrected)
    written = audit.source.line(region(audit, pointed(audit, claim)).line)
    same = _alike(written, corrected)
    rest = _alike(written[same:][::-1], corrected[same:][::-1])
    middle = (same + len(corrected) - rest) // 2
    first = max(0, min(middle - LINE // 2, len(corrected) - LINE))
    last = first + LINE
    before, after = "…" if first else "", "…" if last < len(corrected) else ""
    return f"{before}{inert(corrected[first:last])}{after}"


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return next(
        (index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )


def inert(text: str) -> str:
    r"""`text` in one line, with nothing in it that a terminal or a log takes for a command.

    >>> inert("a\x1b[2J\nb\U000e0041")
    'a [2J b?'
    """
    return visible(one_line(text))


def named(claim: Judged) -> str:
    """The quantity of a claim and after how many updates; "" where none is matched."""
    quantity = names.text(claim.quantity) if claim.quantity else ""
    if not quantity or not claim.after:
        return inert(quantity)
    return inert(f"{quantity} after {claim.after} update{'s' if claim.after > 1 else ''}")


def stated(claim: Judged) -> str:
    """What a claim says, in a few words: the quantity with the printed number, else the text as written."""
    quantity = named(claim)
    if quantity and claim.printed:
        return f"{quantity} = {inert(claim.printed)}"
    return shortened(inert(claim.text))


def shortened(text: str, width: int = 60) -> str:
    """`text`, cut where it is longer than `width`.

    >>> shortened("a = b + c", 5)
    'a = …'
    """
    return text if len(text) <= width else text[: width - 1] + "…"


def reason(claim: Judged) -> str:
    """Why a claim has its verdict: the message, and of a fault what its cause says, one sentence after the other."""
    sentences = [claim.message, *(explanation.sentence for explanation in claim.explanations[:1])]
    kept = [inert(sentence) for sentence in dict.fromkeys(sentences) if sentence]
    return " ".join(one if one.endswith((".", "!", "?")) or one is kept[-1] else f"{one}." for one in kept)


def due(claim: Judged) -> str:
    """The exact value of a claim to the digits a reader needs; "" where it is not known."""
    return few_digits(claim.exact, claim.printed)


def few_digits(value: str, printed: str) -> str:
    """`value` cut off three digits after the last of `printed`, after twelve at least.

    >>> few_digits("0.0821670405642307788464190335541", "0.08"), few_digits("1.23e-5", "0")
    ('0.0821670405642…', '1.23e-5')
    """
    mantissa, mark, exponent = value.partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    wanted = max(DIGITS, sum(character.isdigit() for character in printed.lstrip("-+0.")) + 3)
    seen = 0
    for index, character in enumerate(mantissa):
        seen += character.isdigit() and (seen > 0 or character != "0")
        if seen == wanted and index + 1 < len(mantissa) and "." in mantissa[: index + 1]:
            return mantissa[: index + 1] + "…" + (f"·10^{exponent}" if mark else "")
    return mantissa + mark + exponent


def summary(audit: Audit) -> dict[str, int]:
    """How many claims have each verdict, how many there are and how many of them were read."""
    counts = {verdict.value: audit.count(verdict) for verdict in Verdict}
    return counts | {"read": len(audit.claims) - counts["unread"], "total": len(audit.claims)}


def summary_lines(audit: Audit) -> tuple[str, ...]:
    """The summary in sentences: verdicts, what was read, by which network, and what `next_commands` are for."""
    counts = summary(audit)
    total, unread = counts["total"], counts["unread"]
    found = ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in Verdict if counts[verdict])
    lines = [f"{total} claim{'' if total == 1 else 's'}" + (f": {found}" if found else "")]
    if total:
        lines.append(f"{counts['read']} of {total} read" + (f", {unread} could not be read" if unread else ""))
    limit = (audit.limit,) if audit.limit else ()
    return (*lines, *limit, *_network_lines(audit), *_next_step(audit))


def _network_lines(audit: Audit) -> Iterator[str]:
    """By which network a document was judged; one that was read from it is shown, so that a wrong reading is seen."""
    if audit.problem is None:
        alone = "; what is judged is the arithmetic alone" if audit.claims else ""
        yield f"no network: none is given, and the document does not state one{alone}"
    elif not audit.inferred and audit.others:
        yield f"{len(audit.others)} of the examples have other data: they are judged by the networks that they state"
    elif audit.inferred:
        networks = (audit.problem, *audit.others)
        yield (
            f"{len(networks)} networks were read from the document"
            if audit.others
            else "the network was read from the document"
        )
        for number, problem in enumerate(networks, start=1):
            yield (f"network {number}: " if audit.others else "") + inert("; ".join(network_facts(problem)))
    for note in audit.notes:
        yield inert(note)
    lines = audit.lines
    said = (inert(name) + (f" (line {lines[name]})" if name in lines else "") for name in audit.missing)
    if missing := ", ".join(said):
        yield f"the document does not state: {missing}"


def network_facts(problem: Problem) -> tuple[str, ...]:
    r"""The equations, values and training of a network, in short.

    >>> from symbackprop.network.file import read_problem
    >>> network_facts(read_problem('inputs.x = 2\nparameters.w = 0.5\nequations.y = "w*x"'))
    ('y = w*x', 'x = 2', 'w = 0.5')
    """
    equations = [f"{one.name} = {text(one.expression)}" for one in problem.graph.definitions]
    values = [f"{name} = {value}" for name, value in problem.values.items()]
    training = problem.training
    said = [f"cost {training.cost}"] if training else []
    said += [f"learning rate {training.learning_rate}"] if training and training.learning_rate else []
    said += [f"never updated: {', '.join(training.frozen)}"] if training and training.frozen else []
    shown = [*equations[:SHOWN], *([f"and {len(equations) - SHOWN} more"] if len(equations) > SHOWN else [])]
    return (*shown, *values[: 2 * SHOWN], *said)


def _next_step(audit: Audit) -> Iterator[str]:
    """What a reader does next where much is left open."""
    counts = summary(audit)
    nothing = counts["total"] > 0 and counts[Verdict.UNDECIDED] + counts["unread"] == counts["total"]
    if nothing:
        yield "nothing could be judged"
    if audit.missing:
        yield "to have the rest judged, complete the file that the first of these writes, and run the second:"
    elif nothing and not audit.inferred:
        yield "the network that is given has none of the quantities of the document: see its names with --init"


def next_commands(audit: Audit) -> tuple[str, ...]:
    """The commands that have the rest of a document judged, in order; none where it states its network whole."""
    if not audit.missing:
        return ()
    document, network = shlex.quote(inert(audit.source.name)), shlex.quote(_network_name(audit.source.name))
    return (
        f"symbackprop audit --init {document} --output {network}",
        f"symbackprop audit {document} --network {network}",
    )


def _network_name(document: str) -> str:
    """The name of a network file beside a document: sheet.toml beside sheet.md."""
    stem, mark, ending = inert(document).rpartition(".")
    return (stem if mark and "/" not in ending and stem else inert(document)) + ".toml"
