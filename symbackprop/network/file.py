"""A network file -> a problem. Every fault has its line, what was given, and what is accepted."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from symbackprop.errors import LimitError, NetworkError, Place, SymbackpropError, did_you_mean
from symbackprop.expressions.tree import growing
from symbackprop.network.entries import place_of
from symbackprop.network.graph import Graph, quoted
from symbackprop.network.layers import Dense, dense_graph, weight_count
from symbackprop.network.losses import LOSSES
from symbackprop.network.notation import NOTATIONS
from symbackprop.network.problem import (
    STEPS,
    Claim,
    Order,
    Problem,
    ProblemError,
    Training,
    check_problem,
    read_equations,
    require_values,
)
from symbackprop.network.section import Section
from symbackprop.network.toml import BYTES, read_toml

EQUATIONS = 500_000  # characters of all equations together
UNITS = 10_000  # of all layers together
UNNAMED = 1000  # weights without a value, above which they are not looked up by name

_LEAVES = ("inputs", "targets", "parameters")
_SECTIONS = ("title", "source", *_LEAVES, "equations", "network", "training", "document", "claims", "after")
_NETWORK = ("notation", "inputs", "layers", "loss")
_LAYER = ("units", "activation", "bias")
_TRAINING = ("cost", "learning_rate", "frozen", "order", "steps")
_UPDATES = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

Numbers = Mapping[str, Mapping[str, str]]
"""The numbers given in [inputs], [targets] and [parameters]."""


def load_problem(path: str | Path) -> Problem:
    """The problem in the network file at `path`; "-" is standard input.

    Raises `SymbackpropError` with file, line and column for a file that cannot be read or used.
    """
    file = "" if str(path) == "-" else str(path)
    try:
        if str(path) == "-":
            if sys.stdin is None:
                raise OSError("standard input is closed")
            data = sys.stdin.buffer.read(BYTES + 1)
        else:
            with open(path, "rb") as stream:
                data = stream.read(BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise NetworkError(f"the file cannot be read: {reason}", place=Place(file)) from None
    if len(data) > BYTES:
        raise LimitError(f"a file of more than {BYTES} bytes", hint=f"at most {BYTES} are read", place=Place(file))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start, file) from None
    return read_problem(text, file)


def _not_utf8(data: bytes, position: int, file: str) -> NetworkError:
    before = data[:position].decode(errors="replace")
    line = before.rpartition("\n")[2]
    place = Place(file, before.count("\n") + 1, len(line) + 1, line)
    return NetworkError(f"byte {data[position]:#04x} is no UTF-8", hint="save the file in UTF-8", place=place)


def read_problem(text: str, file: str = "") -> Problem:
    """The problem that `text`, in the format of network files, describes; `file` is its name in messages.

    Raises `SymbackpropError` with line and column.

    >>> problem = read_problem('''
    ... inputs.x = 0.10
    ... parameters.w = 2
    ... equations.y = "w*x"
    ... ''')
    >>> problem.graph.definitions[0].uses, problem.values["x"]
    (('w', 'x'), '0.10')
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    data = Section(read_toml(text, file))
    try:
        with growing():
            return _problem(data)
    except ProblemError as error:
        place = place_of(error.path, text, file, error.position) or place_of(("network",), text, file)
        raise error.at(place or Place(file)) from None


def _problem(data: Section) -> Problem:
    data.require_keys(_SECTIONS)
    given = {section: _numbers(data.section(section)) for section in _LEAVES}
    graph = _graph(data, given)
    values = {name: text for numbers in given.values() for name, text in numbers.items()}
    require_values(graph, values)
    document = data.section("document")
    document.require_keys(("decimals",))
    return check_problem(
        Problem(
            graph,
            MappingProxyType({name: values[name] for name in graph.leaves}),
            training=_training(data) if "training" in data else None,
            decimals=document.whole("decimals") if "decimals" in document else None,
            claims=_claims(data),
            title=_line(data, "title"),
            source=_line(data, "source"),
        )
    )


def _numbers(section: Section) -> dict[str, str]:
    return {name: section.number(name) for name in section}


def _line(data: Section, key: str) -> str:
    """A title or a source, as it will be shown on a terminal."""
    text = data.text(key) if key in data else ""
    if _CONTROL.search(text):
        raise data.fault(key, f"{key} holds a control character", "it is one line of text")
    return text


def _graph(data: Section, given: Numbers) -> Graph:
    if "network" in data:
        if "equations" in data:
            raise data.fault("equations", "a network has [equations] or [network], not both")
        graph = _layers_graph(data.section("network"), len(given["parameters"]))
        _require_homes(graph, given, data)
        return graph
    section = data.section("equations")
    equations = {name: section.text(name) for name in section}
    if not equations:
        hint = 'a network is given by [equations], net = "w*x + b", or by layers in [network]'
        raise data.fault("equations", "there are no equations", hint)
    if sum(map(len, equations.values())) > EQUATIONS:
        raise data.fault("equations", f"equations of more than {EQUATIONS} characters", "no larger network is read")
    return read_equations(equations, *(tuple(given[section]) for section in _LEAVES))


def _layers_graph(network: Section, parameters: int) -> Graph:
    network.require_keys(_NETWORK)
    for key in _NETWORK:
        if key not in network:
            raise network.fault(key, f"[network] has no {key}", "it has " + ", ".join(_NETWORK))
    loss = LOSSES[network.choice("loss", LOSSES)]
    notation = NOTATIONS[network.choice("notation", NOTATIONS)]
    inputs = network.whole("inputs")
    members = network.members("layers")
    layers = [_layer(members.section(index)) for index in range(len(members))]
    # Counted before it is built: a line of text can ask for a million weights.
    if sum(layer.units for layer in layers) > UNITS:
        raise network.fault("layers", f"more than {UNITS} units", "no larger network is read")
    if weight_count(inputs, layers) > parameters + UNNAMED:
        message = f"these layers have many more weights than the {parameters} numbers in [parameters]"
        raise network.fault("layers", message)
    try:
        return dense_graph(inputs, layers, loss, notation)
    except SymbackpropError as error:
        raise ProblemError.of(error, "network", "inputs" if layers else "layers", position=0) from None


def _layer(layer: Section) -> Dense:
    layer.require_keys(_LAYER)
    if "units" not in layer:
        raise layer.fault("units", "a layer has no units", 'a layer is { units = 2, activation = "sigmoid" }')
    units = layer.whole("units")
    texts = {key: layer.text(key) for key in ("activation", "bias") if key in layer}
    try:
        return Dense(units, **texts)
    except NetworkError as error:
        raise ProblemError.of(error, *layer.path) from None


def _require_homes(graph: Graph, given: Numbers, data: Section) -> None:
    """Each number stands in the section of its kind, and there is a section for each kind of leaf."""
    kinds = dict(zip(_LEAVES, (graph.inputs, graph.targets, graph.parameters), strict=True))
    for section, names in kinds.items():
        if section not in data:
            shown = ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")
            raise data.fault(section, f"there is no section [{section}]", f"it gives {shown}")
        known = set(names)
        for name in given[section]:
            if name not in known:
                home = next((other for other in _LEAVES if name in kinds[other]), "")
                hint = f"it belongs in [{home}]" if home else did_you_mean(name, known)
                message = f"{quoted(name)} is none of the {section} of these layers"
                raise ProblemError(message, hint=hint, path=(section, name))


def _training(data: Section) -> Training:
    training = data.section("training")
    training.require_keys(_TRAINING)
    if "cost" not in training and "network" not in data:
        raise training.fault("cost", "[training] has no cost", 'what is differentiated: cost = "E_total"')
    frozen = training.members("frozen")
    order = training.choice("order", [order.value for order in Order]) if "order" in training else Order.SIMULTANEOUS
    return Training(
        cost=training.text("cost") if "cost" in training else NOTATIONS[data.section("network").text("notation")].cost,
        learning_rate=training.number("learning_rate") if "learning_rate" in training else None,
        frozen=tuple(frozen.text(index) for index in range(len(frozen))),
        order=Order(order),
        steps=training.whole("steps") if "steps" in training else 1,
    )


def _claims(data: Section) -> tuple[Claim, ...]:
    claims = data.section("claims")
    printed = [Claim(name, claims.printed(name)) for name in claims]
    after = data.section("after")
    for count in after:
        if not _UPDATES.fullmatch(count):
            hint = f"a number of updates from 1 to {STEPS} is expected: [after.1]"
            raise after.fault(count, f"{quoted(count)} is no number of updates", hint)
        claims = after.section(count)
        printed += [Claim(name, claims.printed(name), int(count)) for name in claims]
    return tuple(printed)
