"""The one way to read customers' data: `visible(actor, Model)`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from genjin.access.actor import Actor
from genjin.access.guard import GuardedQuerySet
from genjin.schema.registry import RecordType, type_of
from genjin.schema.shapes import own_kinds

M = TypeVar("M", bound=models.Model)
Act = Literal["see", "change", "log"]


def visible(actor: Actor, model: type[M], *, act: Act = "see", deleted: bool = False) -> GuardedQuerySet[M]:
    """Rows of `model` that `actor` may see (or change).

    `deleted=True` gives the recycle bin instead of the living rows. An actor without a scope for
    the record type gets no row, whatever else goes wrong (fails closed).
    """
    rows: GuardedQuerySet[M] = GuardedQuerySet(model).scoped(f"visible to {actor.kind} {actor.member_id}")
    return rows.filter(scope_of(actor, model, act=act, deleted=deleted))


def scope_of(actor: Actor, model: type[models.Model], *, act: Act = "see", deleted: bool = False, of: str = "") -> Q:
    """The condition behind `visible`; `access.reading` compiles it, nobody else needs it. `of`: rows of this own type
    of the team alone."""
    own = Q(org_id=actor.org_id, deleted_at__isnull=not deleted)
    kind = type_of(model)
    condition = _of_each(actor, kind, act, of) if kind.template else _condition(actor, kind, act)
    return own if condition is None else own & condition


def visible_by_key(actor: Actor, model: type[M]) -> GuardedQuerySet[M]:
    """`visible` for rows below a parent; for whoever sees every parent without reading them: only those that were
    deleted, few beside the others, are looked up."""
    kind = type_of(model)
    via, parent = kind.scope.via, _parent_model(kind)
    if via is None or _own_condition(actor, type_of(parent), "see") is not None:
        return visible(actor, model)
    bin_: GuardedQuerySet[Any] = GuardedQuerySet(parent).scoped("the bin of whoever sees all")
    gone = bin_.filter(pk=OuterRef(f"{via}_id"), org_id=actor.org_id, deleted_at__isnull=False)
    rows: GuardedQuerySet[M] = GuardedQuerySet(model).scoped(f"visible to {actor.kind} {actor.member_id}")
    return rows.filter(~Exists(gone), org_id=actor.org_id, deleted_at__isnull=True)


def parent_seen(actor: Actor, model: type[models.Model]) -> Q:
    """Rows whose parent lies in the actor's scope itself: what is told of the parent may be told beside these. Others
    are visible to him because they are his own."""
    kind = type_of(model)
    via = kind.scope.via
    assert via is not None, model
    inner = _own_condition(actor, type_of(_parent_model(kind)), "see", prefix=via + "__")
    living = Q(**{f"{via}__isnull": False, f"{via}__deleted_at__isnull": True})
    return living if inner is None else living & inner


def holds(actor: Actor, row: models.Model, act: Act = "see") -> bool:
    """Does a row of this actor's organisation lie in his scope? The same answer as `visible`, without
    a statement unless only a collaborator's share can decide (property test against `visible`)."""
    if getattr(row, "org_id", None) != actor.org_id or getattr(row, "deleted_at", None) is not None:
        return False
    kind = type_of(type(row))
    owner = getattr(row, kind.scope.owner) if kind.scope.owner else None
    department = getattr(row, kind.scope.department) if kind.scope.department else None
    of = getattr(row, kind.by) if kind.template else ""
    return reaches(actor, type(row), row.pk, owner=owner, department=department, act=act, of=of)


def reaches(
    actor: Actor,
    model: type[models.Model],
    pk: int,
    *,
    owner: int | None,
    department: int | None,
    act: Act = "see",
    of: str = "",
) -> bool:
    """`holds` for a living row of the actor's organisation of which only these columns were read; `of`: its own type,
    where it has one."""
    kind = type_of(model)
    if kind.template:
        found = own_kinds(actor).get(of)
        if found is None:
            return False
        kind = found
    held = actor.grants.scope(kind.slug, act)
    if "all" in held:
        return True
    if "self" in held and actor.member_id is not None and owner == actor.member_id:
        return True
    if department in _departments(actor, held):
        return True
    if "collaborator" in held and kind.scope.shared is not None:
        return pk in actor.once(f"shared {kind.slug}", kind.scope.shared)
    return False


def under(model: type[M], parent: models.Model) -> GuardedQuerySet[M]:
    """The living rows below a row that the caller has just found visible; their scope is the parent's."""
    return GuardedQuerySet(model).scoped("under a visible row").filter(scope_under(model, parent))


def scope_under(model: type[models.Model], parent: models.Model) -> Q:
    """The condition behind `under`."""
    via = type_of(model).scope.via
    assert via is not None, model
    return Q(**{f"{via}_id": parent.pk, "org_id": parent.org_id}, deleted_at__isnull=True)  # type: ignore[attr-defined]


def under_all(actor: Actor, model: type[M], parent_ids: Sequence[int]) -> GuardedQuerySet[M]:
    """The living rows below many rows that the caller has just read as visible to `actor`."""
    kind = type_of(model)
    assert kind.scope.via is not None, model
    rows: GuardedQuerySet[M] = GuardedQuerySet(model).scoped("under visible rows")
    return rows.filter(
        **{f"{kind.scope.via}_id__in": list(parent_ids), "org_id": actor.org_id}, deleted_at__isnull=True
    )


def _condition(actor: Actor, kind: RecordType, act: Act) -> Q | None:
    """None = every row of the organisation."""
    scope = kind.scope
    if scope.via is None:
        return _own_condition(actor, kind, act)
    parent = type_of(_parent_model(kind))
    inner = _own_condition(actor, parent, act, prefix=scope.via + "__")
    if inner is None:
        # The parent of a visible row must live too.
        return Q(**{f"{scope.via}__deleted_at__isnull": True}) | Q(**{f"{scope.via}__isnull": True})
    living = Q(**{f"{scope.via}__deleted_at__isnull": True})
    condition = inner & living
    for column in scope.mine:
        if actor.member_id is not None:
            condition |= Q(**{column: actor.member_id}) & (living | Q(**{f"{scope.via}__isnull": True}))
    for column in scope.ours:
        if actor.department_id is not None:
            condition |= Q(**{column: actor.department_id}) & (living | Q(**{f"{scope.via}__isnull": True}))
    return condition


def _of_each(actor: Actor, kind: RecordType, act: Act, of: str) -> Q:
    """Of a table that holds several types of a team, the union of what the roles say of each; of one that the team
    has put away nothing."""
    kinds = own_kinds(actor)
    together: dict[frozenset[str], list[str]] = {}
    for slug in (each for each in ([of] if of else kinds) if each in kinds):
        if held := actor.grants.scope(slug, act):
            together.setdefault(held, []).append(slug)
    condition = Q(pk__in=[])
    for slugs in together.values():
        own = Q(**({kind.by: of} if of else {f"{kind.by}__among": slugs}))
        inner = _own_condition(actor, kinds[slugs[0]], act)
        condition |= own if inner is None else own & inner
    return condition


def _parent_model(kind: RecordType) -> type[models.Model]:
    assert kind.scope.via is not None
    relation = kind.model._meta.get_field(kind.scope.via)
    related: type[models.Model] = relation.related_model  # type: ignore[assignment]
    return related


def _own_condition(actor: Actor, kind: RecordType, act: Act, prefix: str = "") -> Q | None:
    held = actor.grants.scope(kind.slug, act)
    if "all" in held:
        return None
    scope = kind.scope
    condition = Q(pk__in=[])
    if "self" in held and actor.member_id is not None and scope.owner:
        condition = Q(**{prefix + scope.owner: actor.member_id})
    departments = _departments(actor, held)
    if departments and scope.department:
        condition |= Q(**{prefix + scope.department + "__among": sorted(departments)})
    if "collaborator" in held and scope.shared is not None:
        shared = actor.once(f"shared {kind.slug}", scope.shared)
        if shared:
            condition |= Q(**{prefix + "pk__among": list(shared)})
    return condition


def _departments(actor: Actor, held: frozenset[str]) -> frozenset[int]:
    if "subtree" in held:
        return actor.grants.subtree
    if "department" in held:
        return actor.grants.departments
    return frozenset()
