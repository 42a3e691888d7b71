"""What still stands of a filter that was stored: conditions whose field or operator is gone are left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.lib.errors import Refusal
from genjin.lib.filters import Kind, parse


def standing(raw: Any, fields: Mapping[str, Kind]) -> tuple[Any, list[str]]:
    """The part of a stored filter (decoded JSON) that `parse` still takes, or None when nothing is left, and the
    slugs of the conditions that were left out, each once. A group without conditions goes with them."""
    lost: list[str] = []
    kept = _node(raw, fields, lost) if raw else None
    return kept, list(dict.fromkeys(lost))


def slugs_of(raw: Any) -> list[str]:
    """The fields a filter names, each once, in the order they stand."""
    found: list[str] = []
    standing(raw, _Noting(found))
    return list(dict.fromkeys(found))


class _Noting(dict[str, Kind]):
    """No field at all, but it notes which ones are asked for."""

    def __init__(self, found: list[str]) -> None:
        super().__init__()
        self._found = found

    def __contains__(self, slug: object) -> bool:
        self._found.append(str(slug))
        return False


def _node(raw: Any, fields: Mapping[str, Kind], lost: list[str]) -> Any:
    if isinstance(raw, dict) and "field" in raw:
        slug = str(raw["field"])[:60]
        if slug in fields and _stands(raw, fields):
            return raw
        lost.append(slug)
        return None
    if not isinstance(raw, dict) or len(raw) != 1:
        return None
    ((word, inner),) = raw.items()
    if word == "not":
        kept = _node(inner, fields, lost)
        return None if kept is None else {"not": kept}
    if word in ("and", "or") and isinstance(inner, list):
        parts = [part for part in (_node(each, fields, lost) for each in inner) if part is not None]
        return {word: parts} if parts else None
    return None


def _stands(raw: Any, fields: Mapping[str, Kind]) -> bool:
    try:
        parse(raw, fields)
    except Refusal:
        return False
    return True
