"""Lists of a record in one cell, an entry a line, as an export writes them and an import reads them back. Pure.

Risks stand as they are, needs and objections behind the label of their kind, questions and objections before their
answer: 交付周期：30 天太长 → 可分批. A break within an entry becomes a blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from genjin.quality.standard import option_key

ANSWER = " → "
SECONDARY = "（次要）"
LONGEST = 500
Labels = Mapping[str, str]


def written(kind: str, entries: Sequence[Any], labels: Labels) -> str:
    """The cell of a list of `kind` (risks, needs, objections, qa); `labels`: key of an entry's kind → its label."""
    lines = (" ".join(_line(kind, each, labels).split("\n")) for each in entries)
    return "\n".join(line for line in lines if line.strip())


def _line(kind: str, entry: Any, labels: Labels) -> str:
    if kind == "risks":
        return str(entry)
    if kind == "qa":
        return _answered(entry.get("q", ""), entry.get("a", ""))
    label = labels.get(entry.get("kind", "other"), entry.get("kind", "other"))
    if kind == "needs":
        return f"{label}：{entry.get('text', '')}{SECONDARY if entry.get('priority') == 'secondary' else ''}"
    return f"{label}：{_answered(entry.get('text', ''), entry.get('answer', ''))}"


def _answered(text: str, answer: str) -> str:
    return f"{text}{ANSWER}{answer}" if answer else text


def read(kind: str, cell: str, keys: Mapping[str, str]) -> list[Any]:
    """The entries of a cell; `keys`: any spelling of a kind (`option_key`) → its key. A line without a known label is
    of no special kind."""
    lines = [line.strip() for line in cell.splitlines() if line.strip()]
    return [_entry(kind, line, keys) for line in lines[:50]]


def _entry(kind: str, line: str, keys: Mapping[str, str]) -> Any:
    if kind == "risks":
        return line[:LONGEST]
    if kind == "qa":
        asked, _, answer = line.partition(ANSWER)
        return {"q": asked[:LONGEST], "a": answer[:LONGEST]}
    label, colon, rest = line.partition("：")
    known = keys.get(spelling) if colon and (spelling := option_key(label)) else None
    text = rest if known else line
    if kind == "needs":
        short = text.removesuffix(SECONDARY)
        priority = "core" if short == text else "secondary"
        return {"kind": known or "other", "priority": priority, "text": short[:LONGEST]}
    text, _, answer = text.partition(ANSWER)
    return {"kind": known or "other", "text": text[:LONGEST], "answer": answer[:LONGEST]}
