"""Versions of a record as people read them: labels, old and new words, within scope and field rights (R-164, A12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import covered, reads
from genjin.access.own import Names as Pointed
from genjin.access.own import names_in
from genjin.access.visible import visible
from genjin.customers.models import Contact, Customer
from genjin.door.versions import RESTORERS, Restorer, history_of, values_now
from genjin.followups.sheets import Reading, text_of
from genjin.history.versions import Version, holding, state_at
from genjin.lib.blank import is_blank
from genjin.lib.errors import NotFound
from genjin.orgs.models import Department, Membership
from genjin.schema.own_words import own_words
from genjin.schema.queries import options_of
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import shaped_types

Pairs = Mapping[str, tuple[Any, Any]]
Differing = list[tuple[Field, Any, Any]]
#: A review's verdict and the reckoned columns are not what a person wrote.
_UNTOLD = {"score", "state", "last_contact_at", "next_due_at", "created_at", "entered_at", "late", "updated_at",
           "state_at", "number"}  # fmt: skip


@dataclass(frozen=True)
class _Shown:
    """One row with its versions, for one reader."""

    actor: Actor
    kind: RecordType
    row: Any
    restorer: Restorer
    versions: list[Version]

    @property
    def marks(self) -> Mapping[str, str]:
        return self.actor.grants.fields.get(self.kind.slug, {})

    def fields(self) -> list[Field]:
        """Those that the reader may know of; quotations only with the texts they stand in."""
        untold = _UNTOLD - {"state"} if self.kind.made_of else _UNTOLD
        untold = untold if reads(self.actor, "followup.summary", "followup.feedback") else {*untold, "quotes"}
        return [each for each in self.kind.fields if each.slug not in untold and self.marks.get(each.slug) != "hidden"]


def versions(actor: Actor, slug: str, pk: int) -> dict[str, Any]:
    """All versions of a record, newest first, each with what it changed.

    At most six statements, however many versions there are. A version that changed nothing that the reader
    may see is left out; `NotFound` for a type without versions and a row out of scope.
    """
    shown = _shown(actor, slug, pk)
    by_column = {column: each for each in shown.fields() for column in holding(each)}
    pairs = [differing(_touched(by_column, version.moved), version.moved) for version in shown.versions]
    names = names_of(actor, [each for found in pairs for each in found])
    items = [
        _head(version, names) | {"changes": [_change(shown, names, *each) for each in found]}
        for version, found in zip(shown.versions, pairs, strict=True)
        if found or not version.moved
    ]
    return {
        "record_type": slug,
        "id": pk,
        "label": {"zh": shown.kind.zh, "en": shown.kind.en},
        "version": shown.row.version,
        "items": items[::-1],
        "can": {"restore": _may_restore(shown)},
    }


def compared(actor: Actor, slug: str, pk: int, number: int) -> dict[str, Any]:
    """One older version beside what stands now: each field that differs, and whether it may be restored."""
    shown = _shown(actor, slug, pk)
    version = next((each for each in shown.versions if each.number == number), None)
    if version is None:
        raise NotFound(field="number")
    now = values_now(shown.kind, shown.row)
    then = state_at(shown.versions, number, now)
    found = differing(shown.fields(), {column: (then[column], now[column]) for column in now})
    names = names_of(actor, found)
    able = _may_restore(shown)
    fields = []
    for field, old, new in found:
        entry = _change(shown, names, field, old, new)
        old_words, new_words = entry.pop("old"), entry.pop("new")
        writes = (bool(field.stored) and not field.read_only) or field.slug in shown.restorer.fields
        restorable = able and writes and field.slug not in shown.marks
        fields.append({**entry, "then": old_words, "now": new_words, "restorable": restorable})
    return {**_head(version, names), "version": shown.row.version, "fields": fields, "can": {"restore": able}}


def restore(actor: Actor, slug: str, pk: int, *, version: int, to: int, fields: Sequence[str] | None) -> Any:
    """Through the verb of the record type; `NotFound` for a type without versions."""
    restorer = RESTORERS.get(_kind(actor, slug).log)
    if restorer is None:
        raise NotFound()
    _shown(actor, slug, pk)
    return restorer.restore(actor, pk, version=version, to=to, fields=fields)


def _shown(actor: Actor, slug: str, pk: int) -> _Shown:
    kind = _kind(actor, slug)
    restorer = RESTORERS.get(kind.log)
    if restorer is None:
        raise NotFound()
    row: Any = visible(actor, kind.model).filter(kind.rows, pk=pk).first()
    if row is None:
        raise NotFound()
    return _Shown(actor, kind, row, restorer, history_of(kind, row))


def _kind(actor: Actor, slug: str) -> RecordType:
    """A type of the code, or an own one; `NotFound` for any other."""
    found = shaped_types(actor).get(slug)
    if found is None:
        raise NotFound()
    return found


def _may_restore(shown: _Shown) -> bool:
    restorer, model = shown.restorer, shown.kind.model
    if not shown.actor.may(restorer.verb) or not restorer.mine(shown.actor, shown.row):
        return False
    return visible(shown.actor, model, act=restorer.act).filter(pk=shown.row.pk).exists()


def _touched(by_column: Mapping[str, Field], moved: Pairs) -> Iterable[Field]:
    """The fields of a change, so that not every field is looked at for every version."""
    return {by_column[column].slug: by_column[column] for column in moved if column in by_column}.values()


def differing(fields: Iterable[Field], moved: Pairs) -> Differing:
    """Fields with their value on both sides; a blank is a blank however it is kept."""
    found: Differing = []
    for field in fields:
        columns = holding(field)
        if not any(column in moved for column in columns):
            continue
        sides = [[moved[column][side] if column in moved else None for column in columns] for side in (0, 1)]
        old, new = (_value(field, side) for side in sides)
        told = field.type == "richtext" or old != new
        if told and not (is_blank(old) and is_blank(new)):
            found.append((field, old, new))
    return found


def _value(field: Field, cells: Sequence[Any]) -> Any:
    if field.type == "money_range" and not field.stored:
        return {"low": cells[0], "high": cells[1]} if cells[0] is not None or cells[1] is not None else None
    return cells[0]


def _head(version: Version, names: Names) -> dict[str, Any]:
    by = version.by or names.people.get(version.member_id or 0, "")
    return {
        "number": version.number,
        "event": version.name,
        "at": version.at,
        "by": {"id": version.member_id, "name": by} if by else None,
        "source": version.source,
        "why": version.why,
        "restored": version.restored,
    }


def _change(shown: _Shown, names: Names, field: Field, old: Any, new: Any) -> dict[str, Any]:
    masked = shown.marks.get(field.slug) == "masked"
    return {
        "field": field.slug,
        "label": {"zh": field.zh, "en": field.en},
        "type": field.type,
        "old": words(field, old, names, shown.row, masked=masked),
        "new": words(field, new, names, shown.row, masked=masked),
        "format_only": old == new,
    }


@dataclass(frozen=True)
class Names:
    """What turning told values into words needs."""

    reading: Reading
    people: Mapping[int, str]
    contacts: Mapping[int, str]
    departments: Mapping[int, str]
    customers: Mapping[int, str]
    #: What own fields point to.
    pointed: Pointed


def names_of(actor: Actor, found: Differing) -> Names:
    """Names of everybody these values point at, one statement for each kind of target that occurs."""
    wanted: dict[str, set[int]] = {"member": set(), "contact": set(), "department": set(), "customer": set()}
    for field, old, new in found:
        ids = None if field.stored else wanted.get(field.type.removesuffix("s"))
        if ids is not None:
            for value in (old, new):
                ids.update(each for each in (value if isinstance(value, list) else [value]) if isinstance(each, int))
    people = _of(Membership.objects, actor, wanted["member"])
    departments = _of(Department.objects, actor, wanted["department"])
    contacts = dict(_seen(actor, Contact, wanted["contact"])) if wanted["contact"] else {}
    customers = dict(_seen(actor, Customer, wanted["customer"])) if wanted["customer"] else {}
    reading = Reading(options_of(actor.org_id, actor.config_version), actor.zone, people, contacts)
    sides = [{field.slug: value} for field, *values in found if field.pointed for value in values]
    pointed = names_in(actor, {each.slug: each for each, _, _ in found}.values(), sides)
    return Names(reading, people, contacts, departments, customers, pointed)


def _of(rows: Any, actor: Actor, ids: set[int]) -> dict[int, str]:
    return dict(rows.filter(org_id=actor.org_id, pk__in=ids).values_list("id", "name")) if ids else {}


def _seen(actor: Actor, model: Any, ids: set[int]) -> Any:
    return visible(actor, model).filter(pk__in=ids).values_list("id", "name")


def words(field: Field, value: Any, names: Names, row: Any, *, masked: bool = False) -> dict[str, str]:
    """A value of the log as a person reads it, in both languages; blank is an empty text."""
    if is_blank(value):
        return {"zh": "", "en": ""}
    lines = _lines(field, value, names, row)
    return {
        language: "\n".join(covered(field, line) if masked else line for line in found)
        for language, found in lines.items()
    }


def _lines(field: Field, value: Any, names: Names, row: Any) -> dict[str, list[str]]:
    if field.stored:
        pointed = names.pointed.get(field.pointed, {})
        zh, en = own_words(field, value, names.reading.options, names.reading.zone, pointed)
        return {"zh": zh.split("\n"), "en": en.split("\n")}
    pointed_at = {"member": names.people, "contact": names.contacts, "department": names.departments,
                  "customer": names.customers}  # fmt: skip
    known = pointed_at.get(field.type)
    if known is not None:
        return _same([known.get(value, "—")])
    if field.type == "datetime":
        return _same([_moment(value, names, row)])
    if field.type == "date":
        return _same([date.fromisoformat(str(value)[:10]).isoformat()])
    if field.type == "steps":
        return _same([str(each) for each in (value if isinstance(value, list) else [value])])
    return text_of(field, value, names.reading, row)


def _same(lines: list[str]) -> dict[str, list[str]]:
    return {"zh": lines, "en": lines}


def _moment(value: Any, names: Names, row: Any) -> str:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    local = at.astimezone(names.reading.zone)
    return f"{local:%Y-%m-%d}" if getattr(row, "precision", "") == "day" else f"{local:%Y-%m-%d %H:%M}"
