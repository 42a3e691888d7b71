"""Whose targets an actor sees and sets: himself, the people of his subtree, or everybody."""

from __future__ import annotations

from dataclasses import dataclass

from genjin.access.actor import Actor, matches
from genjin.access.queries import verbs_of_members
from genjin.access.visible import Act
from genjin.lib.pinyin import syllables
from genjin.orgs.models import Department, Membership


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    department_id: int | None
    active: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A department; `path` names those above it and itself."""

    id: int
    name: str
    path: str
    depth: int


@dataclass(frozen=True, slots=True)
class Company:
    """All people and departments of the organisation, in the order in which they are shown."""

    people: dict[int, Person]
    places: dict[int, Place]

    def below(self, place_id: int) -> list[Person]:
        """The people of a department and of those under it."""
        inside = {each.id for each in self.places.values() if f"/{place_id}/" in each.path}
        return [each for each in self.people.values() if each.department_id in inside]


def company_of(org_id: int) -> Company:
    """People by the sound of their names, departments as a tree; two statements."""
    members = Membership.objects.filter(org_id=org_id).values_list("id", "name", "department_id", "active")
    people = sorted((Person(*row) for row in members), key=lambda each: (syllables(each.name), each.id))
    rows = list(Department.objects.filter(org_id=org_id).values_list("id", "name", "path", "position"))
    order = {pk: (position, pk) for pk, _name, _path, position in rows}
    tree = [Place(pk, name, f"{path}{pk}/", path.count("/") - 1) for pk, name, path, _position in rows]
    tree.sort(key=lambda each: [order.get(int(part), (0, 0)) for part in each.path.strip("/").split("/")])
    return Company({each.id: each for each in people}, {each.id: each for each in tree})


@dataclass(frozen=True, slots=True)
class Reach:
    """The members and departments within an actor's rights."""

    people: frozenset[int]
    places: frozenset[int]


def reach_of(actor: Actor, company: Company, act: Act = "see") -> Reach:
    """Everybody for `all`, a department's people for `subtree` or `department`, oneself for `self`."""
    held = actor.grants.scope("target", act)
    if "all" in held:
        return Reach(frozenset(company.people), frozenset(company.places))
    places = actor.grants.subtree if "subtree" in held else frozenset()
    if "department" in held:
        places |= actor.grants.departments
    people = {each.id for each in company.people.values() if each.department_id in places}
    if "self" in held and actor.member_id is not None:
        people.add(actor.member_id)
    return Reach(frozenset(people), frozenset(places & company.places.keys()))


def sellers_of(org_id: int) -> tuple[frozenset[int], frozenset[int]]:
    """Those who may write records, and among them those who set no targets themselves: a department's target is
    spread over these. One statement."""
    held = {member_id: verbs for (member_id, _), verbs in verbs_of_members(org_id).items()}
    writing = {member_id for member_id, verbs in held.items() if matches("followup.log", verbs)}
    leading = {member_id for member_id, verbs in held.items() if matches("target.set", verbs)}
    return frozenset(writing), frozenset(writing - leading)
