"""What is wrong with a cell of a row, and whether it keeps the row out. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from genjin.lib.dates import Reading

#: Codes that keep a row out; every other problem is only said.
BLOCKING = frozenset({"no-customer", "no-act", "unreadable-date", "ambiguous-date", "unknown-option"})
#: Times outside are slips of the pen or of the format.
EARLIEST, LATEST = datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2100-01-01")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong with one cell. `proposal` is a value that one tap could put there, or None."""

    code: str
    field: str
    zh: str
    en: str
    proposal: str | None = None
    options: tuple[str, ...] = ()

    @property
    def blocking(self) -> bool:
        return self.code in BLOCKING


def written(at: datetime, precision: str | None) -> str:
    """A time as an import reads it again."""
    return f"{at:%Y-%m-%d %H:%M}" if precision == "minute" else f"{at:%Y-%m-%d}"


def two_ways(field: str, shown: str, found: Reading) -> RowProblem:
    """Day and month may be swapped: asked, never guessed."""
    options = tuple(written(each, found.precision) for each in found.ambiguous)
    zh = f"“{shown}”可读作{'或'.join(options)}"
    return RowProblem("ambiguous-date", field, zh, f'"{shown}" can be read in two ways', None, options)
