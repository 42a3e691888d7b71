"""Who ought to be told on which day: reckoned from what people did, with a wall calendar and nothing of the product."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple

from tests.month.almanac import DAY, HOUR, MINUTE, after_work, before_work, close_of, due, local, pushed, workday, works
from tests.month.stories import Act, People

#: Node → amount, clock, the action's side node if any: the standard process as the sources have it.
LIMITS: Mapping[str, tuple[int, str]] = {
    "lead": (1, "days"), "needs": (7, "days"), "proposal": (2, "workdays"), "demo": (3, "days"),
    "negotiation": (10, "days"),
}  # fmt: skip
SIDES: Mapping[str, tuple[str, int, str]] = {"negotiation": ("feedback", 48, "hours"),
                                             "service": ("first_visit", 7, "days")}  # fmt: skip
CADENCE = {"A": (7, 3), "B": (14, 5), "C": (30, 10)}
#: The plan looks a week ahead.
AHEAD = 7


class Told(NamedTuple):
    """A line in somebody's inbox: on which day, whom, of what sort, about which to-do of which customer."""

    day: date
    member: str
    sort: str
    customer: int
    kind: str


class Rung(NamedTuple):
    at: datetime
    sort: str
    whom: tuple[str, ...]


@dataclass
class Item:
    """A to-do while it is open."""

    customer: int
    kind: str
    since: datetime
    rungs: list[Rung]
    done: int = 0
    #: Ordinary ones have no ladder: what is late is told as late only.
    until: datetime | None = None


@dataclass
class State:
    """A customer as the oracle knows it."""

    owner: str
    grade: str
    node: str
    node_at: datetime
    created: date
    contacts: list[date] = field(default_factory=list)
    paused: datetime | None = None
    side_at: datetime | None = None
    items: dict[str, Item] = field(default_factory=dict)
    #: Rungs that to-dos had behind them when their clocks stopped.
    kept: dict[str, int] = field(default_factory=dict)
    steps: set[str] = field(default_factory=set)


class Oracle:
    """Replays the acts; `planned` is what the night planned: (customer, night) → day and whose."""

    def __init__(
        self, people: People, passes: Sequence[datetime], planned: Mapping[tuple[int, date], tuple[date, str]]
    ) -> None:
        self.people, self.passes, self.planned = people, passes, planned
        self.states: dict[int, State] = {}
        self.told: Counter[Told] = Counter()
        self.wrong: list[str] = []
        self.plans: set[tuple[int, date]] = set()

    def run(self, acts: Sequence[Act], nights: Sequence[datetime]) -> None:
        """Acts and nights in their order; then whatever is open still is told of until the last pass."""
        whole: list[tuple[datetime, int, Any]] = [(act.at, 1, act) for act in acts] + [(at, 0, None) for at in nights]
        for at, _, act in sorted(whole, key=lambda each: each[:2]):
            if act is None:
                self._night(at)
            else:
                getattr(self, f"_{act.what}")(act)
        for state in self.states.values():
            for kind in list(state.items):
                self._close(state, kind, self.passes[-1])

    # --- what people did

    def _create(self, act: Act) -> None:
        state = State(act.who, "", "lead", act.at, act.at.date())
        self.states[act.customer] = state
        self._enter(state, act.customer, act.at)

    def _grade(self, act: Act) -> None:
        self.states[act.customer].grade = act.more["grade"]

    def _move(self, act: Act) -> None:
        state = self.states[act.customer]
        for kind in ("node", "side"):
            self._close(state, kind, act.at)
        state.kept.clear()
        state.node, state.node_at, state.side_at = act.more["to"], act.at, None
        self._enter(state, act.customer, act.at)

    def _pause(self, act: Act) -> None:
        state = self.states[act.customer]
        state.paused = act.at
        for kind in ("node", "side"):
            if kind in state.items:
                state.kept[kind] = self._close(state, kind, act.at)
        self._close(state, "cadence", act.at)

    def _resume(self, act: Act) -> None:
        state = self.states[act.customer]
        paused, state.paused = state.paused, None
        assert paused is not None
        if "node" in state.kept:
            state.node_at = pushed(state.node_at, paused, act.at, LIMITS[state.node][1])
        if "side" in state.kept and state.side_at is not None:
            state.side_at = pushed(state.side_at, paused, act.at, SIDES[state.node][2])
        self._enter(state, act.customer, act.at, again=True)
        state.kept.clear()

    def _contact(self, act: Act) -> None:
        state = self.states[act.customer]
        state.contacts.append(act.at.date())
        self._close(state, "cadence", act.at)
        if act.more.get("closes"):
            self._close(state, act.more["closes"], act.at)
        self._promise(state, act, act.more["step"], act.more["due"], act.more["exact"])

    def _promise(self, state: State, act: Act, key: str, until: datetime, exact: bool) -> None:
        state.steps.add(key)
        before = until - 30 * MINUTE if exact else local(until.date(), time(8, 50))
        end = until if exact else close_of(until.date())
        self._open(state, act.customer, key, act.at, _ordinary(before, end, (state.owner,)))

    def _tick(self, act: Act) -> None:
        self._close(self.states[act.customer], act.more["step"], act.at)

    def _object(self, act: Act) -> None:
        state = self.states[act.customer]
        head = self.people.head_of(state.owner)
        up = act.more["kind"] == "price"
        doer, above = (head, self.people.boss) if up else (state.owner, head)
        end = act.at + 24 * HOUR
        rungs = [Rung(end - 4 * HOUR, "before", (doer,)), Rung(end, "overdue", (doer,)),
                 Rung(after_work(end, 240), "escalated", (above,)),
                 Rung(end + 24 * HOUR, "escalated", (self.people.boss,))]  # fmt: skip
        self._open(state, act.customer, "objection", act.at, rungs)

    def _answer(self, act: Act) -> None:
        state = self.states[act.customer]
        self._close(state, "objection", act.at)
        day = (act.at + 3 * DAY).date()
        self._open(state, act.customer, "objection", act.at,
                   _ordinary(local(day, time(8, 50)), close_of(day), (state.owner,)))  # fmt: skip

    def _outcome(self, act: Act) -> None:
        self._close(self.states[act.customer], "objection", act.at)

    def _ask(self, act: Act) -> None:
        end = close_of(workday(act.at.date(), 1))
        self._help(act, end, tuple(self.people.tech))

    def _help(self, act: Act, end: datetime, doers: tuple[str, ...], done: int = 0) -> None:
        state = self.states[act.customer]
        rungs = [Rung(before_work(end, 120), "before", doers), Rung(end, "overdue", doers),
                 Rung(after_work(end, 120), "escalated", (self.people.tech[0],)),
                 Rung(close_of(workday(end.date(), 1)), "escalated", (self.people.head_of(state.owner),))]  # fmt: skip
        item = self._open(state, act.customer, "help", act.at, rungs)
        item.until, item.done = end, done

    def _take(self, act: Act) -> None:
        """The limit stays, so what was told of it is not told again."""
        state = self.states[act.customer]
        end = state.items["help"].until
        assert end is not None
        self._help(act, end, (act.who,), self._close(state, "help", act.at))

    def _deliver(self, act: Act) -> None:
        state = self.states[act.customer]
        self._close(state, "help", act.at)
        self._help(act, close_of(workday(act.at.date(), 2)), (state.owner,))

    def _confirm(self, act: Act) -> None:
        self._close(self.states[act.customer], "help", act.at)

    def _request(self, act: Act) -> None:
        state = self.states[act.customer]
        approver = self.people.stands_in(self.people.head_of(state.owner), act.at.date())
        day = workday(act.at.date(), act.more["workdays"])
        self._open(state, act.customer, "approve", act.at,
                   _ordinary(local(day, time(8, 50)), close_of(day), (approver,)))  # fmt: skip

    def _approve(self, act: Act) -> None:
        self._close(self.states[act.customer], "approve", act.at)

    # --- clocks of nodes

    def _enter(self, state: State, customer: int, at: datetime, *, again: bool = False) -> None:
        if state.paused is not None:  # moved on while one waits: its clocks stand from the beginning
            state.kept = {"node": 0} if state.node in LIMITS else {}
            if state.node in SIDES:
                state.kept["side"], state.side_at = 0, at
            return
        head = self.people.head_of(state.owner)
        if state.node in LIMITS and (not again or "node" in state.kept):
            end = due(state.node_at, *LIMITS[state.node])
            rungs = [Rung(end - 4 * HOUR, "before", (state.owner,)), Rung(end, "overdue", (state.owner,)),
                     Rung(close_of(workday(end.date(), 1)), "escalated", (head,))]  # fmt: skip
            if state.node == "proposal":
                rungs.append(Rung(state.node_at + 24 * HOUR, "before", (state.owner,)))
                rungs.append(Rung(close_of(workday(end.date(), 3)), "escalated", (self.people.boss,)))
            rungs = [each for each in rungs if each.sort != "before" or each.at > state.node_at]
            # What lies ahead again after a rest is said again.
            passed = sum(each.at <= at for each in rungs)
            self._open(state, customer, "node", at, rungs).done = min(state.kept.get("node", 0), passed)
        if state.node in SIDES and (not again or "side" in state.kept):
            _, amount, clock = SIDES[state.node]
            state.side_at = state.side_at if again and state.side_at else at
            end = due(state.side_at, amount, clock)
            before = end - 30 * MINUTE if clock == "hours" else local(end.date(), time(8, 50))
            item = self._open(state, customer, "side", at, _ordinary(before, end, (state.owner,)))
            item.done = state.kept.get("side", 0)

    # --- the night

    def _night(self, at: datetime) -> None:
        today = at.date()
        days = [today + each * DAY for each in range(AHEAD)]
        for customer, state in self.states.items():
            if state.paused is not None or "cadence" in state.items or state.steps & state.items.keys():
                continue
            first, last = _window(state)
            if last >= today + AHEAD * DAY:
                continue
            who, free = self._doer(state.owner, days, first, last)
            fitting = [day for day in free if first <= day <= last]
            later = [day for day in free if day >= first]
            if not (fitting or later):
                continue
            self.plans.add((customer, today))
            day, by = self.planned.get((customer, today), (None, ""))
            if day is None:
                self.wrong.append(f"{today}: customer {customer} was not planned, belongs to {first} … {last}")
                continue
            if day not in (fitting or later) or by != who:
                self.wrong.append(
                    f"{today}: customer {customer} was planned for {by} on {day}, belongs to {who}, {first} … {last}"
                )
            end = close_of(day)
            rungs = [Rung(before_work(end, 480), "before", (who,)), Rung(end, "overdue", (who,)),
                     Rung(close_of(workday(day, 2)), "escalated", (self.people.above(who),))]  # fmt: skip
            rungs = [each for each in rungs if each.sort != "before" or each.at > at]
            self._open(state, customer, "cadence", at, rungs)

    def _doer(self, owner: str, days: list[date], first: date, last: date) -> tuple[str, list[date]]:
        """Whoever is there on a day until the interval ends, the owner before who stands in; and his days."""
        worked = [day for day in days if works(day)]
        mine = [day for day in worked if not self.people.is_away(owner, day)]
        if not worked or any(first <= day <= max(last, worked[0]) for day in mine):
            return owner, mine
        if not any(self.people.is_away(owner, day) for day in days):
            return owner, mine
        other = self.people.away[owner][2]
        return other, [day for day in worked if not self.people.is_away(other, day)]

    # --- telling

    def _open(self, state: State, customer: int, kind: str, at: datetime, rungs: list[Rung]) -> Item:
        assert kind not in state.items, (customer, kind)
        item = state.items[kind] = Item(customer, kind, at, sorted(rungs, key=lambda each: each.at))
        return item

    def _close(self, state: State, kind: str, at: datetime) -> int:
        """The to-do ends: what was told of it until then, each reader of a pass hearing the last only. Returns how many
        rungs it had behind it."""
        item = state.items.pop(kind, None)
        if item is None:
            return 0
        done, place = item.done, bisect_right(self.passes, item.since)
        while place < len(self.passes) and self.passes[place] <= at and done < len(item.rungs):
            now = self.passes[place]
            said: dict[str, str] = {}
            while done < len(item.rungs) and item.rungs[done].at <= now:
                said |= dict.fromkeys(item.rungs[done].whom, item.rungs[done].sort)
                done += 1
            for member, sort in said.items():
                self.told[Told(now.date(), member, sort, item.customer, _KINDS.get(kind, "next_step"))] += 1
            place += 1
        return done


_KINDS = {"node": "node_limit", "side": "node_limit", "cadence": "cadence", "objection": "objection", "help": "help",
          "approve": "approve"}  # fmt: skip


def _ordinary(before: datetime, end: datetime, whom: tuple[str, ...]) -> list[Rung]:
    return [Rung(before, "before", whom), Rung(end, "overdue", whom)]


def _window(state: State) -> tuple[date, date]:
    """The days on which the next contact belongs: not before the floor, nor a third time within seven days."""
    days, floor = CADENCE.get(state.grade, (30, 0))
    contacts = sorted(set(state.contacts))
    if not contacts:
        return state.created, state.created + days * DAY
    first, last = contacts[-1] + floor * DAY, contacts[-1] + days * DAY
    if state.grade and len(contacts) >= 2:
        first = max(first, contacts[-2] + 7 * DAY)
    return first, max(first, last)
