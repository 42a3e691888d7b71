"""Pure rules of assignment: who gets the next customer, why, and until when he takes it over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from genjin.lib.calendar import WorkCalendar
from genjin.lib.filters import Expression, judge
from genjin.lib.time_limits import Clock, Deadline, after_working_hours, due_at

WAYS = ("turns", "load", "fixed")
CLOCKS = ("work_hours", "hours", "workdays")
_UNITS = {
    "work_hours": ("个工作小时", "working hour"),
    "hours": ("小时", "hour"),
    "workdays": ("个工作日", "working day"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """A possible receiver: how many open customers he holds and may hold, and the last day he is away."""

    id: int
    name: str
    department_id: int | None = None
    open: int = 0
    most: int | None = None
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a new owner has to take a customer over."""

    amount: int
    clock: str

    @property
    def words(self) -> tuple[str, str]:
        zh, en = _UNITS[self.clock]
        return f"{self.amount} {zh}", f"{self.amount} {en}{'s' * (self.amount != 1)}"

    def ends(self, start: datetime, calendar: WorkCalendar) -> Deadline:
        if self.clock == "work_hours":
            return Deadline(after_working_hours(start, self.amount, calendar), "minute")
        return due_at(start, self.amount, Clock(self.clock), calendar)


@dataclass(slots=True)
class Rule:
    """One rule with its people in order; `last` is the cursor of the turns and moves while customers are dealt."""

    id: int | None
    name: str
    way: str
    people: tuple[int, ...]
    condition: Expression | None = None
    last: int | None = None
    most_open: int | None = None
    limit: Limit | None = None
    otherwise: str = "next"


@dataclass(frozen=True, slots=True)
class Given:
    """Who gets a customer by which rule, and the reason in both languages; nobody when no one can."""

    rule: Rule | None
    member_id: int | None
    zh: str
    en: str


@dataclass
class Dealer:
    """Deals customers one after the other: `rules` in their order, the first that applies and has somebody free.

    `today` is a day of the organisation. Two dealers of one organisation must not work at once; the caller holds
    the lock on its rules and stores their `last`.
    """

    rules: Sequence[Rule]
    people: Mapping[int, Person]
    now: datetime
    today: date
    held: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.held = {pk: person.open for pk, person in self.people.items()}

    def give(self, row: Mapping[str, Any], owner: int | None = None) -> Given:
        """The receiver of the customer whose values by slug are `row` and whom `owner` holds until now."""
        full: list[str] = []
        for rule in self.rules:
            if rule.condition is not None and not judge(rule.condition, row, self.now):
                continue
            found = self.among(rule, owner=owner)
            if found.member_id is not None:
                return _instead(found, full)
            full.append(rule.name)
        return Given(None, None, *_nobody(full))

    def among(self, rule: Rule, without: Collection[int] = (), owner: int | None = None) -> Given:
        """The next receiver of one rule, but for those in `without`; moves its cursor and what he holds."""
        order = [pk for pk in (rule.people if rule.way == "fixed" else _in_turn(rule)) if pk not in without]
        free = [pk for pk in order if self._is_free(pk, rule)]
        if not free:
            return Given(rule, None, *_nobody([rule.name]))
        chosen = min(free, key=self.held.__getitem__) if rule.way == "load" else free[0]
        zh, en = self._reason(rule, chosen, order)
        rule.last = chosen
        self.held[chosen] += 1
        if owner in self.held:
            self.held[owner] -= 1
        return Given(rule, chosen, zh, en)

    def _is_free(self, pk: int, rule: Rule) -> bool:
        person = self.people.get(pk)
        if person is None or rule.way == "hand":
            return person is not None
        if is_away(person, self.today):
            return False
        most = person.most if person.most is not None else rule.most_open
        return most is None or self.held[pk] < most

    def _reason(self, rule: Rule, chosen: int, order: Sequence[int]) -> tuple[str, str]:
        if rule.way == "hand":
            many = len(rule.people)
            return (f"手工平分给 {many} 人", f"by hand, evenly to {many}") if many > 1 else ("手工指定", "by hand")
        if rule.way == "load":
            held = self.held[chosen]
            return f"负荷最少，手上 {held} 家", f"fewest open customers: {held}"
        passed = [self.people[pk].name for pk in order[: order.index(chosen)] if pk in self.people]
        zh, en = self._place(rule, chosen)
        if passed:
            zh, en = f"{zh}，跳过{'、'.join(passed)}（休假或已满）", f"{en}, past {', '.join(passed)} (away or full)"
        return zh, en

    def _place(self, rule: Rule, chosen: int) -> tuple[str, str]:
        if rule.way == "fixed":
            name = self.people[chosen].name
            return f"固定给{name}", f"always to {name}"
        before = self.people.get(rule.last or 0)
        if before is None:
            return "按轮次，从头开始", "by turns, from the start"
        return f"按轮次，上一位{before.name}", f"by turns, after {before.name}"


def is_away(person: Person, today: date) -> bool:
    return person.away_until is not None and today <= person.away_until


def _in_turn(rule: Rule) -> tuple[int, ...]:
    """The rule's people, beginning behind the one who had the last customer."""
    at = rule.people.index(rule.last) + 1 if rule.last in rule.people else 0
    return rule.people[at:] + rule.people[:at]


def _nobody(names: Sequence[str]) -> tuple[str, str]:
    if not names:
        return "没有规则管到这家", "no rule applies"
    return f"“{'”“'.join(names)}”里现在没有人能接", f"nobody is free in {', '.join(names)}"


def _instead(given: Given, full: Sequence[str]) -> Given:
    if not full:
        return given
    zh, en = _nobody(full)
    return Given(given.rule, given.member_id, f"{zh}；{given.zh}", f"{en}; {given.en}")
