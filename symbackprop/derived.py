"""A derivation as a Python program holds it: every quantity of it by name, with its value and its LaTeX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

import sympy as sp

from symbackprop.checking.report import verify
from symbackprop.derivation.steps import Derivation, Step
from symbackprop.derivation.working import partial_steps
from symbackprop.errors import EvaluationError, NetworkError, SymbackpropError
from symbackprop.evaluation.arithmetic import Arithmetic
from symbackprop.evaluation.program import Program, compile_program
from symbackprop.evaluation.training import Record, train
from symbackprop.evaluation.worked import WorkedStep, Working, work
from symbackprop.expressions.names import partial, resolve
from symbackprop.rendering.drawing.contents import Face
from symbackprop.rendering.drawing.layout import lay_out, shown
from symbackprop.rendering.drawing.painting import painted
from symbackprop.rendering.drawing.picture import Picture
from symbackprop.rendering.formats import Shown, is_confirmed, pdf, render
from symbackprop.rendering.mathematics import step_latex

CONFIRMED = 2_000  # steps of a derivation that a page confirms; `symbackprop verify` confirms any
DISPLAYED = 1_000  # steps of a derivation that a notebook shows; a longer one is rendered to a file
CURVE = 500  # points of the error curve


@dataclass(frozen=True, slots=True, repr=False)
class DerivedNetwork:
    """A derivation; `derived["w_5"]` is the gradient of a parameter, `derived["net_h1"]` a quantity of the network."""

    derivation: Derivation
    _working: list[Working] = field(default_factory=list, repr=False, compare=False)

    def __getitem__(self, name: str) -> Quantity:
        """The quantity of a name in any spelling; of an input or a parameter, the partial of the cost by it."""
        step = self.derivation.find(name)
        return Quantity(self, self._worked(step))

    def partial(self, of: str, by: str) -> Quantity:
        """∂of/∂by for any two quantities, per-output errors too."""
        graph = self.derivation.problem.graph
        name = partial(resolve(of, graph.by_name), resolve(by, graph.names))
        if name not in self.derivation.by_name:
            steps = partial_steps(self.derivation, *(resolve(of, graph.by_name), resolve(by, graph.names)))
            known = self.derivation.by_name
            longer = (*self.derivation.sequence, *(step for step in steps if step.name not in known))
            return DerivedNetwork(Derivation(self.derivation.problem, longer))[name]
        return self[name]

    def __contains__(self, name: str) -> bool:
        try:
            self.derivation.find(name)
        except SymbackpropError:
            return False
        return True

    def __repr__(self) -> str:
        return (
            f"<the derivation of {self.derivation.problem.title or 'a network'}: {len(self.derivation.sequence)} steps>"
        )

    def __iter__(self) -> Iterator[Quantity]:
        return (Quantity(self, worked) for worked in self.working().steps)

    def working(self, *, wrt: Sequence[str] = (), decimals: int | None = None, hand: bool = False) -> Working:
        """The working in sections with its numbers; see `symbackprop derive --help` for the arguments."""
        return work(self.derivation, wrt=wrt, decimals=decimals, hand=hand)

    def render(
        self,
        format: str = "text",  # noqa: A002 - the word of the command line
        *,
        fragment: bool = False,
        wrt: Sequence[str] = (),
        decimals: int | None = None,
        hand: bool = False,
    ) -> str:
        """The working as "text", "markdown", "latex", "json" or "html".

        Arguments: `fragment` leaves out what makes a whole document of it, the others are those of `working`.
        """
        working = self.working(wrt=wrt, decimals=decimals, hand=hand)
        return render(self._shown(working, confirmed=is_confirmed(format)), format, fragment=fragment)

    def pdf(self, *, wrt: Sequence[str] = (), decimals: int | None = None, hand: bool = False) -> bytes:
        """The working as a PDF, by pdflatex or Chromium. Raises `SymbackpropError` where neither is there."""
        return pdf(self._shown(self.working(wrt=wrt, decimals=decimals, hand=hand), confirmed=False))

    def _shown(self, working: Working, *, confirmed: bool) -> Shown:
        """The working with what a page shows beside it: the seal, and the training run that the file asks for."""
        if not confirmed:
            return Shown(working)
        if len(self.derivation.sequence) > CONFIRMED:
            return Shown(working, too_large=True)
        return Shown(working, verify(self.derivation), tuple(self._training_run()))

    def _training_run(self) -> Iterator[Record]:
        """The training run that the file asks for, as far as it has finite values."""
        problem = self.derivation.problem
        training = problem.training
        if training is None or training.learning_rate is None or not problem.values or training.steps < 2:
            return
        with suppress(EvaluationError):
            yield from train(self.derivation, training.steps, every=max(1, training.steps // CURVE))

    def compile(self, outputs: Sequence[str], arithmetic: Arithmetic = Arithmetic.FLOAT) -> Program:
        """The list as one function of its leaves, over floats, arrays (a batch in one call), mpmath or balls.

        >>> from symbackprop import Network
        >>> net = Network.from_equations({"y": "w*x"}, inputs={"x": 2}, parameters={"w": 3})
        >>> net.derive().compile(["y"])({"x": 2.0, "w": 4.0})
        {'y': 8.0}
        """
        problem = self.derivation.problem
        names = [self.derivation.find(name).name for name in outputs]
        rate = problem.learning_rate_name
        used = any(rate in step.uses for step in self.derivation.needed(names))
        inputs = (*problem.graph.leaves, *((rate,) if used else ()))
        return compile_program(self.derivation.sequence, inputs, names, arithmetic)

    def picture(self, *, backward: bool = False) -> Picture:
        """The network as a graph of layers, with its values and weights, or with its node errors and gradients."""
        drawing = lay_out(self.working(wrt=shown(self.derivation)))
        return painted(drawing, Face.BACKWARD if backward else Face.FORWARD)

    def definitions_latex(self) -> str:
        """The definitions of the network as one LaTeX display."""
        rows = [
            step_latex(step).replace(" = ", " &= ", 1)
            for step in self.working().steps
            if step.step.kind == "definition"
        ]
        return "$$\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}$$"

    def _worked(self, step: Step) -> WorkedStep:
        if not self._working:
            self._working.append(self.working())
        return next(worked for worked in self._working[0].steps if worked.step.name == step.name)

    def _repr_html_(self) -> str | None:
        """The page without the seal: a cell does not wait for what `verify` takes."""
        if len(self.derivation.sequence) > DISPLAYED:
            return None
        return render(self._shown(self.working(), confirmed=False), "html", fragment=True)

    def _repr_markdown_(self) -> str | None:
        return self.render("markdown") if len(self.derivation.sequence) <= DISPLAYED else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """One step of a derivation: its name, expression, value and LaTeX, and the quantities that it rests on."""

    derived: DerivedNetwork = field(repr=False)
    worked: WorkedStep = field(repr=False)

    @property
    def name(self) -> str:
        """The ASCII name, dE_total/dw_5."""
        return self.worked.step.name

    @property
    def expression(self) -> sp.Expr:
        """Its SymPy tree over the quantities that it rests on."""
        return self.worked.step.expression

    @property
    def value(self) -> Decimal | None:
        """Its value to 30 significant digits; None in a network without numbers."""
        return Decimal(self.worked.digits) if self.worked.digits else None

    @property
    def latex(self) -> str:
        """Name = formula = the formula with its numbers in = value, in LaTeX."""
        return step_latex(self.worked)

    @property
    def reason(self) -> str:
        """Why it holds, in one sentence."""
        return self.worked.step.reason.replace("`", "")

    @property
    def uses(self) -> tuple[str, ...]:
        """The names of the quantities that it rests on."""
        return self.worked.step.uses

    def __float__(self) -> float:
        if self.value is None:
            raise NetworkError(f"{self.name} has no value: this network has no numbers")
        return float(self.value)

    def __repr__(self) -> str:
        return f"<{self.name} = {self.value}>" if self.value is not None else f"<{self.name}>"

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$"
