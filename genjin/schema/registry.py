"""The one list of fields: each record type describes its fields once, at start-up.

Form, list column, filter, sort, import mapping, export, API schema and quality rules read it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from genjin.lib.filters import Expression
from genjin.schema.own_types import FILED, like_of
from genjin.schema.paging import Order


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record type. `column` is its database column when it is a built-in one.

    `part`: a part of the record with an input of its own, kept in rows of its own or as a list (next
    steps, files, people); `schema/clean.py` and exports leave it alone.
    `stored`: how a team's own field (`schema/shapes.py`) lies in the row's `extra`, see `schema/extra.py`; its slug is
    its key there. `settings`: what its type can be told (currency, precision, default …).
    """

    slug: str
    zh: str
    en: str
    type: str
    column: str | None = None
    options: str | None = None
    required: bool = False
    list: bool = False
    sort: bool = False
    filter: bool = False
    group: str = "basic"
    help_zh: str = ""
    help_en: str = ""
    read_only: bool = False
    part: bool = False
    #: The field in which it was told first, as `followup.objections`, or several with blanks between: who may not read
    #: one of them, may not read this (R-166).
    told_in: str = ""
    stored: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    #: Conditions of a team (`schema/shapes.py`): on the form only while the one holds, demanded while the other does.
    visible_when: Expression | None = None
    required_when: Expression | None = None
    #: The day, in the organisation's zone, from which it is demanded; until then people are only reminded.
    required_from: date | None = None
    #: The same as they were written, for clients.
    when: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def like(self) -> str:
        """The type as which its values are kept and read: a formula's is that of what it gives."""
        return like_of(self.type, self.settings)

    @property
    def kept(self) -> bool:
        """Does the row itself hold it? What is looked up from another record is there only when it is read."""
        return self.stored != "x"

    @property
    def path(self) -> str:
        """How queries name its value; `ends` those of a range."""
        return f"extra__{self.stored}_{self.slug}" if self.stored else self.db

    @property
    def ends(self) -> tuple[str, str]:
        """How queries name the low and the high end of a range of a team's own; open to one side, it is its other end
        there."""
        return f"extra__v_{self.slug}", f"extra__w_{self.slug}"

    @property
    def pointed(self) -> str:
        """What the values of a team's own field are ids of: member, department, file, or `link:customer`."""
        if self.type == "link":
            return f"link:{self.settings.get('to', '')}"
        if self.stored and self.type in FILED:
            return "file"
        return self.type if self.stored and self.type in ("member", "department") else ""

    @property
    def db(self) -> str:
        return self.column or self.slug

    @property
    def blocks(self) -> str:
        """The slug and column of the tree beside the plain text of a `richtext` field (R-013–R-015)."""
        return f"{self.db}_blocks"

    @property
    def columns(self) -> tuple[str, ...]:
        """The database columns that hold it: two for a range of money."""
        two = self.type == "money_range" and not self.stored
        return (f"{self.db}_low", f"{self.db}_high") if two else (self.db,)

    def as_json(self) -> dict[str, Any]:
        return {
            "slug": self.slug,
            "label": {"zh": self.zh, "en": self.en},
            "type": self.type,
            "options": self.options,
            "required": self.required,
            "list": self.list,
            "sort": self.sort,
            "filter": self.filter,
            "group": self.group,
            "help": {"zh": self.help_zh, "en": self.help_en},
            "read_only": self.read_only,
            **({"settings": self.settings} if self.stored else {}),
            **self.when,
        }


@dataclass(frozen=True, slots=True)
class Scope:
    """How an actor's scopes become columns.

    Own columns (`owner`, `department`) or `via` = the foreign key whose row decides.
    `shared(actor)` gives the ids of rows shared with the actor as collaborator.
    `mine` = further own columns that make a row visible to its holder (an agenda item of mine).
    `ours` = further own columns that make a row visible to the department named there (help it was asked for).
    `asked` = scopes that the folder asks for itself, where no column says them (targets of a department's people).
    """

    owner: str | None = "owner_id"
    department: str | None = "department_id"
    via: str | None = None
    shared: Callable[[Any], Sequence[int]] | None = None
    mine: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


Reason = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Restore:
    """How rows of a type are set back when a bulk verb is undone (`door/undo.py`).

    `blocked(change, plan)` names the rows of `plan` (id → (row, values)) that cannot come back, with the
    reason in Chinese and English. `after(change, rows)` sets right what hangs on rows that came back.
    `derived` columns may have moved on: they are reckoned anew and hold nothing up. `name` is the column
    by which a person knows the row. `made` is the event that tells of a new row: the undo of a batch takes such
    rows away again; `along`: not without the row above it. `idle`: rows that the machine made and nobody touched; they
    hold up nothing that they hang on.
    """

    blocked: Callable[[Any, dict[int, tuple[Any, dict[str, Any]]]], Mapping[int, Reason]] | None = None
    after: Callable[[Any, list[Any]], None] | None = None
    derived: frozenset[str] = frozenset()
    name: str = "name"
    made: str = ""
    along: bool = False
    idle: models.Q | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """What a list of a record type can be asked for, and what a saved view may hold: `sorts` by name, the ready-made
    views (`bases`, each with the fields its rows tell of), columns that are no field of their own, and the option
    fields it can be a board by."""

    sorts: Mapping[str, Order]
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold of a row, the field that is named when it does not, and the team's own words for that."""

    must: Expression
    slug: str
    zh: str
    en: str
    raw: Any = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class State:
    """Where a row of a team's own type can stand. `next`: the states it can go to from here, None = any; `closed`:
    nothing is left to do."""

    key: str
    zh: str
    en: str
    color: str = ""
    closed: bool = False
    next: tuple[str, ...] | None = None


@dataclass(frozen=True)
class RecordType:
    slug: str
    zh: str
    en: str
    model: type[models.Model]
    scope: Scope
    fields: tuple[Field, ...] = ()
    #: Fields that the team has put away: offered nowhere, their values and the rights to them stay.
    hidden: tuple[Field, ...] = ()
    #: The team whose shape this is, and the number of its design; 0 = as the code has it.
    org_id: int = 0
    design: int = 0
    #: What it reckons itself of other fields of the row (`schema/reckoned.py`), each behind those it needs.
    formulas: tuple[Any, ...] = ()
    #: What the team demands of a row, beyond single fields.
    rules: tuple[Rule, ...] = ()
    #: Groups of fields that the team has named: key, zh, en.
    groups: tuple[Mapping[str, str], ...] = ()
    #: Parts of a record's page that a team may arrange, and how it has: key, place (main, side, hidden).
    parts: tuple[str, ...] = ()
    page: tuple[Mapping[str, str], ...] = ()
    restore: Restore = Restore()
    lists: Lists | None = None
    #: Which living rows of a customer a preview counts (open to-dos, not all).
    counted: models.Q = field(default_factory=models.Q)
    #: Of these, what goes along when the customer is merged into another.
    merged: models.Q = field(default_factory=models.Q)
    #: The column that says of which of a team's own types a row is: this one is what they are all made of
    #: (`schema/own_kinds.py`), and each has a scope and field rights of its own.
    by: str = ""
    #: Of a team's own type: the type of the code behind it, its states in their order, those that were, and whether
    #: the team has put it away.
    made_of: str = ""
    states: tuple[State, ...] = ()
    past: tuple[State, ...] = ()
    retired: bool = False
    by_slug: dict[str, Field] = field(init=False, default_factory=dict)
    #: The team's own fields that are offered.
    own: tuple[Field, ...] = field(init=False, default=())
    #: Those of them, put away or not, that the form gives a row itself.
    given: tuple[Field, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        self.by_slug.update({each.slug: each for each in self.fields})
        object.__setattr__(self, "own", tuple(each for each in self.fields if each.stored))
        given = tuple(each for each in self.known.values() if each.stored and each.read_only)
        object.__setattr__(self, "given", given)

    @property
    def log(self) -> str:
        """What the log, the search table and the registry call its rows."""
        return self.made_of or self.slug

    @property
    def template(self) -> bool:
        """Is it only what a team's own types are made of?"""
        return bool(self.by) and not self.made_of

    @property
    def of(self) -> str:
        """Which rows of its table are its own: the argument `of` of `access/reading.py`; empty = all."""
        return self.slug if self.made_of else ""

    @property
    def rows(self) -> models.Q:
        """The same as a condition."""
        return models.Q(**{self.by: self.slug}) if self.made_of else models.Q()

    def state(self, key: str) -> State | None:
        return next((each for each in self.states if each.key == key), None)

    @property
    def demanding(self) -> bool:
        """Does the team demand anything that `schema/clean.py` does not see in a single value?"""
        return bool(self.rules) or any(each.when for each in self.fields)

    @property
    def known(self) -> dict[str, Field]:
        """Slug → field, those put away among them."""
        return self.by_slug | {each.slug: each for each in self.hidden}


_TYPES: dict[str, RecordType] = {}
_BY_MODEL: dict[type[models.Model], RecordType] = {}


def register(record_type: RecordType) -> RecordType:
    """Add a record type; called once per type when its folder is loaded."""
    _TYPES[record_type.slug] = record_type
    _BY_MODEL[record_type.model] = record_type
    return record_type


def record_types() -> dict[str, RecordType]:
    return dict(_TYPES)


def record_type(slug: str) -> RecordType:
    """The record type of that slug; `KeyError` when there is none."""
    return _TYPES[slug]


def known_type(model: type[models.Model]) -> RecordType | None:
    """The record type of a model; None for a table that has none."""
    return _BY_MODEL.get(model)


def type_of(model: type[models.Model]) -> RecordType:
    """The record type of a model; `KeyError` for a table that has none."""
    return _BY_MODEL[model]
