"""What a document is made of, and what is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from genjin.lib.sheets.table import Note

#: A template is a page or a few; above it the file holds data, or is an attack.
MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 500, 60, 10
MOST_FIELDS = 100
LONGEST_LABEL, LONGEST_HELP = 40, 300


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell where it begins. `options`, `day`: what a drop-down or a date control offers; `strong`: bold or shaded."""

    column: int
    text: str
    across: int = 1
    down: int = 1
    options: tuple[str, ...] = ()
    day: bool = False
    strong: bool = False
    help: str = ""

    @property
    def filled(self) -> bool:
        return bool(self.text)

    @property
    def end(self) -> int:
        return self.column + self.across


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph outside tables; `level` 1… for a heading by its style, 0 else."""

    text: str
    level: int = 0
    strong: bool = False


@dataclass(slots=True)
class Grid:
    """A table or a sheet: in each row the cells that begin there, blank ones too. `width`: columns in use."""

    rows: list[list[Cell]]
    width: int
    name: str = ""


Block = Line | Grid


@dataclass(slots=True)
class Asked:
    """One thing that the document asks. `type` and `settings` as own fields have them; `sample`: what was filled in."""

    label: str
    type: str
    group: str = ""
    required: bool = False
    help: str = ""
    options: tuple[str, ...] = ()
    settings: dict[str, str | int] = field(default_factory=dict)
    sample: str = ""


@dataclass(slots=True)
class Paper:
    """A document as a form. `notes`: what was left out, and why."""

    title: str = ""
    fields: list[Asked] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
