"""The house: imports run one way, oracles stand alone, --help is quick, the README's command is the one that runs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "symbackprop"
ROOMS = (
    "errors",
    "expressions",
    "network",
    "derivation",
    "evaluation",
    "checking",
    "auditing",
    "rendering",
    "derived",
    "audited",
    "interface",
    "cli",
)
BRINGS_TOGETHER = {"report.py", "claims.py"}  # the modules of checking that hold a derivation against its oracles


def imports_of(path: Path) -> set[str]:
    """The modules of the package that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("symbackprop."):
            found.add(str(node.module).removeprefix("symbackprop."))
        elif isinstance(node, ast.Import):
            found.update(
                alias.name.removeprefix("symbackprop.") for alias in node.names if alias.name.startswith("symbackprop.")
            )
    return found


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem in ROOMS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    allowed = ROOMS[: ROOMS.index(room) + 1]
    for module in imports_of(path):
        assert module.split(".")[0] in allowed, f"{room} imports {module}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "checking").glob("*.py")), ids=lambda path: path.name)
def test_an_oracle_imports_nothing_from_derivation(path: Path) -> None:
    if path.name not in BRINGS_TOGETHER:
        assert not [module for module in imports_of(path) if module.startswith("derivation")]


def test_rendering_computes_nothing() -> None:
    for path in (PACKAGE / "rendering").rglob("*.py"):
        assert not imports_of(path) & {"evaluation.program", "evaluation.enclosure", "evaluation.arithmetic"}, path


def test_no_module_bears_the_name_of_a_public_function() -> None:
    import symbackprop

    functions = {name for name in symbackprop.__all__ if name.islower()}
    stems = {path.stem for path in PACKAGE.rglob("*.py") if "cli" not in path.parts}
    assert functions, "there is a public function"
    assert not functions & stems


def test_every_public_name_is_there() -> None:
    import symbackprop

    for name in symbackprop.__all__:
        assert getattr(symbackprop, name).__doc__


@pytest.mark.parametrize(
    "arguments", [["--help"], *([name, "--help"] for name in ("derive", "draw", "verify", "train", "audit", "explain"))]
)
def test_help_does_not_import_sympy(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom symbackprop.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit as stop: code = stop.code\n"
        "assert not {'sympy', 'numpy', 'flint'} & set(sys.modules), 'imported'\nraise SystemExit(code)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    assert "Usage:" in result.stdout


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    def commands(path: Path) -> list[str]:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [line.strip() for line in lines if line.strip().startswith("python3 -m venv") and "pytest" in line]

    (command,) = commands(ROOT / ".ci" / "run")
    assert command in commands(ROOT / "README.md")


def test_the_network_file_of_the_readme_holds() -> None:
    from symbackprop import Network, verify

    (block,) = re.findall(r"```toml\n(title.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    network = Network.from_toml(block)
    assert {claim.verdict for claim in verify(network).claims} == {"correct"}
    assert [record.step for record in network.train(2)] == [0, 1, 2]
