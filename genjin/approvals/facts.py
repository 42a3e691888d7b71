"""What a record says, in words of both languages: all that an approver is lent of it, and no more than his rights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import barred
from genjin.lib.blank import is_blank
from genjin.lib.money_words import yuan, yuan_range
from genjin.orgs.models import Department, Membership
from genjin.schema.own_words import own_words
from genjin.schema.queries import Options, label, options_of
from genjin.schema.registry import Field
from genjin.schema.shapes import shaped

Words = tuple[str, str]
MOST = 14
#: Links are rows of their own, which an approval does not lend; times are no facts of the matter.
_LEFT_OUT = frozenset({"customer", "contact", "link", "attachment", "picture", "lookup"})
_NOT_TOLD = frozenset({"name", "last_contact_at", "next_due_at", "created_at", "updated_at", "state_at", "number"})


def facts_of(actor: Actor, slug: str, row: Any) -> list[dict[str, Any]]:
    """The filled-in fields of a record that stand on its list, and the team's own: {"slug", "zh", "en", "value"}."""
    kind, kept = shaped(actor, slug), barred(actor, slug)
    options = options_of(actor.org_id, actor.config_version)
    fields = [
        each for each in kind.fields
        if (each.list or each.stored) and each.kept and each.slug not in _NOT_TOLD and each.slug not in kept
        and each.like not in _LEFT_OUT and all(hasattr(row, column) for column in each.columns)
    ]  # fmt: skip
    names = _names(fields, row)
    found = []
    for each in fields:
        value = _value(each, row)
        if not is_blank(value):
            zh, en = _words(actor, each, value, options, names)
            found.append({"slug": each.slug, "zh": each.zh, "en": each.en, "value": {"zh": zh, "en": en}})
    return found[:MOST]


def name_of(actor: Actor, slug: str, row: Any) -> str:
    """A record as a person calls it, as far as he may read that."""
    name = shaped(actor, slug).restore.name
    return "" if name in barred(actor, slug) else str(getattr(row, name))


def _value(field: Field, row: Any) -> Any:
    cells = [getattr(row, column) for column in field.columns]
    if len(cells) == 1:
        return cells[0]
    return None if cells == [None, None] else {"low": cells[0], "high": cells[1]}


def _names(fields: list[Field], row: Any) -> Mapping[str, Mapping[int, str]]:
    """Of the people and departments that the record names; two statements."""
    found: dict[str, Mapping[int, str]] = {}
    models: dict[str, Any] = {"member": Membership, "department": Department}
    for name, model in models.items():
        ids = [pk for each in fields if each.type == name and isinstance(pk := getattr(row, each.columns[0]), int)]
        found[name] = dict(model.objects.filter(org_id=row.org_id, pk__in=ids).values_list("pk", "name"))
    return found


def _words(actor: Actor, field: Field, value: Any, options: Options, names: Mapping[str, Mapping[int, str]]) -> Words:
    if field.stored:
        return own_words(field, value, options, actor.zone, names.get(field.pointed, {}))
    match field.type:
        case "option":
            return label(options, field.options or "", value), label(options, field.options or "", value, "en")
        case "money":
            return yuan(value), yuan(value, "CNY", "en")
        case "money_range":
            return yuan_range(value["low"], value["high"]), yuan_range(value["low"], value["high"], "en")
        case "member" | "department":
            name = names[field.type].get(value, "—")
            return name, name
        case "bool":
            return ("是", "Yes") if value else ("否", "No")
        case _:
            return _plain(actor, value)


def _plain(actor: Actor, value: Any) -> Words:
    if isinstance(value, datetime):
        said = f"{value.astimezone(actor.zone):%Y-%m-%d %H:%M}"
    elif isinstance(value, date):
        said = value.isoformat()
    elif isinstance(value, list):
        return "、".join(map(str, value)), ", ".join(map(str, value))
    else:
        said = str(value)
    return said, said
