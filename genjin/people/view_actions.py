"""Verbs on saved views and the order of their tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from genjin.access.models import Role
from genjin.door.action import action
from genjin.door.change import Change
from genjin.lib.errors import Conflict, Forbidden, NotFound
from genjin.people.models import SavedView, TabOrder
from genjin.people.queries import who
from genjin.people.view_queries import demand_roles, is_tab, may_change, visible_views
from genjin.people.view_rules import MOST_VIEWS, check_view, listed, names_of

Reply = dict[str, Any]


@action("view.create", "存视图", "save a view")
def create_view(change: Change, *, record_type: str, values: Mapping[str, Any]) -> Reply:
    """A view of one's own, which nobody else sees until it is shared."""
    kind, lists = listed(change.actor, record_type)
    check_view(change.actor, kind, lists, values)
    mine = SavedView.objects.filter(owner_id=who(change.actor), record_type=record_type)
    if mine.count() >= MOST_VIEWS:
        raise Conflict(
            f"你已经有 {MOST_VIEWS} 个视图，先删掉一个", f"You have {MOST_VIEWS} views; remove one first", code="full"
        )
    view = SavedView(
        org_id=change.actor.org_id,
        owner_id=who(change.actor),
        record_type=record_type,
        names=names_of(kind, values),
        created_at=change.now,
        updated_at=change.now,
        **values,
    )
    _unique(view.name, view.save)
    change.record("view.created", view, after={"name": view.name, "record_type": record_type, "filter": view.filter})
    return {"id": view.pk, "version": view.version}


def _unique(name: str, write: Any) -> None:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        raise Conflict(
            f"你已经有一个叫“{name}”的视图", f"You have a view called “{name}” already", field="name", code="duplicate"
        ) from None


def _own(change: Change, view_id: int) -> SavedView:
    """The view, locked; `NotFound` when it is not one's to open, `Forbidden` when it is another's."""
    found = SavedView.objects.select_for_update(of=("self",)).filter(org_id=change.actor.org_id, pk=view_id).first()
    if found is None or not (is_tab(change.actor, found) or may_change(change.actor, found)):
        raise NotFound()
    if not may_change(change.actor, found):
        raise Forbidden(
            f"“{found.name}”是{found.owner.name}的视图，另存一份再改",
            f"“{found.name}” belongs to {found.owner.name}; save a copy and change that",
        )
    return found


@action("view.update", "修改视图", "change a view")
def update_view(change: Change, view_id: int, *, version: int, values: Mapping[str, Any]) -> Reply:
    """Change the parts named. What a view had lost is gone from it with the first change of that part."""
    view = _own(change, view_id)
    change.expect(view, version, list(values))  # type: ignore[arg-type]
    kind, lists = listed(change.actor, view.record_type)
    check_view(change.actor, kind, lists, values)
    whole = {"filter": view.filter, "columns": view.columns, **values}
    names = {**view.names, **names_of(kind, values)}
    kept = {slug: names[slug] for slug in names_of(kind, whole) if slug in names}
    changed: dict[str, tuple[Any, Any]] = {}
    new = {**values, "names": kept}
    _unique(str(values.get("name", view.name)), lambda: changed.update(change.save(view, new)))  # type: ignore[arg-type]
    shown = {name: pair for name, pair in changed.items() if name != "names"}
    if shown:
        change.record(
            "view.updated",
            view,
            before={name: pair[0] for name, pair in shown.items()},
            after={name: pair[1] for name, pair in shown.items()},
        )
    return {"id": view.pk, "version": view.version}


@action("view.share", "共享视图", "share a view")
def share_view(change: Change, view_id: int, *, version: int, shared: str, roles: Sequence[str] = ()) -> Reply:
    """Make a view the tab of everybody, of some roles, or of its owner alone again."""
    view = _own(change, view_id)
    change.expect(view, version, ["shared", "roles"])  # type: ignore[arg-type]
    wanted = sorted(set(roles)) if shared == "roles" else []
    if shared == "roles":
        demand_roles(change.actor, wanted)
    before = {"shared": view.shared, "roles": view.roles}
    if change.save(view, {"shared": shared, "roles": wanted}):  # type: ignore[arg-type]
        change.record("view.shared", view, before=before, after={"shared": shared, "roles": wanted})
    return {"id": view.pk, "version": view.version}


@action("view.remove", "删除视图", "remove a view")
def remove_view(change: Change, view_id: int) -> Reply:
    """Gone for everybody who had it as a tab; no row of the list is touched."""
    view = _own(change, view_id)
    told = {"name": view.name, "record_type": view.record_type, "filter": view.filter, "shared": view.shared}
    change.record("view.removed", view, before=told)
    view.delete()
    return {"id": view_id}


@action("view.reorder", "排列视图", "arrange the tabs")
def reorder_tabs(change: Change, *, record_type: str, keys: Sequence[str], role: str | None = None) -> Reply:
    """One's own order of tabs; with `role` the order for whoever holds it and has none of his own. The first tab
    is the one the list opens with. No keys: back to the order of the role."""
    listed(change.actor, record_type)
    wanted = list(dict.fromkeys(keys))
    if role is None:
        _keep_order(change, record_type, wanted, member_id=who(change.actor), role="")
        return {"keys": wanted}
    demand_roles(change.actor, [role])
    before = _keep_order(change, record_type, wanted, member_id=None, role=role)
    if before != wanted:
        names = _named(change, record_type, [*before, *wanted])
        old, new = ([names[key] for key in each if key in names] for each in (before, wanted))
        subject = Role.objects.get(org_id=change.actor.org_id, key=role)
        change.record("role.arranged", subject, before={"tabs": old}, after={"tabs": new, "over": record_type})
    return {"keys": wanted}


def _keep_order(change: Change, record_type: str, keys: list[str], **whose: Any) -> list[str]:
    """Write the order, or remove it where it is empty; the keys as they stood before."""
    place = {"org_id": change.actor.org_id, "record_type": record_type, **whose}
    rows = TabOrder.objects.filter(**place)
    before: list[str] = next(iter(rows.select_for_update().values_list("keys", flat=True)), [])
    if keys:
        TabOrder.objects.update_or_create(**place, defaults={"keys": keys})
    else:
        rows.delete()
    return before


def _named(change: Change, record_type: str, keys: Sequence[str]) -> dict[str, Any]:
    """Tabs as the log keeps them: a ready-made one as `customer.mine`, a saved view by its name, which may change."""
    _, lists = listed(change.actor, record_type)
    saved = {str(view.pk): {"name": view.name} for view in visible_views(change.actor, record_type)}
    return {key: f"{record_type}.{key}" if key in lists.bases else saved[key] for key in keys
            if key in lists.bases or key in saved}  # fmt: skip
