"""To whom somebody may give customers: the departments that he reaches, and who looks after a department."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from genjin.access.actor import Actor, Grants, matches
from genjin.access.queries import actor_of_member, grants_of, verbs_of_members
from genjin.lib.errors import Forbidden
from genjin.orgs.models import Membership


class Receiver(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def department_id(self) -> int | None: ...


def reach(actor: Actor) -> frozenset[int] | None:
    """Departments within which the actor may assign; None = anywhere."""
    return reach_in(actor.grants)


def reach_in(grants: Grants) -> frozenset[int] | None:
    """The same of whoever holds these."""
    held = grants.scope("customer", "change")
    if "all" in held:
        return None
    if "subtree" in held:
        return grants.subtree
    return grants.departments if "department" in held else frozenset()


def offered(actor: Actor, *, but: int | None = None) -> dict[str, Any]:
    """Whom `demand_within` accepts, for a list to choose from: `receivers` and whether they are the whole team.

    Active members in the order of their ids, without `but`; one statement.
    """
    where = reach(actor)
    people = Membership.objects.filter(org_id=actor.org_id, active=True).exclude(pk=but or 0).order_by("pk")
    if where is not None:
        people = people.filter(department_id__in=where)
    rows = people.values_list("pk", "name")
    return {"receivers": [{"id": pk, "name": name} for pk, name in rows], "anywhere": where is None}


def demand_within(actor: Actor, people: Iterable[Receiver]) -> None:
    """Whoever does not assign anywhere gives to people of his own departments and those below, whether he assigns,
    transfers or hands over (R-158, R-161)."""
    where = reach(actor)
    strangers = [each.name for each in people if where is not None and each.department_id not in where]
    if strangers:
        raise Forbidden(
            f"{'、'.join(strangers)}不在你的部门里，只能分给自己部门的人",
            f"You assign within your own departments only, not to {', '.join(strangers)}",
        )


#: Whoever may do this looks after the people of his departments.
ASSIGNS = "customer.assign"
Reaches = Sequence[tuple[int, frozenset[int] | None]]


def assigners_of(org_id: int) -> list[tuple[int, frozenset[int] | None]]:
    """The active members who assign, in order of their ids, with the departments within which they do."""
    those = [pk for (pk, _), verbs in verbs_of_members(org_id).items() if matches(ASSIGNS, verbs)]
    return [(pk, reach(actor_of_member(pk))) for pk in those]


def assigners_known(org_id: int, config_version: int) -> list[tuple[int, frozenset[int] | None]]:
    """The same by the rights that are kept for a state of the configuration: one statement, for reading."""
    those = [key for key, verbs in verbs_of_members(org_id).items() if matches(ASSIGNS, verbs)]
    return [(pk, reach_in(grants_of(org_id, pk, department_id, config_version))) for pk, department_id in those]


def levels_above(assigners: Reaches, department_id: int | None) -> list[list[int]]:
    """Who looks after a department, nearest first: whoever reaches fewest departments, those above him, and last those
    who assign anywhere."""
    near: dict[int, list[int]] = {}
    for pk, where in assigners:
        if where is not None and department_id in where:
            near.setdefault(len(where), []).append(pk)
    anywhere = [pk for pk, where in assigners if where is None]
    return [near[size] for size in sorted(near)] + ([anywhere] if anywhere else [])
