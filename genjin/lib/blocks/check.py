"""Is it a tree of blocks, and the one way to write it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Tree = list[dict[str, Any]]
Spans = list[dict[str, Any]]

MARKS = ("task", "risk", "feedback")
TEXTS = ("paragraph", "quote")
LISTS = ("bullets", "numbers")
MOST_CHARACTERS = 20_000
MOST_PARTS = 2_000
MOST_CELLS = 600
MOST_COLUMNS = 20
MOST_QUOTES = 50
DEEPEST = 3
#: Signs that no line of text holds; a tab is a blank.
_UNSEEN = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_PAIRS = ("“”", "「」", "『』", '""')


class BlocksError(ValueError):
    """What is wrong with a tree, as one sentence without its subject: 「…」里有一段没有文字."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def validate(raw: Any) -> Tree:
    """The tree in its one normal form: empty parts dropped, ends trimmed, equal neighbours joined, rows of one length.

    Raises `BlocksError` for anything that is not a tree, and for one that is too large or too deep.
    `validate(validate(x)) == validate(x)`.
    """
    if not isinstance(raw, list):
        raise BlocksError("要填一组段落", "must be a list of blocks")
    checked = _Check()
    tree = [block for each in raw if (block := checked.block(each)) is not None]
    if sum(block["type"] == "quote" for block in tree) > MOST_QUOTES:
        raise BlocksError(f"最多标 {MOST_QUOTES} 段客户原话", f"allows {MOST_QUOTES} quotations")
    return tree


class _Check:
    """One pass over a tree; counts what is bounded."""

    def __init__(self) -> None:
        self.parts = self.cells = self.characters = 0

    def _count(self) -> None:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise BlocksError(
                f"分得太碎，最多 {MOST_PARTS} 段；分成两条来写", f"has more than {MOST_PARTS} parts; write two records"
            )

    def block(self, raw: Any, depth: int = 1) -> dict[str, Any] | None:
        self._count()
        kind = raw.get("type") if isinstance(raw, dict) else None
        if kind in TEXTS and depth == 1:
            _only(raw, {"type", "text"})
            text = self.text(raw.get("text"))
            if kind == "quote":
                text = _unquoted(text)
            return {"type": kind, "text": text} if text else None
        if kind in LISTS:
            _only(raw, {"type", "items"})
            items = self.items(raw.get("items"), depth)
            return {"type": kind, "items": items} if items else None
        if kind == "table" and depth == 1:
            _only(raw, {"type", "rows"})
            rows = self.rows(raw.get("rows"))
            return {"type": kind, "rows": rows} if rows else None
        raise BlocksError("只能有段落、列表、表格和客户原话", "may hold paragraphs, lists, tables and quotations only")

    def items(self, raw: Any, depth: int) -> list[dict[str, Any]]:
        if depth > DEEPEST:
            raise BlocksError(f"的列表最多 {DEEPEST} 层", f"allows {DEEPEST} levels of lists")
        found: list[dict[str, Any]] = []
        for each in _list(raw, "列表要有条目", "needs the items of its list"):
            self._count()
            _only(each, {"text", "list"})
            text = self.text(each.get("text"))
            inner = self.block(each["list"], depth + 1) if each.get("list") is not None else None
            if text:
                found.append({"text": text, "list": inner} if inner else {"text": text})
            elif inner:
                found.extend(inner["items"])
        return found

    def rows(self, raw: Any) -> list[list[Spans]]:
        rows: list[list[Spans]] = []
        for each in _list(raw, "表格要有行", "needs the rows of its table"):
            cells = _list(each, "表格的行要有格子", "needs the cells of a row")
            self.cells += len(cells)
            if len(cells) > MOST_COLUMNS or self.cells > MOST_CELLS:
                raise BlocksError(
                    f"的表格太大，最多 {MOST_COLUMNS} 列、{MOST_CELLS} 格；大表作为附件上传",
                    f"has too large a table: {MOST_COLUMNS} columns, {MOST_CELLS} cells; attach it as a file",
                )
            rows.append([self.text(cell, line=True) for cell in cells])
        width = max((len(row) for row in rows), default=0)
        rows = [row + [[] for _ in range(width - len(row))] for row in rows if any(row)]
        filled = [column for column in range(width) if any(row[column] for row in rows)]
        return [[row[column] for column in filled] for row in rows]

    def text(self, raw: Any, *, line: bool = False) -> Spans:
        """Spans in their normal form; `line`: without line breaks."""
        spans: Spans = []
        for each in _list(raw, "有一段没有文字", "holds a part without text"):
            self._count()
            _only(each, {"text", "bold", "mark"})
            text, bold, mark = each.get("text"), each.get("bold", False), each.get("mark")
            if not isinstance(text, str) or not isinstance(bold, bool) or (mark is not None and mark not in MARKS):
                raise BlocksError(
                    "只能加粗，或标为任务、风险、反馈", "may be bold or marked as task, risk or feedback only"
                )
            if _UNSTORABLE.search(text):
                raise BlocksError("里有无法保存的字符", "holds characters that cannot be saved")
            self.characters += len(text)
            if self.characters > MOST_CHARACTERS:
                raise BlocksError(f"太长，最多 {MOST_CHARACTERS} 个字", f"allows {MOST_CHARACTERS} characters")
            spans.append(_span(_line_breaks(text, line), bold, mark))
        return _joined(_trimmed(spans))


def _list(raw: Any, zh: str, en: str) -> list[Any]:
    if not isinstance(raw, list):
        raise BlocksError(zh, en)
    return raw


def _only(raw: Any, known: set[str]) -> None:
    if not isinstance(raw, Mapping) or set(raw) - known:
        raise BlocksError("里有不认识的格式", "holds a format that is not known")


def _span(text: str, bold: bool, mark: str | None) -> dict[str, Any]:
    span: dict[str, Any] = {"text": text}
    if bold:
        span["bold"] = True
    if mark:
        span["mark"] = mark
    return span


def _line_breaks(text: str, line: bool) -> str:
    text = _UNSEEN.sub("", re.sub(r"\r\n?|[\u2028\u2029]", "\n", text).replace("\t", " "))
    return text.replace("\n", " ") if line else text


def _trimmed(spans: Sequence[dict[str, Any]]) -> Spans:
    """Without blanks at both ends and without empty spans."""
    kept = [span for span in spans if span["text"]]
    while kept and not (text := kept[0]["text"].lstrip()):
        kept.pop(0)
    if kept:
        kept[0] = {**kept[0], "text": text}
    while kept and not (text := kept[-1]["text"].rstrip()):
        kept.pop()
    if kept:
        kept[-1] = {**kept[-1], "text": text}
    return kept


def _joined(spans: Spans) -> Spans:
    found: Spans = []
    for span in spans:
        last = found[-1] if found else None
        if last and (last.get("bold"), last.get("mark")) == (span.get("bold"), span.get("mark")):
            found[-1] = {**last, "text": last["text"] + span["text"]}
        else:
            found.append(span)
    return found


def _unquoted(spans: Spans) -> Spans:
    """Customer's words without the marks round them; marks within become single ones, as typesetting has it."""
    while True:
        whole = "".join(span["text"] for span in spans)
        pair = next((pair for pair in _PAIRS if len(whole) > 1 and whole[0] == pair[0] and whole[-1] == pair[1]), None)
        if pair is None or any(sign in whole[1:-1] for sign in pair):
            break
        spans = [dict(span) for span in spans]
        spans[0]["text"] = spans[0]["text"][1:]
        spans[-1]["text"] = spans[-1]["text"][:-1]
        spans = _joined(_trimmed(spans))
    return [{**span, "text": span["text"].replace("“", "‘").replace("”", "’")} for span in spans]
