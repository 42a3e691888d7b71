"""How a request goes along its steps. Pure: links are changed in memory, the steps above them write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Link(Protocol):
    """What the rules need of an `ApprovalStep`."""

    position: int
    mode: str
    state: str
    why: str
    member_id: int | None


L = TypeVar("L", bound=Link)


def run(links: Sequence[L]) -> list[L]:
    """Let the chain go on as far as it can without anybody's word; returns the links that are open from now on.

    Nobody is asked a second time: who has said yes on an earlier step counts on the later ones. A step of which any
    is enough ends with the first yes.
    """
    for position in sorted({each.position for each in links}):
        stage = [each for each in links if each.position == position]
        said = {each.member_id for each in links if each.state == "passed" and each.position < position}
        fresh = []
        for each in stage:
            if each.state == "waiting" and each.member_id in said:
                each.state, each.why = "skipped", "before"
            elif each.state == "waiting":
                each.state = "open"
                fresh.append(each)
        if _any_is_enough(stage):
            for each in stage:
                each.state = "skipped" if each.state == "open" else each.state
        if any(each.state == "open" for each in stage):
            return fresh
    return []


def _any_is_enough(stage: Sequence[Link]) -> bool:
    yes = any(each.state == "passed" or (each.state == "skipped" and each.why == "before") for each in stage)
    return yes and all(each.mode == "any" for each in stage)


def is_over(links: Iterable[Link]) -> bool:
    """Has everybody who had to say yes said so?"""
    return all(each.state in ("passed", "skipped") for each in links)


def now_at(links: Iterable[Link]) -> int:
    """The position that the chain stands at; 0 when it stands at none."""
    return min((each.position for each in links if each.state == "open"), default=0)


def earlier(links: Iterable[Link]) -> list[int]:
    """The positions to which a request can be sent back: those before the present one where somebody was asked."""
    found = list(links)
    at = now_at(found)
    return sorted({each.position for each in found if each.position < at and each.member_id is not None})


def go_back(links: Sequence[L], position: int) -> list[L]:
    """Everything from a position on is asked anew; what a condition has skipped stays so."""
    for each in links:
        if each.position >= position and each.member_id is not None:
            each.state = "waiting"
            each.why = "" if each.why == "before" else each.why
    return run(links)


def make_room(links: Iterable[Link], at: int, *, before: bool) -> int:
    """Free the position before or after the step `at` for one more signer; returns it. Whoever is asked at `at` waits
    for a signer before him."""
    place = at if before else at + 1
    for each in links:
        if before and each.position == at and each.state == "open":
            each.state = "waiting"
        if each.position >= place:
            each.position += 1
    return place


def stop(links: Iterable[Link]) -> None:
    """Nobody is asked any more."""
    for each in links:
        if each.state in ("open", "waiting"):
            each.state = "skipped"
