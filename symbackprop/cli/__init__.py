"""The command line, a file a command. Commands import what they need when they run: --help starts at once."""

from symbackprop.cli.commands import main

__all__ = ["main"]
