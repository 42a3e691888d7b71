"""To whom somebody may give customers: the departments that he reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from genjin.access.actor import Actor
from genjin.lib.errors import Forbidden
from genjin.orgs.models import Membership


class Receiver(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def department_id(self) -> int | None: ...


def reach(actor: Actor) -> frozenset[int] | None:
    """Departments within which the actor may assign; None = anywhere."""
    held = actor.grants.scope("customer", "change")
    if "all" in held:
        return None
    if "subtree" in held:
        return actor.grants.subtree
    return actor.grants.departments if "department" in held else frozenset()


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
