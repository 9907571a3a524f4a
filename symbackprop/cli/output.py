"""Writing a result: to standard output, or to a file that is whole or not there at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from symbackprop.errors import Place, SymbackpropError


def keep_inputs(output: str | None, *inputs: str | None) -> None:
    """Raises a usage error where `output` is one of the files that are read: it would be lost."""
    if output in (None, "-") or not Path(str(output)).exists():
        return
    if any(Path(name).exists() and os.path.samefile(str(output), name) for name in filter(None, inputs)):
        raise click.UsageError(f"{output} is read; write to another file")


def write(content: str | bytes, output: str | None) -> None:
    """Writes `content`, text as UTF-8, to the file `output`, or to standard output for None and "-".

    Bytes are written to no terminal. Raises `SymbackpropError` when the file cannot be written; what stood there
    before then stands there still.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if output is None or output == "-":
        if sys.stdout is None:
            raise SymbackpropError("standard output is closed", hint="--output writes to a file")
        if isinstance(content, bytes) and sys.stdout.isatty():
            raise SymbackpropError("this is no text for a terminal", hint="--output writes it to a file")
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    path = Path(output)
    try:
        _replace(path, data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SymbackpropError(f"cannot write: {reason}", place=Place(output)) from None
    click.echo(f"written: {output}", err=True)


def _replace(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device or a pipe is written to, not replaced
        return
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
