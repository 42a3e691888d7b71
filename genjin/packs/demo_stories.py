"""What the demo tells, as plain data: drawn stories from a file, invented ones from slots and dice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, Literal

from genjin.lib import time_limits
from genjin.lib.calendar import WorkCalendar
from genjin.lib.time_limits import Clock

Precision = Literal["minute", "day"]

STAGES = ("lead", "needs", "proposal", "demo", "negotiation", "service")
#: What each stage may last, as in the standard pack; service has no limit.
LIMIT_DAYS = {"lead": 1, "needs": 7, "proposal": 2, "demo": 3, "negotiation": 10, "service": 60}
CLOCKS = {"proposal": Clock.WORKDAYS}
CALENDAR = WorkCalendar()
CADENCE = {"A": 7, "B": 14, "C": 30, "": 30}
CLOSING = time(18)
#: Whose working day is drawn; the customers invented for her ask for nothing these days.
HEROINE = "李晓雯"


@dataclass(frozen=True, slots=True)
class Told:
    """One record of a story: when it happened and was written, its texts, the step it promises."""

    at: datetime
    entered_at: datetime
    parts: Mapping[str, Any]
    act: str
    goal: str
    due_at: datetime
    precision: Precision = "minute"
    done_at: datetime | None = None
    attempt: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One customer of the demo."""

    name: str
    owner: str
    facts: Mapping[str, Any]
    contacts: list[dict[str, Any]]
    records: list[Told]
    stage: str
    stage_at: datetime
    intent_class: str
    helper: str = ""


def workday(local: datetime, days: int, clock: str) -> datetime:
    """`days` days ago (or ahead, when negative) at a time of day; a weekend counts as the Friday
    before it, ahead as the Monday after."""
    day = local.date() - timedelta(days=days)
    while day.weekday() >= 5:
        day += timedelta(days=1 if days < 0 else -1)
    return datetime.combine(day, time.fromisoformat(clock), local.tzinfo)


def due_of(due: Mapping[str, Any], local: datetime) -> tuple[datetime, Precision]:
    """A due time beside the present: {days} / {hours} / {today} / {tomorrow}; with its precision.

    A clock time of today that has passed already becomes "some time today", after closing time late tonight.
    """
    if "hours" in due:
        at = local + timedelta(hours=due["hours"])
        return at.replace(minute=at.minute - at.minute % 10, second=0, microsecond=0), "minute"
    if "days" in due:
        return datetime.combine(local.date() + timedelta(days=due["days"]), CLOSING, local.tzinfo), "day"
    shift, clock = (0, due["today"]) if "today" in due else (1, due["tomorrow"])
    day = local.date() + timedelta(days=shift)
    closing = datetime.combine(day, CLOSING, local.tzinfo)
    at = closing if clock == "day" else datetime.combine(day, time.fromisoformat(clock), local.tzinfo)
    if clock != "day" and at > local + timedelta(minutes=5):
        return at, "minute"
    if closing > local:
        return closing, "day"
    return min(local + timedelta(minutes=45), closing.replace(hour=23, minute=59)), "minute"


def drawn_story(data: Mapping[str, Any], owner: str, local: datetime) -> Story:
    """A story written out in a file, placed around `local`."""
    given = data["records"]
    records = []
    for number, each in enumerate(given):
        at = workday(local, each["days"], each["at"])
        if "due" in each:
            due_at, precision = due_of(each["due"], local)
        elif number + 1 < len(given):
            due_at, precision = workday(local, given[number + 1]["days"], given[number + 1]["at"]), "minute"
        else:
            due_at, precision = workday(local, each["done_days"] - 1, "17:00"), "minute"
        done = workday(local, each["done_days"], "16:30") if "done_days" in each else None
        entered = at + (timedelta(hours=26) if each.get("late") else timedelta(minutes=18 + 7 * number))
        records.append(Told(at, entered, _parts(each), each["act"], each["goal"], due_at, precision, done))
    stage_at = entered_stage(data["stage"], local, timedelta(hours=data["left_hours"]))
    facts = {"life_cycle": "interested", **data["facts"]}
    return Story(data["name"], owner, facts, data["contacts"], records, data["stage"], stage_at, data["class"])


def entered_stage(stage: str, local: datetime, left: timedelta) -> datetime:
    """When a customer came into its stage so that about `left` of the limit is left now.

    Limits in days end at closing time, so the nearest such moment is taken; what should be late is late, what
    should have time has some.
    """
    clock = CLOCKS.get(stage, Clock.DAYS)
    starts = [local - timedelta(hours=1 + 6 * number) for number in range(120)]

    def off(start: datetime) -> tuple[bool, timedelta, timedelta]:
        found = time_limits.due_at(start, LIMIT_DAYS[stage], clock, CALENDAR).at - local
        return (found < timedelta()) != (left < timedelta()), abs(found - left), local - start

    return min(starts, key=off)


_TEXTS = (
    "channel", "summary", "summary_blocks", "feedback", "quotes", "needs", "objections", "satisfaction", "kind",
    "template", "topic", "background", "stage_goal", "problem", "handling", "result", "risks", "key_figures",
    "probability", "qa",
)  # fmt: skip


def _parts(each: Mapping[str, Any]) -> dict[str, Any]:
    parts = {name: each[name] for name in _TEXTS if name in each}
    if "attitude" in each:
        parts["attitude_from"], parts["attitude_to"] = each["attitude"]
    return parts


def invented_stories(
    talk: Mapping[str, Any], share: Mapping[str, int], local: datetime, dice: Random, *, scale: int, taken: set[str]
) -> list[Story]:
    """`share[name] * scale` stories for each salesperson, none with a name in `taken`."""
    names = _brands(talk, dice, taken)
    stories = []
    for owner, count in share.items():
        for number in range(count * scale):
            plan = _plan(number, busy=owner != HEROINE)
            stories.append(_Inventor(talk, dice, local).story(owner, next(names), plan))
    return stories


#: How the first customers of a busy salesperson stand today; the rest have a date in the future.
_PLANS = ("overdue", "overdue", "today", "today", "today", "tomorrow", "tomorrow", "silent", "silent")


def _plan(number: int, *, busy: bool) -> str:
    return _PLANS[number] if busy and number < len(_PLANS) else "future"


def _brands(talk: Mapping[str, Any], dice: Random, taken: set[str]) -> Iterator[str]:
    """Firm names without end, each once."""
    pairs = [a + b for a in talk["first"] for b in talk["second"] if a != b]
    dice.shuffle(pairs)
    free = [pair for pair in pairs if not any(pair in name for name in taken)]
    yield from free
    for letter in talk["third"]:
        yield from (letter + pair for pair in free)


def spaced(text: str) -> str:
    """A space between Chinese and figures, as the house writes."""
    text = re.sub(r"(?<=[一-鿿])(?=\d)|(?<=\d)(?=[一-鿿])", " ", text)
    return re.sub(r" {2,}", " ", text)


@dataclass
class _Inventor:
    """Fills the slots of one customer's story."""

    talk: Mapping[str, Any]
    dice: Random
    local: datetime
    slots: dict[str, Any] = field(default_factory=dict)

    def story(self, owner: str, brand: str, plan: str) -> Story:
        dice, talk = self.dice, self.talk
        trade, place = dice.choice(talk["trades"]), dice.choice(talk["places"])
        contact = self._contact()
        self._fill(trade)
        stage = dice.choices(STAGES, weights=(8, 30, 16, 12, 20, 14))[0]
        intent = "" if stage == "lead" else dice.choices("ABC", weights=(3, 5, 2))[0]
        facts = {
            "industry": trade["industry"],
            "source": dice.choice(talk["sources"]),
            "region": place,
            "life_cycle": {"lead": "potential", "needs": "potential", "service": "signed"}.get(stage, "interested"),
            "amount": self.slots["price"] * 1_000_000,
        }
        records = self._records(stage, intent, plan)
        last = records[-1].entered_at
        entered = self.local - timedelta(days=LIMIT_DAYS[stage]) * dice.uniform(0.1, 0.9)
        stage_at = min(max(last, entered), self.local - timedelta(minutes=30))
        name = f"{place[2:] or place}{brand}{dice.choice(trade['kinds'])}有限公司"
        helper = dice.choice(("林晨", "许静")) if stage in ("negotiation", "service") and dice.random() < 0.4 else ""
        return Story(name, owner, facts, [contact], records, stage, stage_at, intent, helper)

    def _contact(self) -> dict[str, Any]:
        dice = self.dice
        surname = dice.choice(self.talk["surnames"])
        title, address = dice.choice(self.talk["titles"])
        self.slots["boss"] = surname + address
        phone = f"1{dice.choice(('38', '39', '36', '50', '58', '77', '86'))}{dice.randrange(10**8):08d}"
        role = {"总": "decider", "厂长": "decider", "经理": "buyer"}.get(address, "influencer")
        return {"name": surname + dice.choice(self.talk["given"]), "title": title, "phone": phone,
                "decision_role": role}  # fmt: skip

    def _fill(self, trade: Mapping[str, Any]) -> None:
        dice = self.dice
        asset = dice.choice(trade["asset"])
        count = dice.randint(*trade["lines"])
        price = max(8, round(count * dice.uniform(0.8, 2.4)))
        self.slots |= {"asset": asset[1:], "unit": asset[0], "n": count, "all": f"{count} {asset}", "price": price}
        self.slots |= {"pain": dice.choice(trade["pain"]), "rival": max(6, price - dice.randint(2, 6))}

    def _records(self, stage: str, intent: str, plan: str) -> list[Told]:
        days = self._days(intent, plan, self.dice.randint(1, 3) if stage == "lead" else self.dice.randint(4, 8))
        moments = [workday(self.local, day, self._clock()) for day in days]
        used: set[str] = set()
        records: list[Told] = []
        signed = len(moments) - 2 - self.slots["n"] % 3 if stage == "service" else -1
        for number, at in enumerate(moments):
            following = moments[number + 1] if number + 1 < len(moments) else None
            reached = STAGES[round(STAGES.index(stage) * (number + 1) / len(moments))]
            # Some write the day after; the desk shows how many write within 24 hours.
            late = days[number] >= 4 and self.dice.random() < 0.03 * days[number] / 7
            topic = self._topic(reached, used)
            if number == signed:
                topic = self._signature(at)
            records.append(self._record(at, following, topic, plan, late=late, first=number == 0))
        return records

    def _days(self, intent: str, plan: str, count: int) -> list[int]:
        """Days ago of each contact, oldest first, at least three days apart."""
        cadence = CADENCE[intent]
        if plan == "silent":
            last = cadence + self.dice.randint(3, 12)
        else:
            last = self.dice.randint(2 if plan == "overdue" else 1, min(cadence - 3, 9))
        days = [last]
        for _ in range(count - 1):
            days.append(days[-1] + self.dice.randint(4, 11))
        return days[::-1]

    def _clock(self) -> str:
        return f"{self.dice.choice((9, 10, 11, 14, 15, 16)):02d}:{self.dice.randrange(0, 60, 5):02d}"

    def _topic(self, stage: str, used: set[str]) -> dict[str, Any]:
        """A talk of that stage that this customer has not had yet, else of a stage before."""
        for each in (stage, *reversed(STAGES[: STAGES.index(stage)]), *STAGES):
            free = [talk for talk in self.talk["stages"][each] if talk["summary"] not in used]
            if free:
                chosen: dict[str, Any] = self.dice.choice(free)
                used.add(chosen["summary"])
                return chosen
        raise AssertionError("more records than talks")

    def _signature(self, at: datetime) -> dict[str, Any]:
        """The record of the day the contract was signed: amount, date, number and time of delivery with it."""
        said = self.talk["won"][self.slots["n"] % len(self.talk["won"])]
        contract = {
            "status": "won",
            "amount": self.slots["price"] * 1_000_000,
            "signed_on": at.date(),
            "contract_number": f"QH{at:%y%m%d}-{self.slots['n']}",
            "delivery_period": "30 天",
        }
        return {**said, "contract": contract}

    def _record(
        self, at: datetime, following: datetime | None, topic: Mapping[str, Any], plan: str, *, late: bool, first: bool
    ) -> Told:
        dice = self.dice
        self.slots |= {"m": dice.randint(2, 6), "days": dice.randint(10, 40)}
        entered = at + (timedelta(hours=26) if late else timedelta(minutes=dice.randint(6, 90)))
        due_at, precision, done = self._due(following, plan)
        parts = self._filled(topic)
        weeks = (self.local - at).days / 7
        if dice.random() < 0.1 + 0.08 * weeks:
            # The team writes better from week to week: the older, the more opinions among the facts.
            parts["summary"] += self._say(dice.choice(self.talk["opinions"]))
        missed = following is None and not first and dice.random() < 0.25
        attempt = dice.choice(("no_answer", "busy")) if missed else ""
        return Told(at, entered, parts, self._say(topic["act"]), topic["goal"], due_at, precision, done, attempt)

    def _due(self, following: datetime | None, plan: str) -> tuple[datetime, Precision, datetime | None]:
        """When the promised step is due: about the next contact, or as `plan` says for the last one."""
        dice, local = self.dice, self.local
        if following is not None:
            return following, "minute", None
        if plan == "silent":
            # Done without a further step: nothing stands on the agenda any more.
            return workday(local, 1, "17:00"), "minute", workday(local, 2, "16:00")
        if plan == "future":
            return workday(local, -dice.randint(4, 11), self._clock()), "minute", None
        choices: dict[str, dict[str, Any]] = {
            "overdue": {"days": -1} if dice.random() < 0.5 else {"hours": -dice.randint(2, 9)},
            "today": {"today": dice.choice(("11:00", "15:00", "16:30", "day"))},
            "tomorrow": {"tomorrow": "day"},
        }
        return *due_of(choices[plan], local), None

    def _filled(self, topic: Mapping[str, Any]) -> dict[str, Any]:
        dice = self.dice
        parts = {
            "channel": topic["channel"],
            "summary": self._say(topic["summary"]),
            "feedback": self._say(topic["feedback"]),
            "quotes": [self._say(topic["feedback"]).strip("“”")],
            "kind": topic.get("kind", "sales"),
        }
        if "need" in topic:
            parts["needs"] = [{"kind": "function", "priority": "core", "text": self._say(topic["need"])}]
        if "objection" in topic:
            parts["objections"] = [{**topic["objection"], "text": self._say(topic["objection"]["text"])}]
        for slug in ("problem", "handling"):
            if slug in topic:
                parts[slug] = self._say(topic[slug])
        if "satisfaction" in topic:
            parts["satisfaction"] = topic["satisfaction"]
        parts |= topic.get("contract", {})
        if dice.random() < 0.5:
            parts["attitude_from"], parts["attitude_to"] = dice.choice(
                (("watching", "interested"), ("interested", "eager"), ("hesitant", "interested"))
            )
        return parts

    def _say(self, text: str) -> str:
        return spaced(text.format(**self.slots))
