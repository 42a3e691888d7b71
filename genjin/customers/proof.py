"""Proof of a transfer: what hangs on customers is listed before and after by the same query, and nothing may differ but
whose it is (R-158, N8).

A folder says in one line what of its own hangs on customers (`hangs_on`). The rows are compared with their ids, their
author, their clock and their score; only who holds them goes from the former owner to the new one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.fields import told
from genjin.access.guard import unscoped
from genjin.customers.models import LIVING, Collaborator, Contact, Customer, Need
from genjin.door.change import Change
from genjin.lib.errors import Conflict
from genjin.schema.registry import known_type

#: More rows than these are counted, not named.
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of `model` that meet `where`, whose `via` is a customer. `fixed` columns stay as they are; `holder` goes
    with the customer: where the former owner held it the new one does (`must`), or may. `note`: what does not change,
    said beside the number."""

    slug: str
    zh: str
    en: str
    model: type[models.Model]
    where: Q = LIVING
    via: str = "customer_id"
    fixed: tuple[str, ...] = ("created_by_id",)
    holder: str = ""
    must: bool = True
    note: tuple[str, str] = ("", "")
    #: Where it stands in the table; equal ones in the order of their names.
    place: int = 50


class Held(NamedTuple):
    """One row: on which customer it hangs, who holds it, and what of it must not change."""

    customer_id: int
    holder: int | None
    fixed: tuple[Any, ...]


class Moved(NamedTuple):
    """From whom to whom a customer goes."""

    former: int | None
    new: int | None


Rows = dict[str, dict[int, Held]]
_KINDS: dict[str, Kind] = {}


def hangs_on(kind: Kind) -> Kind:
    """Register what of a folder hangs on customers."""
    _KINDS[kind.slug] = kind
    return kind


def kinds() -> list[Kind]:
    return sorted(_KINDS.values(), key=lambda kind: (kind.place, kind.slug))


def rows_of(ids: Sequence[int]) -> Rows:
    """All that hangs on these customers; a statement a kind."""
    found: Rows = {}
    for kind in kinds():
        rows: Any = unscoped(kind.model, "step").filter(kind.where, **{f"{kind.via}__among": list(ids)})
        columns = ("pk", kind.via, *((kind.holder,) if kind.holder else ()), *kind.fixed)
        at = 3 if kind.holder else 2
        found[kind.slug] = {
            row[0]: Held(row[1], row[2] if kind.holder else None, row[at:]) for row in rows.values_list(*columns)
        }
    return found


class Difference(NamedTuple):
    """A row that is not as it was: `how` is lost, new, changed or held."""

    slug: str
    pk: int
    how: str


def differences(before: Rows, after: Rows, moved: Mapping[int, Moved]) -> list[Difference]:
    """What of `after` is not what `before` says it must be."""
    found = []
    for kind in kinds():
        old, new = before[kind.slug], after[kind.slug]
        found += [Difference(kind.slug, pk, "lost") for pk in sorted(old.keys() - new.keys())]
        found += [Difference(kind.slug, pk, "new") for pk in sorted(new.keys() - old.keys())]
        for pk in sorted(old.keys() & new.keys()):
            if old[pk].fixed != new[pk].fixed or old[pk].customer_id != new[pk].customer_id:
                found.append(Difference(kind.slug, pk, "changed"))
            elif not _goes_along(kind, old[pk], new[pk], moved[old[pk].customer_id]):
                found.append(Difference(kind.slug, pk, "held"))
    return found


def _goes_along(kind: Kind, old: Held, new: Held, moved: Moved) -> bool:
    if old.holder == new.holder:
        return not kind.must or old.holder != moved.former or moved.former in (None, moved.new)
    return old.holder == moved.former and new.holder == moved.new


def checksum(rows: Rows) -> str:
    """SHA-256 over the sorted ids of all that hangs on the customers: equal before and after."""
    lines = sorted(f"{slug}:{pk}" for slug, held in rows.items() for pk in held)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass
class Proof:
    """Counts before and after; `rows` and `sums` are empty until the change is through."""

    before: Rows
    rows: list[dict[str, Any]] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """{"rows": [{"slug", "before", "after"}], "checksum": {"before", "after"}}"""
        return {"rows": self.rows, "checksum": self.sums}

    def shown(self) -> dict[str, Any]:
        """The same with the names of the kinds, those that there are none of left out."""
        return shown(self.told())


def shown(told: Mapping[str, Any]) -> dict[str, Any]:
    """What a proof told, as a screen shows it."""
    rows = [
        {**row, "zh": kind.zh, "en": kind.en, "note": {"zh": kind.note[0], "en": kind.note[1]}}
        for row in told.get("rows", ())
        if (kind := _KINDS.get(row["slug"])) is not None and (row["before"] or row["after"])
    ]
    return {"rows": rows, "checksum": (told.get("checksum") or {}).get("after", "")}


def proves(change: Change, moved: Mapping[int, Moved], *, back: bool = False) -> Proof:
    """List what hangs on these customers now, and once more when the change is through with all its reactions. A
    difference refuses the change, which takes all of it back, and names the rows. `back`: a transfer is undone, what
    came since stays where it is."""
    proof = Proof(rows_of(list(moved)))

    def close() -> None:
        after = rows_of(list(moved))
        wrong = differences(proof.before, after, moved)
        if wrong := [each for each in wrong if not back or each.how in ("lost", "changed")]:
            raise _unequal(change.actor, wrong)
        proof.rows += [
            {"slug": kind.slug, "before": len(proof.before[kind.slug]), "after": len(after[kind.slug])}
            for kind in kinds()
        ]
        proof.sums |= {"before": checksum(proof.before), "after": checksum(after)}

    change.closing.append(close)
    return proof


_HOW = {
    "lost": ("不见了", "is missing"),
    "new": ("是多出来的", "is new"),
    "changed": ("被改了", "has changed"),
    "held": ("没有跟着走", "did not go along"),
}


def _unequal(actor: Actor, wrong: Sequence[Difference]) -> Conflict:
    rows = [
        {"type": each.slug, "id": each.pk, "how": each.how, "name": name, "zh": _HOW[each.how][0],
         "en": _HOW[each.how][1]}
        for each, name in zip(wrong, _names(actor, wrong[:MOST_NAMED]), strict=False)
    ]  # fmt: skip
    first = rows[0]
    kind = _KINDS[wrong[0].slug]
    named = f"“{first['name']}”" if first["name"] else f"（编号 {first['id']}）"
    return Conflict(
        f"前后对不上，没有交接：{kind.zh}{named}{first['zh']}{f'，另有 {len(wrong) - 1} 处' if len(wrong) > 1 else ''}",
        f"Before and after differ, nothing was moved: {kind.en} {first['name'] or first['id']} {first['en']}",
        code="unequal",
        extra={"rows": rows, "count": len(wrong)},
    )


def _names(actor: Actor, wrong: Sequence[Difference]) -> list[str]:
    """By which a person knows each row, as far as he may read it."""
    found: dict[tuple[str, int], str] = {}
    for slug in {each.slug for each in wrong}:
        kind = known_type(_KINDS[slug].model)
        if kind is None or not kind.restore.name:
            continue
        ids = [each.pk for each in wrong if each.slug == slug]
        rows = unscoped(kind.model, "step").filter(pk__among=ids).values_list("pk", kind.restore.name)
        for pk, name in rows:
            found[slug, pk] = str(told(actor, f"{kind.slug}.{kind.restore.name}", name) or "")[:60]
    return [found.get((each.slug, each.pk), "") for each in wrong]


hangs_on(
    Kind("customer", "客户", "Customers", Customer, via="id", holder="owner_id", place=1,
         fixed=("created_by_id", "created_at", "stage", "stage_at", "life_cycle", "intent_class", "intent_at", "amount",
                "first_contact_at", "last_contact_at", "last_contact_by_id", "paused"),
         note=("节点和已用时间不变", "node and time used stay"))
)  # fmt: skip
hangs_on(Kind("contact", "联系人", "Contacts", Contact, fixed=("created_by_id", "version"), place=2))
hangs_on(Kind("need", "需求", "Needs", Need, fixed=("created_by_id", "version"), place=8))
hangs_on(
    Kind("collaborator", "协作人", "Collaborators", Collaborator, fixed=("created_by_id", "member_id"), place=40)
)  # fmt: skip
