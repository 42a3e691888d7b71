"""A cell as the text the rules read: "" when blank, and what comes again and again read once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from genjin.quality.record import Raw

_SHORT, _KNOWN = 5, 20_000


def cell_text(raw: Raw) -> str:
    """A cell as the text a person sees; 13800138000.0 loses its tail, a time is written YYYY-MM-DD HH:mm."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, datetime):
        return raw.isoformat(" ", "minutes")
    if isinstance(raw, date):
        return raw.isoformat()
    return str(int(raw)) if raw == raw and abs(raw) < 1e18 and raw == int(raw) else repr(raw)


class Cells(dict[Raw, str]):
    """Raw cell → its text, "" for a blank one (also "/", "—", "无"). Short ones met before are kept."""

    def __init__(self, blank: Collection[str]) -> None:
        super().__init__({None: ""})
        self._blank = blank

    def __missing__(self, raw: Raw) -> str:
        if not isinstance(raw, str):
            return cell_text(raw)
        if len(raw) > _SHORT:
            return "" if raw[0] <= " " and raw.isspace() else raw
        text = "" if raw in self._blank or raw.strip().lower() in self._blank else raw
        if len(self) < _KNOWN:
            self[raw] = text
        return text
