"""Rich text as a small tree of blocks: checked, read as plain text, drawn (R-013–R-015). Pure.

A tree is a list of blocks, nothing else is known to it:

    {"type": "paragraph", "text": [span, …]}        {"type": "quote", "text": [span, …]}   客户原话
    {"type": "bullets" | "numbers", "items": [{"text": [span, …], "list": a list block or absent}, …]}
    {"type": "table", "rows": [[[span, …], …], …]}  the first of several rows is its head
    span: {"text": "…", "bold": true, "mark": "task" | "risk" | "feedback"}, the last two only when set

No HTML is stored: `to_html` writes it from the tree, every text escaped.
"""

from genjin.lib.blocks.check import BlocksError, Tree, validate
from genjin.lib.blocks.drawn import Run, preview, to_html, to_runs
from genjin.lib.blocks.read import Piece, bare, locate, pieces, plain, quotes

__all__ = [
    "BlocksError",
    "Piece",
    "Run",
    "Tree",
    "bare",
    "locate",
    "pieces",
    "plain",
    "preview",
    "quotes",
    "to_html",
    "to_runs",
    "validate",
]
