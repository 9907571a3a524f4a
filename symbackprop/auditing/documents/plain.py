"""Plain text -> blocks: what people write in it is Markdown, without its entities and its indented listings."""

from __future__ import annotations

from symbackprop.auditing.documents.inline import PLAIN
from symbackprop.auditing.documents.markdown import blocks_of
from symbackprop.auditing.documents.placed import whole
from symbackprop.auditing.documents.source import Block, Source


def read(source: Source) -> tuple[Block, ...]:
    """The blocks of a plain text; formulas, lists, tables and emphasis are written as in Markdown."""
    return blocks_of(whole(source), PLAIN)
