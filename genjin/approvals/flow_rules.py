"""Who is asked along a flow. Pure: people, posts and departments come in as data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from genjin.approvals.rules import Post

#: Of one role no more than so many are asked.
MOST_OF_A_ROLE = 20


@dataclass(frozen=True, slots=True)
class People:
    """A team as far as approvals need it. `names`: active members that may decide, `places` their departments,
    `chains`: department → itself and those above it, `reviewers` and `fallback`: roles, as in reviews."""

    names: Mapping[int, str]
    places: Mapping[int, int | None]
    posts: Sequence[Post]
    chains: Mapping[int, Sequence[int]]
    heads: Mapping[int, int]
    reviewers: Collection[str]
    fallback: Collection[str]

    def chain(self, department_id: int | None) -> Sequence[int]:
        return self.chains.get(department_id or 0, ())


@dataclass(frozen=True, slots=True)
class Matter:
    """About what and by whom: `own` may decide nothing of it."""

    author_id: int | None
    author_department: int | None
    department_id: int | None
    own: frozenset[int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One who is to be asked, or a step that is left out (without a member)."""

    position: int
    name: str
    mode: str
    workdays: int
    member_id: int | None
    chosen_by: str = ""
    role: str = ""
    why: str = ""
    instead_id: int | None = None


def looks_after(people: People, chain: Sequence[int], but: Collection[int]) -> int | None:
    """The nearest head or supervisor up the tree who is none of `but`."""
    for department in chain:
        head = people.heads.get(department)
        if head in people.names and head not in but:
            return head
        for post in sorted(people.posts):
            if post.department_id != department or post.role not in people.reviewers:
                continue
            if post.member_id in people.names and post.member_id not in but:
                return post.member_id
    return None


def one_up(people: People, department_id: int | None, but: Collection[int]) -> tuple[int | None, str]:
    """Who steps in where nobody is left: the nearest up the tree, finally an administrator; and how he was found."""
    found = looks_after(people, people.chain(department_id), but)
    if found is not None:
        return found, "up"
    for post in sorted(people.posts):
        if post.role in people.fallback and post.member_id in people.names and post.member_id not in but:
            return post.member_id, "admin"
    return None, "admin"


def holders_of(people: People, role: str, chain: Sequence[int]) -> list[int]:
    """Who holds a role: those nearest up the tree of the record's department, else everybody."""
    posts = [post for post in sorted(people.posts) if post.role == role and post.member_id in people.names]
    for department in chain:
        near = [post.member_id for post in posts if post.department_id == department]
        if near:
            return near[:MOST_OF_A_ROLE]
    return list(dict.fromkeys(post.member_id for post in posts))[:MOST_OF_A_ROLE]


def named_by(people: People, by: Mapping[str, Any], matter: Matter) -> list[int]:
    """Whom a line of a step means, whoever they are."""
    match by["who"]:
        case "superior":
            found = looks_after(people, people.chain(matter.author_department), {matter.author_id or 0})
        case "head":
            found = looks_after(people, people.chain(matter.department_id), ())
        case "department":
            found = looks_after(people, [by.get("id") or 0], ())
        case "role":
            return holders_of(people, by.get("role", ""), people.chain(matter.department_id))
        case _:
            found = by.get("id") if by.get("id") in people.names else None
    return [found] if found is not None else []


def drawn(
    people: People, stages: Sequence[Mapping[str, Any]], matter: Matter, skipped: Callable[[Any], bool]
) -> list[Drawn]:
    """Everybody who is asked, step by step. A line that means nobody, or only whoever asks, goes one up and says so;
    a step of which nobody at all is left has no member and `why` nobody."""
    found: list[Drawn] = []
    for position, stage in enumerate(stages, start=1):
        blank = Drawn(position, stage.get("name", ""), stage["need"], stage["workdays"], None)
        if stage.get("skip") and skipped(stage["skip"]):
            found.append(replace(blank, why="condition"))
            continue
        asked: dict[int, Drawn] = {}
        for by in stage["by"]:
            for each in _of_line(people, by, matter, blank):
                asked.setdefault(each.member_id or 0, each)
        if len(asked) > 1:
            asked.pop(0, None)
        found += asked.values()
    return found


def _of_line(people: People, by: Mapping[str, Any], matter: Matter, blank: Drawn) -> list[Drawn]:
    named = named_by(people, by, matter)
    others = [pk for pk in named if pk not in matter.own]
    if others:
        role = by.get("role", "")
        return [replace(blank, member_id=pk, chosen_by=by["who"], role=role) for pk in others]
    start = matter.author_department if by["who"] in ("superior", "member") else matter.department_id
    start = by.get("id") if by["who"] == "department" else start
    member_id, how = one_up(people, start or matter.author_department, matter.own)
    why = "own" if named else "nobody"
    return [replace(blank, member_id=member_id, chosen_by=how, role=by.get("role", ""), why=why)]
