"""What an event changed, in words, for one reader of the audit list: fields he may not read are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import barred, reads
from genjin.access.models import Role
from genjin.agenda.queries import AGENDAS
from genjin.customers.queries import CUSTOMERS
from genjin.desk.versions import Differing, Names, differing, names_of, words
from genjin.followups.queries import FOLLOWUPS
from genjin.history.versions import holding
from genjin.orgs.models import Department, Membership
from genjin.people.queries import verb_words
from genjin.schema.registry import record_types
from genjin.schema.shapes import shaped, shaped_types

Said = dict[str, str]
#: Payloads of what is configured: column → label. What is not named here is not shown.
_CONFIGURED: dict[str, tuple[str, str]] = {
    "name": ("名称", "Name"),
    "zh": ("中文名", "Chinese name"),
    "en": ("英文名", "English name"),
    "copy_of": ("复制自", "Copied from"),
    "role": ("角色", "Role"),
    "roles": ("角色", "Roles"),
    "active": ("在职", "Active"),
    "department_id": ("部门", "Department"),
    "parent_id": ("上级部门", "Parent department"),
    "head_id": ("部门负责人", "Head"),
    "member_id": ("成员", "Member"),
    "sessions": ("结束的登录", "Sessions ended"),
    "verbs": ("能做的事", "May do"),
    "timezone": ("时区", "Time zone"),
    "opening_time": ("上班时间", "Opening time"),
    "closing_time": ("下班时间", "Closing time"),
    "rows": ("行数", "Rows"),
    "format": ("格式", "Format"),
    "list": ("选项列表", "Option list"),
    "number": ("版本", "Version"),
    "took": ("取自版本", "Taken from version"),
    "over": ("列表", "List"),
    "tabs": ("标签页的顺序", "Order of tabs"),
}
_POINTERS = {"department_id": "department", "parent_id": "department", "head_id": "member", "member_id": "member"}
#: Kinds whose rows are no customer's data.
CONFIGURATION = frozenset(
    {
        "member",
        "department",
        "organisation",
        "token",
        "link",
        "role",
        "view",
        "robot",
        "automation",
        "template",
        "import",
        "export",
        "design",
        "standard",
    }
)
_READY = {"customer": CUSTOMERS, "followup": FOLLOWUPS, "agenda": AGENDAS}
_ROW = SimpleNamespace(currency="CNY", precision="minute", contacted_by=None, department=None)


@dataclass(frozen=True)
class Told:
    """One event as it was read: name, subject and payload; `of`: the own type of a row that is of one."""

    name: str
    kind: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    of: str = ""


class Words:
    """The words of one page of events; its names are loaded once, one statement a kind of target."""

    def __init__(self, actor: Actor, page: Sequence[Told]) -> None:
        self._actor = actor
        self._moved = [_moved(actor, each) for each in page]
        self._names: Names = names_of(actor, [pair for found in self._moved for pair in found])
        wanted = {kind: _ids(page, kind) for kind in ("member", "department")}
        self._people = _named(Membership, actor, wanted["member"])
        self._departments = _named(Department, actor, wanted["department"])
        asked = any({"role", "roles"} & {*each.before, *each.after} for each in page)
        rows = Role.objects.filter(org_id=actor.org_id).values_list("key", "zh", "en") if asked else []
        self._roles = {key: (zh, en) for key, zh, en in rows}
        self._page = page

    def of(self, place: int) -> list[dict[str, Any]]:
        """[{"label", "old", "new"}] of the event at that place of the page."""
        told = self._page[place]
        if told.kind in CONFIGURATION:
            return self._configured(told)
        return [
            {"label": _both(field.zh, field.en), "old": self._words(field, old), "new": self._words(field, new)}
            for field, old, new in self._moved[place]
        ]

    def _words(self, field: Any, value: Any) -> Said:
        try:
            return words(field, value, self._names, _ROW)
        except (TypeError, ValueError, KeyError, AttributeError):
            # The log outlives the types of fields: what was written by an older one is shown as it stands.
            return _both(str(value), str(value))

    def _item(self, column: str, value: Any) -> tuple[str, str]:
        """One of the values of a column of what is configured."""
        if column == "tabs":
            return _tab(value)
        if column == "over":
            kind = shaped_types(self._actor).get(str(value))
            return (kind.zh, kind.en) if kind else (str(value), str(value))
        return self._roles.get(str(value), (str(value),) * 2) if "role" in column else verb_words(str(value))

    def _configured(self, told: Told) -> list[dict[str, Any]]:
        said = told.after.get("said")
        if isinstance(said, dict):
            shown = _both(str(said.get("zh", "")), str(said.get("en", "")))
            label = ("对谁有什么变化", "What changes for whom") if told.kind == "role" else ("改了什么", "What changed")
            found = [{"label": _both(*label), "old": _both("", ""), "new": shown}]
        else:
            found = []
        for column, label in _CONFIGURED.items():
            old, new = told.before.get(column), told.after.get(column)
            if old != new and not (said and column == "verbs"):
                found.append({"label": _both(*label), "old": self._plain(column, old), "new": self._plain(column, new)})
        return found

    def _plain(self, column: str, value: Any) -> Said:
        if value is None or value == "":
            return _both("", "")
        if isinstance(value, bool):
            return _both("是" if value else "否", "yes" if value else "no")
        if column in _POINTERS:
            known = self._people if _POINTERS[column] == "member" else self._departments
            return _both(known.get(value, "—"), known.get(value, "—"))
        items = value if isinstance(value, list) else [value]
        pairs = [self._item(column, each) for each in items]
        return _both("、".join(zh for zh, _ in pairs), ", ".join(en for _, en in pairs))


def _tab(value: Any) -> tuple[str, str]:
    """A tab as `view_actions` keeps it: a saved view by its name, a ready-made one as list and key."""
    if isinstance(value, dict):
        return str(value.get("name", "")), str(value.get("name", ""))
    slug, _, key = str(value).partition(".")
    return _READY[slug].labels.get(key, (key, key)) if slug in _READY else (key, key)


def _moved(actor: Actor, told: Told) -> Differing:
    if told.kind not in record_types() or told.kind in CONFIGURATION:
        return []
    kind = shaped(actor, told.of or told.kind)
    kept = barred(actor, kind.slug)
    if not reads(actor, "followup.summary", "followup.feedback"):
        # Quotations are lifted from these texts.
        kept |= {"quotes"}
    fields = [each for each in kind.fields if not {each.slug, *holding(each)} & kept]
    columns = {*told.before, *told.after}
    return differing(fields, {each: (told.before.get(each), told.after.get(each)) for each in columns})


def _ids(page: Sequence[Told], kind: str) -> set[int]:
    columns = [column for column, points in _POINTERS.items() if points == kind]
    values = [side.get(column) for each in page for side in (each.before, each.after) for column in columns]
    return {value for value in values if isinstance(value, int) and not isinstance(value, bool)}


def _named(model: Any, actor: Actor, ids: set[int]) -> dict[int, str]:
    return dict(model.objects.filter(org_id=actor.org_id, pk__in=ids).values_list("id", "name")) if ids else {}


def _both(zh: str, en: str) -> Said:
    return {"zh": zh, "en": en}
