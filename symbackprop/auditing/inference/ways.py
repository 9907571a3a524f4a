"""How the name of an activation comes of that of its net input: out_o1 of net_o1, y_3 of s_3, y1final of y1."""

from __future__ import annotations

from collections.abc import Iterator

from symbackprop.auditing.inference.spelling import numbered, pattern

_COUNT = "0123456789_"


class Ways:
    """The ways that a document goes, and the function that leads along each.

    >>> ways = Ways()
    >>> ways.learn("out_h1", "net_h1", "sigmoid"), ways.learn("H1final", "H1", "tanh")
    (None, None)
    >>> [*ways.of("out_o2")], [*ways.of("y2final")], [*ways.of("yfinal")]
    ([('net_o2', 'sigmoid')], [('y2', 'tanh')], [('y', 'tanh')])
    """

    def __init__(self) -> None:
        self._bases: dict[str, tuple[str, str]] = {}
        self._layers: dict[str, tuple[str, str]] = {}  # without the number of the layer: a of a2_1
        self._endings: dict[str, tuple[str, str]] = {}  # what stands behind the number of the unit
        self._middles: dict[str, str] = {}  # what stands before it: z_in1 of z1

    def learn(self, above: str, below: str, function: str) -> None:
        """Takes in that `above` is `function` of `below`."""
        (base, unit), (net, same) = base_and_unit(above), base_and_unit(below)
        if unit == same:
            self._bases.setdefault(base, (net, function))
            self._layers.setdefault(base.rstrip(_COUNT), (net.rstrip(_COUNT), function))
        (stem, number), (other, its_number) = pattern(above), pattern(below)
        begun, _, ending = stem.partition("#")
        alike, _, net_ending = other.partition("#")
        if number is not None and number == its_number and begun == alike:
            self._endings.setdefault(ending, (net_ending, function))
        if number is not None and number == its_number and ending == net_ending and alike.startswith(begun):
            self._middles.setdefault(alike[len(begun) :], function)

    def of(self, name: str) -> Iterator[tuple[str, str]]:
        """(net input, function) of an activation of this name, the likeliest first."""
        base, unit = base_and_unit(name)
        bare = base.rstrip(_COUNT)
        if unit and base in self._bases:
            below, function = self._bases[base]
            yield below + unit, function
        elif unit and bare in self._layers:
            below, function = self._layers[bare]
            yield below + base[len(bare) :] + unit, function
        stem, number = pattern(name)
        begun, _, ending = stem.partition("#")
        counted = "" if number is None else str(number)
        for known, (below, function) in self._endings.items():
            if number is not None and known == ending:
                yield begun + counted + below, function
            elif number is None and known and name.endswith(known):
                yield name[: -len(known)] + below, function
        for middle, function in self._middles.items():
            yield begun + middle + counted + ending, function


def base_and_unit(name: str) -> tuple[str, str]:
    """(base, unit) of an ASCII name: out_h1 gives out_ and h1, z0 gives z and 0."""
    base, mark, unit = name.partition("_")
    if mark:
        return base + mark, unit
    stem, number = numbered(name)
    return stem, "" if number is None else str(number)
