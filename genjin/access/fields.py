"""Field rights: what of a row an actor may read (R-166). Whoever shows, searches or sorts by a field asks here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, cast

from genjin.access.actor import Actor
from genjin.lib.errors import Invalid
from genjin.schema.paging import Order
from genjin.schema.registry import Field
from genjin.schema.shapes import shaped

Mark = Literal["readonly", "masked", "hidden"]
#: How a contact is reached: one of them stands for all on the row of the customer, and all are searched together.
CHANNELS = ("contact.phone", "contact.wechat", "contact.email")
COVERED = "••••"
_BLANK: Mapping[type, Callable[[], Any]] = {str: str, list: list, dict: dict}


def mark_of(actor: Actor, path: str) -> Mark | None:
    """What the actor's roles say of a field, named as `contact.phone`."""
    kind, _, slug = path.partition(".")
    return cast("Mark | None", actor.grants.fields.get(kind, {}).get(slug))


def reads(actor: Actor, *paths: str) -> bool:
    """May the actor read each of these fields as it stands: neither hidden nor masked?"""
    return not actor.grants.fields or all(mark_of(actor, path) in (None, "readonly") for path in paths)


def barred(actor: Actor, kind: str) -> frozenset[str]:
    """Slugs and columns of a record type that the actor may not read as they stand, trees of texts among them."""
    marks = actor.grants.fields.get(kind)
    if not marks:
        return frozenset()
    by_slug = shaped(actor, kind).known
    slugs = [slug for slug, mark in marks.items() if mark in ("hidden", "masked")]
    fields = [by_slug[slug] for slug in slugs if slug in by_slug]
    return frozenset([*slugs, *(name for each in fields for name in (*each.columns, each.blocks))])


def concealed(actor: Actor, kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """The row (by slug or column) as the actor may read it: a blank of the same kind where he may not read,
    and no more than the ends of a number that is masked."""
    kept = barred(actor, kind)
    if not kept:
        return row
    return {name: told(actor, f"{kind}.{name}", value) if name in kept else value for name, value in row.items()}


def told(actor: Actor, path: str, value: Any) -> Any:
    """One value of a field (or column) as the actor may read it."""
    if not actor.grants.fields:
        return value
    kind, _, name = path.partition(".")
    if name not in barred(actor, kind):
        return value
    field = shaped(actor, kind).by_slug.get(name)
    if field is not None and field.type == "phone" and isinstance(value, str):
        return mask(value, mark_of(actor, path))
    return _BLANK.get(type(value), lambda: None)()


def told_channel(actor: Actor, text: str) -> str:
    """The phone, WeChat or e-mail that stands on a customer's row: as strict as its strictest kind."""
    if not actor.grants.fields:
        return text
    kinds = CHANNELS[2:] if "@" in text else CHANNELS[:2]
    marks = {mark_of(actor, path) for path in kinds}
    return mask(text, "hidden" if "hidden" in marks else "masked" if "masked" in marks else None)


def demand_order(actor: Actor, kind: str, order: Order) -> None:
    """Refuse an order by a field that the actor may not read: the order alone would tell of it (A5)."""
    closed = barred(actor, kind).intersection(order.fields)
    if closed:
        field = next(each for each in shaped(actor, kind).fields if closed.intersection((each.slug, *each.columns)))
        raise Invalid(
            f"“{field.zh}”你不能看，不能按它排序",
            f"You may not read {field.en}, so you cannot sort by it",
            field="sort",
        )


def covered(field: Field, line: str) -> str:
    """A line of a field that is masked for the reader."""
    return mask(line, "masked") if field.type == "phone" else COVERED


def mask(number: str, mark: str | None) -> str:
    """A phone under a mark: nothing when hidden, its ends when masked."""
    if mark == "hidden":
        return ""
    if mark != "masked" or not number:
        return number
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 10 else "****"
