"""Whom a rung reaches: the owner, the head of the department that was asked, those above, a role; the next one up
where nobody is.

What is told names the customer, so that only who may see it is reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from genjin.access.models import Grant
from genjin.access.queries import actor_of_member
from genjin.access.visible import visible
from genjin.agenda.ladder_rules import ROLE, Rung
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.customers.reaching import assigners_known, assigners_of, levels_above
from genjin.orgs.models import Department, Membership

#: More holders of one role than these hear of nothing at once.
MOST_OF_A_ROLE = 20
_UP = {"superior": 0, "head": 1}


class Reached(NamedTuple):
    """Members, and whether they stand in for whom the rung names: he left, or there is none."""

    members: tuple[int, ...]
    instead: bool


class Receivers:
    """Whom the rungs of some rows of one organisation reach; what it read once it keeps. `owner` and `customer` of the
    rows are loaded."""

    def __init__(self, org_id: int, items: Sequence[AgendaItem]) -> None:
        self.org_id = org_id
        self._customers = [item.customer_id for item in items if item.customer_id]
        self._seen: dict[int, set[int]] = {}
        self._levels: dict[int | None, list[list[int]]] = {}
        self._roles: dict[str, list[tuple[int, int | None]]] = {}

    @cached_property
    def _assigners(self) -> list[tuple[int, frozenset[int] | None]]:
        return assigners_of(self.org_id)

    @cached_property
    def _colleagues(self) -> dict[int | None, list[int]]:
        """Department → its active members."""
        found: dict[int | None, list[int]] = {}
        rows = Membership.objects.filter(org_id=self.org_id, active=True).order_by("pk")
        for pk, department_id in rows.values_list("pk", "department_id"):
            found.setdefault(department_id, []).append(pk)
        return found

    def of(self, item: AgendaItem, rung: Rung) -> Reached:
        """Nobody only where the team has nobody left who may see the customer."""
        doers = self._doers(item)
        if rung.to == "owner" and doers:
            return Reached(tuple(doers), False)
        if rung.to.startswith(ROLE) and (held := self._holders(item, rung.to.removeprefix(ROLE))):
            return Reached(tuple(held), False)
        if rung.to == "department" and (keeper := self._keeper(item)):
            return Reached((keeper,), False)
        wanted = _UP.get(rung.to, 0)
        above = self._above(item)
        for place, members in enumerate(above[wanted:]):
            if members:
                alone = rung.to == "superior" and len(above) == 1 and self._is_anywhere(members)
                return Reached(tuple(members), place > 0 or rung.to not in _UP or alone)
        # Nobody stands so high: whoever stands highest, else whoever has it himself.
        last = next((members for members in reversed(above[:wanted]) if members), doers)
        return Reached(tuple(last), True)

    def _keeper(self, item: AgendaItem) -> int | None:
        """The head of the department that was asked, as far as he may see the row."""
        place = item.department_id or (item.owner.department_id if item.owner else None)
        heads = Department.objects.filter(org_id=self.org_id, pk=place or 0, head__active=True)
        head = heads.values_list("head_id", flat=True).first()
        if head is None or not visible(actor_of_member(head), AgendaItem).filter(pk=item.pk).exists():
            return None
        return head

    def _doers(self, item: AgendaItem) -> list[int]:
        if item.owner is not None:
            return [item.owner.pk] if item.owner.active else []
        return self._colleagues.get(item.department_id, []) if item.department_id else []

    def _above(self, item: AgendaItem) -> list[list[int]]:
        """The levels above the owner, each with those who may see the customer; of those anywhere the first."""
        place = item.customer.department_id if item.customer else None
        if place is None:
            place = item.owner.department_id if item.owner else item.department_id
        if place not in self._levels:
            self._levels[place] = levels_above(self._assigners, place)
        levels = self._levels[place]
        own = next((at for at, members in enumerate(levels) if item.owner_id in members), -1)
        higher = levels[own + 1 :] or levels[-1:]
        found = [[pk for pk in members if pk != item.owner_id and self._sees(pk, item)] for members in higher]
        return [members[:1] if self._is_anywhere(members) else members for members in found]

    def _is_anywhere(self, members: Sequence[int]) -> bool:
        """Whether these look after no department of their own."""
        return set(members) <= {pk for pk, where in self._assigners if where is None}

    def _holders(self, item: AgendaItem, role: str) -> list[int]:
        """Of the role's holders those of the customer's department, else all."""
        if role not in self._roles:
            rows = Grant.objects.filter(org_id=self.org_id, role__key=role, member__active=True).order_by("member_id")
            held = dict(rows.values_list("member_id", "member__department_id"))
            self._roles[role] = list(held.items())
        place = item.customer.department_id if item.customer else item.department_id
        there = [pk for pk, department_id in self._roles[role] if department_id == place]
        seeing = [pk for pk in there or [pk for pk, _ in self._roles[role]] if self._sees(pk, item)]
        return seeing[:MOST_OF_A_ROLE]

    def _sees(self, member_id: int, item: AgendaItem) -> bool:
        if item.customer_id is None:
            return True
        if member_id not in self._seen:
            rows = visible(actor_of_member(member_id), Customer).filter(pk__among=self._customers)
            self._seen[member_id] = set(rows.values_list("pk", flat=True))
        return item.customer_id in self._seen[member_id]


class Expected(Receivers):
    """Whom a rung will most likely reach, for screens: who looks after a department sees its customers, so that
    nobody's scope is asked row by row. A few statements for any number of rows."""

    def __init__(self, org_id: int, items: Sequence[AgendaItem], config_version: int) -> None:
        super().__init__(org_id, items)
        self._version = config_version

    @cached_property
    def _assigners(self) -> list[tuple[int, frozenset[int] | None]]:
        return assigners_known(self.org_id, self._version)

    @cached_property
    def _heads(self) -> dict[int, int]:
        rows = Department.objects.filter(org_id=self.org_id, head__active=True)
        return {pk: head for pk, head in rows.values_list("pk", "head_id") if head is not None}

    def _keeper(self, item: AgendaItem) -> int | None:
        place = item.department_id or (item.owner.department_id if item.owner else None)
        return self._heads.get(place or 0)

    def _sees(self, member_id: int, item: AgendaItem) -> bool:
        return True
