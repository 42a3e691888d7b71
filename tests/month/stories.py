"""What a team of thirty does in a month, drawn at random: work done in time, and stalls of every kind among it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from tests.month.almanac import DAY, HOUR, LENGTH, MINUTE, close_of, due, local, workday, works

NODES = ("lead", "needs", "proposal", "demo", "negotiation")
LIMITS: Mapping[str, tuple[int, str]] = {"lead": (1, "days"), "needs": (7, "days"), "proposal": (2, "workdays"),
                                         "demo": (3, "days"), "negotiation": (10, "days")}  # fmt: skip
BOSS = "总经理"


@dataclass(frozen=True)
class Act:
    """Somebody does something about a customer; `more`: what the verb asks for."""

    at: datetime
    what: str
    customer: int
    who: str
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class People:
    """Three sales departments with a head each, one that helps them, and who is away when, with his stand-in."""

    teams: dict[str, list[str]]
    tech: list[str]
    away: dict[str, tuple[date, date, str]] = field(default_factory=dict)
    boss: str = BOSS

    def head_of(self, rep: str) -> str:
        return next(head for head, reps in self.teams.items() if rep in reps or rep == head)

    def stands_in(self, member: str, day: date) -> str:
        """Who decides for him on that day."""
        return self.away[member][2] if self.is_away(member, day) else member

    def is_away(self, member: str, day: date) -> bool:
        first, last, _ = self.away.get(member, (day + DAY, day, ""))
        return first <= day <= last

    def above(self, member: str) -> str:
        """Who looks after him."""
        return self.boss if member in self.teams else self.head_of(member)


def people(draw: Random, first: date) -> People:
    """One boss, three heads with seven or eight reps, four who help: thirty. One head and three reps go away."""
    teams = {f"主管{team}": [f"销售{team}{number}" for number in range(1, 8 + (team == "甲"))] for team in "甲乙丙"}
    found = People(teams, ["技术头", "技术一", "技术二", "技术三"])
    heads = list(teams)
    for member in (draw.choice(heads), *draw.sample([rep for reps in teams.values() for rep in reps], 3)):
        start = first + draw.randrange(LENGTH - 8) * DAY
        others = [each for each in heads if each != member]
        instead = draw.choice(others) if member in heads else found.head_of(member)
        found.away[member] = (start, start + draw.randrange(2, 9) * DAY, instead)
    return found


class Teller:
    """Draws the acts of one customer."""

    def __init__(self, draw: Random, team: People, customer: int, owner: str, first: date) -> None:
        self.draw, self.team, self.customer, self.owner = draw, team, customer, owner
        self.end = local(first + LENGTH * DAY, time(0))
        self.start = self.minute(first + draw.randrange(LENGTH * 2 // 3) * DAY)
        self.acts: list[Act] = []

    def minute(self, day: date) -> datetime:
        """A working minute of a day or of the next that is worked."""
        day = day if works(day) else workday(day, 1)
        return local(day, time(self.draw.choice((9, 10, 11, 13, 14, 15, 16, 17)), self.draw.randrange(60)))

    def later(self, start: datetime, *, least: timedelta = HOUR, most: timedelta) -> datetime:
        """Some minute after another, by day and by night, weekends too: customers do not keep office hours."""
        span = max(1, int((most - least) / MINUTE))
        return start + least + self.draw.randrange(span) * MINUTE

    def add(self, at: datetime, what: str, who: str = "", **more: Any) -> bool:
        """Nothing is done after the month, nor at midnight sharp, which reads like a day without a time."""
        at += MINUTE * (at.hour == at.minute == 0)
        if at >= self.end:
            return False
        self.acts.append(Act(at, what, self.customer, who or self.owner, more))
        return True

    def way(self) -> None:
        """From node to node; some are left in time, some stall, some rest while one waits for the customer."""
        at = rested = self.start
        for node, to in pairwise(NODES):
            end = due(at, *LIMITS[node])
            stalls = self.draw.random() < 0.3
            if self.draw.random() < 0.25 and at >= rested:  # one rest after the other
                paused = self.later(at, most=max(2 * HOUR, end - at))
                back = self.later(paused, most=self.draw.randrange(1, 6) * DAY)
                if not self.add(paused, "pause"):
                    return
                if self.draw.random() < 0.15 or not self.add(back, "resume"):
                    return
                at = rested = back
            at = self.later(end, most=6 * DAY) if stalls else self.later(at, most=max(2 * HOUR, end - at))
            if not self.add(at, "move", to=to):
                return

    def talks(self) -> None:
        """Contacts with promises that are kept, kept late, or never; at the end often silence."""
        at, closes = self.minute((self.start + HOUR).date() + self.draw.randrange(1, 4) * DAY), ""
        for number in range(self.draw.randrange(1, 4)):
            exact = self.draw.random() < 0.5
            until = self.minute(at.date() + self.draw.randrange(1, 7) * DAY)
            until = until if exact else close_of(until.date())
            step = f"step{number}"
            if not self.add(at, "contact", step=step, due=until, exact=exact, closes=closes):
                return
            late = self.draw.random() < 0.35
            when = self.later(until, most=4 * DAY) if late else self.later(at, most=max(2 * HOUR, until - at))
            closes, at = step, when
        if self.draw.random() < 0.8:
            self.add(at, "tick", step=closes)

    def objects(self) -> None:
        kind = self.draw.choice(("price", "other"))
        at = self.later(self.start, most=12 * DAY)
        if not self.add(at, "object", kind=kind):
            return
        answer = self.later(at, most=self.draw.choice((20, 28, 60, 120)) * HOUR)
        if self.draw.random() < 0.25 or not self.add(answer, "answer"):
            return
        if self.draw.random() < 0.6:
            self.add(self.later(answer, most=6 * DAY), "outcome")

    def asks(self) -> None:
        """Of the technical department: nobody takes it, or it is late, or the delivery is not confirmed."""
        at = self.minute(self.start.date() + self.draw.randrange(1, 10) * DAY)
        if at <= self.start or not self.add(at, "ask") or self.draw.random() < 0.25:
            return
        helper = self.draw.choice(self.team.tech[1:])
        taken = self.later(at, most=self.draw.choice((6, 40, 90)) * HOUR)
        if not self.add(taken, "take", helper) or self.draw.random() < 0.2:
            return
        done = self.later(taken, most=self.draw.choice((10, 60, 120)) * HOUR)
        if self.add(done, "deliver", helper) and self.draw.random() < 0.6:
            self.add(self.later(done, most=5 * DAY), "confirm")

    def requests(self) -> None:
        at = self.minute(self.start.date() + self.draw.randrange(1, 10) * DAY)
        head = self.team.head_of(self.owner)
        if at <= self.start or not self.add(at, "request", workdays=2):
            return
        if self.draw.random() < 0.6:
            who = self.team.stands_in(head, at.date())
            self.add(self.later(at, most=self.draw.choice((10, 50, 120)) * HOUR), "approve", who)

    def month(self) -> Iterator[Act]:
        grade = self.draw.choice("AAABBC")
        self.add(self.start, "create")
        self.add(self.start + MINUTE, "grade", self.team.head_of(self.owner), grade=grade)
        self.way()
        for story, share in ((self.talks, 0.7), (self.objects, 0.3), (self.asks, 0.3), (self.requests, 0.3)):
            if self.draw.random() < share:
                story()
        yield from self.acts


def month(draw: Random, team: People, first: date) -> list[Act]:
    """All acts in the order of their minutes; no two about one customer in the same minute."""
    acts: list[Act] = []
    reps = [rep for each in team.teams.values() for rep in each]
    for customer, owner in enumerate(rep for rep in reps for _ in range(3)):
        seen: set[datetime] = set()
        told = Teller(draw, team, customer, owner, first)
        for act in sorted(told.month(), key=lambda each: each.at):
            if act.at in seen:
                act = Act(act.at + MINUTE, act.what, act.customer, act.who, act.more)
            seen.add(act.at)
            acts.append(act)
    return sorted(acts, key=lambda each: each.at)
