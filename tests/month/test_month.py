"""A month of a team of thirty with planted stalls, absences, holidays and weekends worked for them: whoever has to hear
of a stall hears of it on the right day, and nobody hears anything else."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from datetime import datetime, time
from random import Random

import pytest

from genjin.agenda.climbing import climb_all
from genjin.agenda.tasks import plan_the_week
from genjin.history.models import Event
from genjin.lib import moment
from genjin.notify import actions, escalating
from genjin.notify.models import Notice
from genjin.notify.tasks import remind_all
from genjin.pools.tasks import return_the_untouched, return_tonight
from tests.month.almanac import DAY, LENGTH, MONTHS, SHANGHAI, local
from tests.month.oracle import Oracle, Told
from tests.month.stories import Act, month, people
from tests.month.team import Team

#: The worker looks each minute; here at these times and before whatever somebody does.
LOOKS = (time(9), time(14), time(18), time(23, 59))


def look() -> None:
    climb_all()
    remind_all()
    return_the_untouched()


def heard(team: Team) -> Counter[Told]:
    """What stands in the inboxes of reminders and reports."""
    names = {pk: name for name, pk in team.members.items()}
    rows = list(Notice.objects.filter(kind__in=("before", "overdue", "escalated")).values_list(
        "member_id", "kind", "once", "at"))  # fmt: skip
    items = [int(once.removeprefix("climbed:").removeprefix(f"{kind}:").split(":")[0]) for _, kind, once, _ in rows]
    about = team.what(set(items))
    return Counter(
        Told(at.astimezone(SHANGHAI).date(), names[member], kind, *about[item])
        for (member, kind, _, at), item in zip(rows, items, strict=True)
    )


def show(team: Team, acts: list[Act], customer: int) -> None:
    """What happened to one customer and its to-dos, for whoever looks for a fault."""
    for act in acts:
        if act.customer == customer:
            print(act.at.strftime("%m-%d %H:%M %a"), act.what, act.who, dict(act.more))
    events = Event.objects.filter(root_id=team.customers[customer], root_type="customer", name__startswith="agenda")
    for event in events.order_by("pk").select_related("data"):
        at = event.at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
        print(at, event.name, event.subject_id, event.data.data["after"])


@pytest.mark.django_db
def test_every_stall_is_told_on_its_day_to_whom_it_concerns(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-075, R-081, R-083, R-084, R-099, R-105, R-111, R-114, R-177, R-186: `GENJIN_MONTH_SEED` plays a month again."""
    seed = int(os.environ.get("GENJIN_MONTH_SEED") or secrets.randbelow(10**9))
    print(f"GENJIN_MONTH_SEED={seed}")
    for module in (actions, escalating):
        monkeypatch.setattr(module, "MOST_EACH", 10_000)  # each to-do in a line of its own, so that it can be counted
    draw = Random(seed)
    first = draw.choice(MONTHS)
    staff = people(draw, first)
    acts = month(draw, staff, first)
    days = [first + number * DAY for number in range(LENGTH)]
    nights = [local(day, time(5, 30)) for day in days]
    clock = [local(day, at) for day in days for at in LOOKS]
    whole: list[tuple[datetime, int, Act | None]] = [(at, 0, None) for at in nights]
    whole += [(act.at, 1, act) for act in acts] + [(at, 2, None) for at in clock]
    with moment.frozen(local(first - 3 * DAY, time(10))):
        team = Team(staff, moment.now())
        team.name_stand_ins(staff)
    for at, what, act in sorted(whole, key=lambda each: each[:2]):
        with moment.frozen(at):
            if what == 0:
                return_tonight(team.org.pk)
                plan_the_week(team.org.pk)
            else:
                look()
            if act is not None:
                team.do(act)
    passes = sorted({act.at for act in acts} | set(clock))
    planned = team.planned(SHANGHAI)
    oracle = Oracle(staff, passes, planned)
    oracle.run(acts, nights)
    told = heard(team)
    missing, more = oracle.told - told, told - oracle.told
    said = [f"seed {seed}, month of {first}", *oracle.wrong, *(f"planned for nothing: {each}" for each in
            sorted(planned.keys() - oracle.plans))]  # fmt: skip
    said += [f"not told: {each}" for each in sorted(missing)] + [f"told for nothing: {each}" for each in sorted(more)]
    if os.environ.get("GENJIN_MONTH_SHOW"):
        show(team, acts, int(os.environ["GENJIN_MONTH_SHOW"]))
    assert len(said) == 1, "\n".join(said[:40])
    assert len(told) > 100, said
