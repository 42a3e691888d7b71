"""A tree for lists, for paper and for cells. Pure."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from genjin.lib.blocks.check import Spans, Tree
from genjin.lib.blocks.read import pieces

#: A run of one look: text, bold, mark (or ""), whether it is the customer's word.
Run = tuple[str, bool, str, bool]
_BREAK = re.compile(r"\s*\n\s*")


def to_runs(tree: Tree) -> list[Run]:
    """The plain text cut where its look changes, for rich cells and documents; joined it is the plain text."""
    runs: list[Run] = []
    for piece in pieces(tree):
        if not piece.text:
            continue
        look = (piece.bold, piece.mark, piece.quote)
        if runs and runs[-1][1:] == look:
            runs[-1] = (runs[-1][0] + piece.text, *look)
        else:
            runs.append((piece.text, *look))
    return runs


def preview(tree: Tree, most: int) -> list[dict[str, Any]]:
    """The first `most` characters on one line, marks kept: [{"text", "bold"?, "mark"?, "quote"?}, …] (R-013)."""
    shown: list[dict[str, Any]] = []
    left = most
    for text, bold, mark, quote in to_runs(tree):
        part = _BREAK.sub(" ", text)
        cut = len(part) > left
        run: dict[str, Any] = {"text": part[:left] + "…" if cut else part}
        for name, value in (("bold", bold), ("mark", mark), ("quote", quote)):
            if value:
                run[name] = value
        shown.append(run)
        left -= len(part)
        if cut:
            break
    return shown


def to_html(tree: Tree) -> str:
    """The tree as HTML for paper; every text is escaped, no attribute comes from outside."""
    return "".join(_block(block) for block in tree)


def _block(block: dict[str, Any]) -> str:
    match block["type"]:
        case "paragraph":
            return f"<p>{_text(block['text'])}</p>"
        case "quote":
            return f"<blockquote>{_text(block['text'])}</blockquote>"
        case "table":
            return _table(block["rows"])
        case kind:
            tag = "ul" if kind == "bullets" else "ol"
            items = "".join(
                f"<li>{_text(item['text'])}{_block(item['list']) if 'list' in item else ''}</li>"
                for item in block["items"]
            )
            return f"<{tag}>{items}</{tag}>"


def _table(rows: list[list[Spans]]) -> str:
    head = "th" if len(rows) > 1 else "td"
    lines = [
        "<tr>" + "".join(f"<{tag}>{_text(cell)}</{tag}>" for cell in row) + "</tr>"
        for row, tag in zip(rows, [head] + ["td"] * (len(rows) - 1), strict=True)
    ]
    return f"<table>{''.join(lines)}</table>"


def _text(spans: Spans) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: dict[str, Any]) -> str:
    text = escape(span["text"]).replace("\n", "<br>")
    if span.get("bold"):
        text = f"<strong>{text}</strong>"
    if mark := span.get("mark"):
        text = f'<mark class="mark-{escape(mark)}">{text}</mark>'
    return text
