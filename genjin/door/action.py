"""The door: every write is a verb under one of these decorators.

May this actor do this to this row → transaction → lock → verb → reactions → events → commit.
Verbs return a small JSON-able dict (`Reply`), so that a repeated call can be answered again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import OperationalError, connection, models, transaction

from genjin.access.actor import Actor
from genjin.access.reading import read_one
from genjin.access.visible import Act, visible
from genjin.door.change import Change, write_events
from genjin.door.reactions import react
from genjin.door.replies import Reply, claim, keep
from genjin.lib import moment
from genjin.lib.errors import Forbidden, NotFound
from genjin.schema.registry import type_of

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)

_OPEN: ContextVar[str | None] = ContextVar("open_verb", default=None)
_DEADLOCKS = {"40P01", "40001"}
_MOST_TRIES = 4


@dataclass(frozen=True, slots=True)
class Verb:
    """What the door knows of a verb; roles, tokens and the permission table list these."""

    name: str
    zh: str
    en: str
    on: str | None = None
    act: Act = "change"
    deleted: bool = False


VERBS: dict[str, Verb] = {}


def right(name: str, zh: str, en: str) -> str:
    """A right that roles can name although no verb needs it: to read what is no customer's row."""
    VERBS[name] = Verb(name, zh, en)
    return name


def demand(actor: Actor, name: str) -> None:
    """Refuse whoever may not do the verb; also asked by lists and previews that serve it."""
    if not actor.may(name):
        verb = VERBS[name]
        raise Forbidden(f"你没有“{verb.zh}”的权限，找管理员开通", f"You have no right to {verb.en}")


def action(
    name: str, zh: str, en: str
) -> Callable[[Callable[Concatenate[Change, P], Reply]], Callable[Concatenate[Actor, P], Reply]]:
    """A verb on no particular row: `fn(change, …)`, called as `fn(actor, …)`."""
    VERBS[name] = verb = Verb(name, zh, en)

    def decorate(fn: Callable[Concatenate[Change, P], Reply]) -> Callable[Concatenate[Actor, P], Reply]:
        @functools.wraps(fn)
        def call(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> Reply:
            return _pass(verb, actor, (args, kwargs), lambda change: fn(change, *args, **kwargs))

        return call  # type: ignore[return-value]

    return decorate


def action_on(
    model: type[M], name: str, zh: str, en: str, *, act: Act = "change", deleted: bool = False
) -> Callable[[Callable[Concatenate[Change, M, P], Reply]], Callable[Concatenate[Actor, int, P], Reply]]:
    """A verb on one row: `fn(change, row, …)`, called as `fn(actor, row_id, …)`. `act` names the
    scope that the row must lie in (change, log, …)."""
    VERBS[name] = verb = Verb(name, zh, en, model.__name__, act, deleted)

    def decorate(
        fn: Callable[Concatenate[Change, M, P], Reply],
    ) -> Callable[Concatenate[Actor, int, P], Reply]:
        @functools.wraps(fn)
        def call(actor: Actor, row_id: int, *args: P.args, **kwargs: P.kwargs) -> Reply:
            def run(change: Change) -> Reply:
                (row,) = lock_rows(verb, actor, model, [row_id])
                return fn(change, row, *args, **kwargs)

            return _pass(verb, actor, (row_id, args, kwargs), run)

        return call  # type: ignore[return-value]

    return decorate


def action_on_many(
    model: type[M], name: str, zh: str, en: str, *, act: Act = "change", deleted: bool = False
) -> Callable[
    [Callable[Concatenate[Change, list[M], P], Reply]],
    Callable[Concatenate[Actor, Sequence[int], P], Reply],
]:
    """A bulk verb: scope checked once for all ids, one event a row; all or nothing."""
    VERBS[name] = verb = Verb(name, zh, en, model.__name__, act, deleted)

    def decorate(
        fn: Callable[Concatenate[Change, list[M], P], Reply],
    ) -> Callable[Concatenate[Actor, Sequence[int], P], Reply]:
        @functools.wraps(fn)
        def call(actor: Actor, ids: Sequence[int], *args: P.args, **kwargs: P.kwargs) -> Reply:
            def run(change: Change) -> Reply:
                return fn(change, lock_rows(verb, actor, model, ids), *args, **kwargs)

            return _pass(verb, actor, (list(ids), args, kwargs), run)

        return call  # type: ignore[return-value]

    return decorate


def lock_rows(verb: Verb, actor: Actor, model: type[M], ids: Sequence[int]) -> list[M]:
    """Lock rows in id order; 404 for what is not visible, 403 for what may only be seen."""
    wanted = sorted(set(ids))
    deleted = verb.deleted
    if len(wanted) == 1 and type_of(model).scope.via is None and not deleted:
        # One row of its own scope: the lock itself fetches it, and the scope is settled in memory.
        found_one = read_one(actor, model, wanted[0], act=verb.act, lock=True)
        if found_one is not None:
            return [found_one[0]]
    rows = visible(actor, model, act=verb.act, deleted=deleted)
    found = list(rows.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",)))
    if len(found) == len(wanted):
        return found
    missing = set(wanted) - {row.pk for row in found}
    seen = visible(actor, model, deleted=deleted).filter(pk__in=missing).values_list("pk", flat=True)
    if set(seen) != missing:
        raise NotFound()
    label = type_of(model)
    raise Forbidden(
        f"你能看这{_measure(label.slug)}{label.zh}，但不能{verb.zh}",
        f"You may see this {label.en}, but not {verb.en}",
        extra={"ids": sorted(missing)},
    )


def _measure(slug: str) -> str:
    return "家" if slug == "customer" else "条"


def _pass(verb: Verb, actor: Actor, arguments: Any, run: Callable[[Change], Reply]) -> Reply:
    actor.demand_own_eyes()
    demand(actor, verb.name)
    if _OPEN.get() is not None:
        raise RuntimeError(f"verb {verb.name} called inside verb {_OPEN.get()}: share a step instead")
    token = _OPEN.set(verb.name)
    try:
        for attempt in range(_MOST_TRIES):
            try:
                return _once(verb, actor, arguments, run)
            except OperationalError as error:
                if not _worth_a_retry(error) or attempt == _MOST_TRIES - 1:
                    raise
        raise AssertionError("unreachable")
    finally:
        _OPEN.reset(token)


def _once(verb: Verb, actor: Actor, arguments: Any, run: Callable[[Change], Reply]) -> Reply:
    with transaction.atomic():
        change = Change(actor, verb.name, moment.now())
        kept, reply = claim(change, arguments)
        if reply is not None:
            return reply
        reply = run(change)
        events = change.events
        events = events + react(change, events)
        for check in change.closing:
            check()
        if events:
            write_events(change, events)
        keep(kept, reply)
        return reply


def _worth_a_retry(error: OperationalError) -> bool:
    """A deadlock or serialisation failure of PostgreSQL, outside any outer transaction."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _DEADLOCKS and not connection.in_atomic_block
