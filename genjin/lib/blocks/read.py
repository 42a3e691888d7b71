"""A tree as plain text, with the way back from its characters to the blocks. Pure.

Everything that reads a tree reads its `pieces`; joined they are the plain text, so no reader can differ from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from genjin.lib.blocks.check import Spans, Tree

#: Numbers of lists in signs of their own: a typed figure is a fact to the rules, the number of an item is none.
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_BETWEEN_CELLS = " | "
_EMPTY_CELL = "–"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one look. `path` leads to the text that holds it (block, then item numbers, or row and column),
    `at` is its first character there; what only the plain text has (line breaks, bullets) has no path."""

    text: str
    bold: bool = False
    mark: str = ""
    quote: bool = False
    path: tuple[int, ...] | None = None
    at: int = 0


def pieces(tree: Tree) -> Iterator[Piece]:
    """The stretches of a valid tree in reading order."""
    for number, block in enumerate(tree):
        if number:
            yield Piece("\n")
        match block["type"]:
            case "quote":
                yield Piece("“", quote=True)
                yield from _spans(block["text"], (number,), quote=True)
                yield Piece("”", quote=True)
            case "table":
                yield from _rows(block["rows"], number)
            case "paragraph":
                yield from _spans(block["text"], (number,))
            case _:
                yield from _items(block, (number,))


def _spans(spans: Spans, path: tuple[int, ...], *, quote: bool = False) -> Iterator[Piece]:
    at = 0
    for span in spans:
        yield Piece(span["text"], span.get("bold", False), span.get("mark", ""), quote, path, at)
        at += len(span["text"])


def _items(block: dict[str, Any], path: tuple[int, ...]) -> Iterator[Piece]:
    indent = "  " * (len(path) - 1)
    for number, item in enumerate(block["items"]):
        if number:
            yield Piece("\n")
        yield Piece(f"{indent}{_bullet(block['type'], number)} ")
        yield from _spans(item["text"], (*path, number))
        if "list" in item:
            yield Piece("\n")
            yield from _items(item["list"], (*path, number))


def _bullet(kind: str, number: int) -> str:
    if kind == "bullets":
        return "•"
    return _CIRCLED[number] if number < len(_CIRCLED) else f"({number + 1})"


def _rows(rows: list[list[Spans]], block: int) -> Iterator[Piece]:
    for number, row in enumerate(rows):
        if number:
            yield Piece("\n")
        for column, cell in enumerate(row):
            if column:
                yield Piece(_BETWEEN_CELLS)
            if cell:
                yield from _spans(cell, (block, number, column))
            else:
                yield Piece(_EMPTY_CELL)


def plain(tree: Tree) -> str:
    """The text that rules, search, import and old readers see; quotations stand in “”."""
    return "".join(piece.text for piece in pieces(tree))


def locate(tree: Tree, start: int, end: int) -> list[tuple[tuple[int, ...], int, int]]:
    """Characters [start, end) of the plain text as (path, from, to) within the texts of the tree, in order."""
    found: list[tuple[tuple[int, ...], int, int]] = []
    place = 0
    for piece in pieces(tree):
        first, last = max(start - place, 0), min(end - place, len(piece.text))
        place += len(piece.text)
        if piece.path is None or first >= last:
            continue
        if found and found[-1][0] == piece.path and found[-1][2] == piece.at + first:
            found[-1] = (piece.path, found[-1][1], piece.at + last)
        else:
            found.append((piece.path, piece.at + first, piece.at + last))
    return found


def bare(tree: Tree) -> bool:
    """Nothing but unmarked paragraphs: the plain text says it all."""
    return all(
        block["type"] == "paragraph" and not any("bold" in span or "mark" in span for span in block["text"])
        for block in tree
    )


def quotes(tree: Tree) -> list[str]:
    """The customer's words marked in the tree, each once, without marks (R-015)."""
    found = ["".join(span["text"] for span in block["text"]) for block in tree if block["type"] == "quote"]
    return list(dict.fromkeys(found))
