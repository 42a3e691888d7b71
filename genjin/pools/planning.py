"""The pools of a team: which takes a customer, who claims from it, and what is due to go back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q

from genjin.access.actor import Actor
from genjin.access.guard import GuardedQuerySet, unscoped
from genjin.agenda.ladder_checks import needs
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import LIVING, Customer
from genjin.customers.reaching import reach
from genjin.lib.filters import Expression, FilterError, Kind, comparisons, parse
from genjin.orgs.models import Department
from genjin.ownership.models import Receiver
from genjin.people.department_queries import holds_departments
from genjin.pools.models import Pool, PoolPlan
from genjin.pools.rules import ENDED, SINCE, Due, due_first
from genjin.schema.queries import Options, options_of
from genjin.schema.shapes import Whose, shaped
from genjin.schema.sql import filterable, to_q

#: A pool says of departments itself, and what lies in it is nobody's.
_NOT_ASKED = frozenset({"owner", "department"})
Wrong = tuple[str, str]


def fields_asked(whose: Whose) -> dict[str, Kind]:
    """Slug → kind of the fields a condition may name, the team's own among them."""
    return {slug: kind for slug, kind in filterable(shaped(whose, CUSTOMER)).items() if slug not in _NOT_ASKED}


def condition_of(raw: Any, whose: Whose, options: Options) -> tuple[Expression | None, Wrong | None]:
    """The condition, and what is wrong with it: an unknown field, an option that is none or retired."""
    if raw is None or raw == {}:
        return None, None
    try:
        found = parse(raw, fields_asked(whose))
    except FilterError as error:
        return None, (error.zh, error.en)
    by_slug = shaped(whose, CUSTOMER).by_slug
    for test in comparisons(found):
        field = by_slug[test.field]
        choices = options.get(field.options or "", {})
        for key in test.value if isinstance(test.value, tuple) else (test.value,):
            if test.kind is not Kind.OPTION or key is None:
                continue
            choice = choices.get(str(key))
            if choice is None or choice.retired:
                return found, (
                    f"“{field.zh}”没有“{choice.zh if choice else key}”这个选项，或者已停用",
                    f"“{choice.en if choice else key}” is no option of {field.en}, or is retired",
                )
    return found, None


@needs("pool", "还没有公海，先建一个", "there is no pool yet; make one first")
def has_pools(org_id: int) -> bool:
    return Pool.objects.filter(org_id=org_id, removed_at__isnull=True).exists()


def living_pools(org_id: int, *, lock: bool = False) -> list[Pool]:
    rows = Pool.objects.filter(org_id=org_id, removed_at__isnull=True).order_by("pk")
    return sorted(rows.select_for_update() if lock else rows, key=lambda each: each.position)


def held_by(org_id: int) -> GuardedQuerySet[Customer]:
    """Customers that count for the cap of whoever holds them: those won or lost do not."""
    return unscoped(Customer, "pool").filter(LIVING, org_id=org_id).exclude(life_cycle__in=ENDED)


def over_caps(org_id: int) -> list[tuple[int, int, int]]:
    """(member, his cap, how many he holds) of everybody who holds more than he may; three statements at most."""
    most = PoolPlan.objects.filter(org_id=org_id).values_list("most_held", flat=True).first()
    own = dict(Receiver.objects.filter(org_id=org_id, most_open__isnull=False).values_list("member_id", "most_open"))
    if most is None and not own:
        return []
    held = held_by(org_id).filter(owner__isnull=False).order_by().values_list("owner_id").annotate(n=Count("id"))
    caps = [(owner, own.get(owner, most), many) for owner, many in held.order_by("owner_id")]
    return [(owner, cap, many) for owner, cap, many in caps if cap is not None and many > cap]


class Places:
    """Departments with those below them, read once for all pools."""

    def __init__(self, org_id: int) -> None:
        rows = Department.objects.filter(org_id=org_id).values_list("pk", "name", "path")
        self.names = {pk: name for pk, name, _ in rows}
        self._chain = {pk: {int(each) for each in path.split("/") if each} | {pk} for pk, _, path in rows}

    def below(self, wanted: Collection[int]) -> list[int]:
        return sorted(pk for pk, chain in self._chain.items() if chain & set(wanted))


def pools_of(actor: Actor) -> list[Pool]:
    """Where the actor may look and claim: pools of the whole team, of his department and of those he leads."""
    pools = living_pools(actor.org_id)
    where = reach(actor)
    if where is None or not any(each.department_ids for each in pools):
        return pools
    places = Places(actor.org_id)
    mine = where | {actor.department_id}
    return [each for each in pools if not each.department_ids or mine & set(places.below(each.department_ids))]


class Takers:
    """Which pool takes which customers, the first of several; `actor` gives zone, fields and options."""

    def __init__(self, actor: Actor, pools: Sequence[Pool], now: datetime) -> None:
        self.actor, self.now = actor, now.astimezone(actor.zone)
        places = Places(actor.org_id)
        self._takes = [(pool, taken) for pool in pools if (taken := self._of(pool, places)) is not None]
        self.pools = {pool.pk: pool for pool, _ in self._takes}

    def _of(self, pool: Pool, places: Places) -> Q | None:
        """None for a pool whose condition names what is gone: it takes nobody rather than everybody."""
        options = options_of(self.actor.org_id, self.actor.config_version)
        found, wrong = condition_of(pool.condition, self.actor, options)
        if wrong is not None and found is None:
            return None
        where = Q() if found is None else to_q(found, shaped(self.actor, CUSTOMER), now=self.now, me=None)
        return where & Q(department_id__in=places.below(pool.department_ids)) if pool.department_ids else where

    def pool_of(self, customer_ids: Sequence[int]) -> dict[int, Pool]:
        """Customer → the pool that takes it; a statement a pool until all are placed."""
        found: dict[int, Pool] = {}
        for pool, taken in self._takes:
            left = [pk for pk in customer_ids if pk not in found]
            if left:
                rows = unscoped(Customer, "pool").filter(taken, LIVING, org_id=self.actor.org_id, pk__in=left)
                found |= dict.fromkeys(rows.values_list("pk", flat=True), pool)
        return found

    def due(self, ahead: int | None = None, *, among: Sequence[int] | None = None) -> Iterator[tuple[int, Due]]:
        """Customers that go back today or within the days of warning of their pool (or `ahead`), and when."""
        today, held = self.now.date(), Q(owner__isnull=False, paused=False, owned_at__isnull=False)
        before = Q()
        for pool, taken in self._takes:
            late = self._late(pool, today + timedelta(days=pool.warn_days if ahead is None else ahead))
            rows = unscoped(Customer, "pool").filter(LIVING, held, taken, late, org_id=self.actor.org_id)
            rows = rows.exclude(life_cycle__in=ENDED).exclude(before) if before else rows.exclude(life_cycle__in=ENDED)
            if among is not None:
                rows = rows.filter(pk__in=among)
            for pk, *times in rows.order_by("pk").values_list("pk", "owned_at", *SINCE.values()):
                found = due_first(pool.pk, allowed(pool), dict(zip(SINCE, times[1:], strict=True)), times[0],
                                  self.actor.zone)  # fmt: skip
                if found is not None:
                    yield pk, found
            before |= taken
            if not taken:
                break
        yield from self._over(among)

    def _over(self, among: Sequence[int] | None) -> Iterator[tuple[int, Due]]:
        """What somebody has above the cap, longest without contact first, where the pool that takes it says so; due at
        once, so that the days of warning are what is left."""
        if not any(pool.over_held for pool in self.pools.values()):
            return
        today = self.now.date()
        for owner_id, cap, many in over_caps(self.actor.org_id):
            rows = held_by(self.actor.org_id).filter(owner_id=owner_id, paused=False)
            longest = rows.order_by(F("active_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)
            chosen = [pk for pk in longest[: many - cap] if among is None or pk in among]
            for pk, pool in self.pool_of(chosen).items():
                if pool.over_held:
                    yield pk, Due(pool.pk, "cap", cap, today)

    def _late(self, pool: Pool, day: date) -> Q:
        """One of the pool's rules sends it back by the end of `day`; a rule counts from the owner's first day on."""
        late = Q(pk__in=[])
        for key, days in allowed(pool).items():
            if days is not None:
                end = datetime.combine(day - timedelta(days=days - 1), time(), self.actor.zone)
                late |= Q(owned_at__lt=end) & (Q(**{f"{SINCE[key]}__lt": end}) | Q(**{f"{SINCE[key]}__isnull": True}))
        return late


def allowed(pool: Pool) -> dict[str, int | None]:
    return {"contact": pool.days_contact, "progress": pool.days_progress, "unsigned": pool.days_unsigned}


@holds_departments
def pools_naming(department: Department) -> Wrong | None:
    """The pools that are a department's by name: it stays as long as they do."""
    names = [each.name for each in living_pools(department.org_id) if department.pk in each.department_ids]
    if not names:
        return None
    return f"{len(names)} 个公海（{'、'.join(names)}）给它用", f"{len(names)} pools are its own ({', '.join(names)})"
