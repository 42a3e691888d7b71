"""Reading saved views: which are mine to open, in which order they stand, and what still stands of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.models import Role
from genjin.lib.errors import Forbidden, Invalid, NotFound
from genjin.people.models import SavedView, TabOrder
from genjin.people.view_rules import left_of, left_out, listed

#: The parts of a view that may be gone since it was kept.
_PARTS = ("base", "filter", "sort", "columns", "board_by")


def is_mine(actor: Actor, view: SavedView) -> bool:
    return view.owner_id == actor.own_id


def is_tab(actor: Actor, view: SavedView) -> bool:
    """Does it stand over the actor's list: his own, or shared with all or with one of his roles?"""
    shared = view.shared == "all" or (view.shared == "roles" and not set(view.roles).isdisjoint(actor.grants.roles))
    return shared or is_mine(actor, view)


def may_change(actor: Actor, view: SavedView) -> bool:
    """Its owner; and whoever may share views, for those that are shared."""
    return is_mine(actor, view) or (view.shared != "nobody" and actor.may("view.share"))


def visible_views(actor: Actor, record_type: str) -> list[SavedView]:
    """The views that the actor may open or change, oldest first; one statement."""
    rows = SavedView.objects.filter(org_id=actor.org_id, record_type=record_type)
    reachable = rows.filter(Q(owner_id=actor.own_id) | ~Q(shared="nobody")).select_related("owner").order_by("id")
    return [each for each in reachable if is_tab(actor, each) or may_change(actor, each)]


def one_view(actor: Actor, view_id: int, record_type: str | None = None) -> SavedView:
    """A view that the actor may open or change; `NotFound` for any other."""
    found = SavedView.objects.filter(org_id=actor.org_id, pk=view_id).select_related("owner").first()
    if found is None or not (is_tab(actor, found) or may_change(actor, found)):
        raise NotFound()
    if record_type is not None and found.record_type != record_type:
        raise NotFound()
    return found


def shape(actor: Actor, view: SavedView) -> dict[str, Any]:
    """A view as the client opens it, without what is gone (`left_out` says what)."""
    kind, lists = listed(actor, view.record_type)
    left = left_of(actor, kind, lists, {name: getattr(view, name) for name in _PARTS})
    return {
        "id": view.pk,
        "version": view.version,
        "record_type": view.record_type,
        "name": view.name,
        "base": left.base,
        "filter": left.filter,
        "sort": left.sort,
        "columns": left.columns,
        "density": view.density,
        "layout": view.layout,
        "board_by": left.board_by,
        "shared": view.shared,
        "roles": view.roles,
        "owner": {"id": view.owner_id, "name": view.owner.name},
        "tab": is_tab(actor, view),
        "can": {"change": may_change(actor, view), "share": may_change(actor, view) and actor.may("view.share")},
        "left_out": left_out(kind, left.lost, view.names),
    }


def views_of(actor: Actor, record_type: str) -> dict[str, Any]:
    """The saved views of a list and the order of its tabs; two statements."""
    listed(actor, record_type)
    items = [shape(actor, each) for each in visible_views(actor, record_type)]
    return {"items": items, "order": order_of(actor, record_type)}


def order_of(actor: Actor, record_type: str) -> list[str]:
    """The order of the tabs: the member's own, else that of the first of his roles that has one, else none."""
    return _orders(actor, Q(record_type=record_type)).get(record_type, [])


def role_tabs(actor: Actor, record_type: str, role: str) -> dict[str, Any]:
    """The views that the actor may give a role, and the order of its tabs; `Forbidden` for whoever may not share."""
    listed(actor, record_type)
    demand_roles(actor, [role])
    rows = TabOrder.objects.filter(org_id=actor.org_id, record_type=record_type, member__isnull=True, role=role)
    shaped = [shape(actor, each) for each in visible_views(actor, record_type)]
    return {
        "items": [each for each in shaped if each["can"]["share"]],
        "keys": next(iter(rows.values_list("keys", flat=True)), []),
    }


def demand_roles(actor: Actor, keys: Sequence[str]) -> None:
    """Only who may share views does so for others, and only for roles that there are."""
    if not actor.may("view.share"):
        raise Forbidden("你不能替别人排视图，找管理员", "You may not arrange the tabs of others")
    known = set(Role.objects.filter(org_id=actor.org_id, key__in=keys).values_list("key", flat=True))
    missing = next((key for key in keys if key not in known), None)
    if missing is not None or not keys:
        raise Invalid(
            f"没有“{missing}”这个角色" if missing else "选好给哪些角色看",
            f"There is no role “{missing}”" if missing else "Say with which roles",
            field="roles",
        )


def first_tabs(actor: Actor) -> dict[str, str]:
    """The view each list opens with, where tabs were arranged at all (part of the session)."""
    return {kind: keys[0] for kind, keys in _orders(actor, Q()).items() if keys}


def _orders(actor: Actor, where: Q) -> dict[str, list[str]]:
    own = Q(member_id=actor.own_id) if actor.own_id is not None else Q(pk__in=[])
    whose = own | Q(member__isnull=True, role__in=actor.grants.roles)
    rows = TabOrder.objects.filter(where, whose, org_id=actor.org_id).values_list("record_type", "role", "keys")
    place = {role: at for at, role in enumerate(["", *actor.grants.roles])}
    return {kind: list(keys) for kind, _, keys in sorted(rows, key=lambda row: place[row[1]], reverse=True)}


def ordered(keys: Sequence[str], order: Sequence[str]) -> list[str]:
    """`keys` in the order wished for; those it does not name come after, as they stood."""
    place = {key: at for at, key in enumerate(order)}
    return sorted(keys, key=lambda key: place.get(key, len(place)))
