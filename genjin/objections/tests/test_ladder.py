"""R-075, R-084: a late answer climbs: remind, alert, copy to the superior, then the one above; nothing falls silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.climbing import climb_all
from genjin.agenda.models import AgendaItem
from genjin.history.models import Event
from genjin.lib import moment
from genjin.notify.models import Notice
from genjin.notify.tasks import remind_all
from genjin.orgs.models import Membership, Organisation
from genjin.schema.models import Option

pytestmark = pytest.mark.usefixtures("no_limits")

#: Raised on Tuesday 10:12, so due on Wednesday 10:12 in Shanghai.
DUE = NOW + timedelta(days=1)
REMIND, COPY, HEAD = DUE - timedelta(hours=4), DUE + timedelta(hours=5), datetime(2026, 11, 26, 2, 12, tzinfo=UTC)
ITEM = "甲公司，答复客户异议（其他）"


@pytest.fixture
def objection(cast: Cast, new_customer: Any) -> int:
    """李销售 has one to answer; the customer's id."""
    pk: int = new_customer(cast.li, "甲公司")
    assert cast.li.post(f"/customers/{pk}/objections", {"kind": "other", "text": "怕换系统麻烦"}).status == 201
    return pk


def at(moment_: datetime, *, minutes: int = 0) -> int:
    with moment.frozen(moment_ + timedelta(minutes=minutes)):
        reminded = remind_all()
        assert isinstance(reminded, int)
        return climb_all() + reminded


def told() -> list[tuple[str, str, str]]:
    rows = Notice.objects.order_by("pk").values_list("member__name", "kind", "zh")
    return list(rows)


def row() -> AgendaItem:
    found: AgendaItem = unscoped(AgendaItem, "test").get(kind="objection", state="open")
    return found


ALL = [
    ("李销售", "before", f"快到时间：{ITEM}，11月25日 10:12"),
    ("李销售", "overdue", f"已逾期：{ITEM}，原定 11月25日 10:12"),
    ("赵主管", "escalated", f"李销售的待办还没办，抄送你：{ITEM}，时限 11月25日 10:12"),
    ("管理员", "escalated", f"李销售的待办还没办，抄送你：{ITEM}，时限 11月25日 10:12"),
]


def test_each_rung_at_its_minute_and_to_the_right_person(cast: Cast, objection: int) -> None:
    """Four working hours after 10:12 is 15:12, over the midday break."""
    assert (row().climb_at, row().tell_at, row().rung) == (REMIND, None, 0)
    for number, due in enumerate((REMIND, DUE, COPY, HEAD)):
        assert at(due, minutes=-1) == 0
        assert told() == ALL[:number]
        assert (at(due), row().rung) == (1, number + 1)
        assert told() == ALL[: number + 1]
        assert at(due) == 0
    assert row().climb_at is None
    events = Event.objects.filter(name="agenda.climbed").order_by("pk").select_related("data")
    after = [each.data.data["after"] for each in events]
    assert [(each["rung"], each["do"], each["asked"], each["to"]) for each in after] == [
        (1, "remind", "owner", [cast.li.id]),
        (2, "alert", "owner", [cast.li.id]),
        (3, "copy", "superior", [cast.zhao.id]),
        (4, "copy", "head", [cast.admin.id]),
    ]
    assert Event.objects.filter(name="agenda.overdue").count() == 1


def test_an_answer_ends_the_climb(cast: Cast, objection: int) -> None:
    at(REMIND)
    (shown,) = cast.li.get(f"/customers/{objection}/objections")["items"]
    assert cast.li.post(f"/objections/{shown['id']}/answer", {"answer": "两天切完"}).status == 200
    done = unscoped(AgendaItem, "test").get(kind="objection", state="done")
    assert (done.climb_at, done.tell_at) == (None, None)
    assert (row().climb_at, row().tell_at is None) == (None, False)  # asking after the outcome
    for due in (DUE, COPY, HEAD):
        at(due)
    assert told() == ALL[:1]


def test_after_three_days_away_in_order_and_bundled(cast: Cast, objection: int) -> None:
    """The owner hears that it is late and not also that it soon will be; each rung is in the log, in order."""
    for number in range(40):
        text = {"kind": "other", "text": f"第 {number} 条"}
        assert cast.li.post(f"/customers/{objection}/objections", text).status == 201
    at(NOW + timedelta(days=4))
    lines = told()
    assert [(name, kind) for name, kind, _ in lines] == [
        ("李销售", "overdue"), ("赵主管", "escalated"), ("管理员", "escalated"),
    ]  # fmt: skip
    assert lines[0][2] == f"有 41 件待办已逾期，最早的是：{ITEM}，原定 11月25日 10:12"
    assert lines[1][2] == f"有 41 件待办上报给你，最早的还没办，抄送你：{ITEM}，时限 11月25日 10:12"
    rungs: dict[int, list[int]] = {}
    for each in Event.objects.filter(name="agenda.climbed").order_by("pk").select_related("data"):
        rungs.setdefault(each.subject_id, []).append(each.data.data["after"]["rung"])
    assert list(rungs.values()) == [[1, 2, 3, 4]] * 41
    assert at(NOW + timedelta(days=5)) == 0
    assert len(told()) == 3


@pytest.mark.parametrize(
    "hours",
    [
        (-5, -3.9, -4.9, -3.9, 0.1, -0.9, 0.1, 6, 5, 30, 29, 80),  # set back an hour after each rung
        (30, -6, 0, 80),  # a day ahead, then right again
        (-30, 100, 0, 101),
    ],
)
def test_whatever_the_clock_does_each_rung_comes_once(cast: Cast, objection: int, hours: tuple[float, ...]) -> None:
    for each in hours:
        at(DUE, minutes=round(60 * each))
    rungs = [each.data.data["after"]["rung"] for each in Event.objects.filter(name="agenda.climbed").order_by("pk")]
    assert rungs == [1, 2, 3, 4]
    assert [line for line in told() if line[0] != "李销售"] == ALL[2:]
    assert told().count(ALL[1]) == 1 and told().count(ALL[0]) <= 1
    assert Notice.objects.values("member", "once").distinct().count() == len(told())


@pytest.fixture
def leave() -> Callable[[Any], None]:
    def gone(person: Any) -> None:
        Membership.objects.filter(pk=person.id).update(active=False)

    return gone


INSTEAD = "（该找的人不在，转给你）"


def test_who_left_is_passed_over_and_it_says_so(cast: Cast, objection: int, leave: Any) -> None:
    """The owner left: his superior hears what he would have heard; the superior left: the one above."""
    leave(cast.li)
    at(DUE)
    assert told() == [("赵主管", "escalated", f"李销售的待办已逾期：{ITEM}，时限 11月25日 10:12{INSTEAD}")]
    leave(cast.zhao)
    at(COPY)
    assert told()[1:] == [("管理员", "escalated", f"李销售的待办还没办，抄送你：{ITEM}，时限 11月25日 10:12{INSTEAD}")]
    at(HEAD)
    assert [name for name, *_ in told()] == ["赵主管", "管理员", "管理员"]


def test_a_kind_says_its_own_ladder(cast: Cast, objection: int) -> None:
    """Data of the team: alert at the limit, a role an hour later, reassigning a working day later; nonsense is left
    out. The to-do to reassign is asked for once and leads to the customer."""
    ladder = [
        {"from": "due", "amount": 0, "clock": "hours", "do": "alert", "to": "owner"},
        {"from": "due", "amount": 1, "clock": "hours", "do": "copy", "to": "role:supervisor"},
        {"from": "due", "amount": 1, "clock": "workdays", "do": "reassign", "to": "superior"},
        {"do": "shout"},
    ]
    Option.objects.filter(org=cast.org, list_name="objection_kind", key="other").update(facts={"ladder": ladder})
    Organisation.objects.update(config_version=F("config_version") + 1)
    at(REMIND)  # the row knew the old ladder: it looks again, finds nothing due and goes on by the new one
    assert (told(), row().climb_at) == ([], DUE)
    at(DUE)
    at(DUE, minutes=60)
    assert [(name, kind) for name, kind, _ in told()] == [("李销售", "overdue"), ("赵主管", "escalated")]
    evening = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
    assert at(evening, minutes=-1) == 0
    at(evening)
    asked = unscoped(AgendaItem, "test").get(source_type="agenda")
    assert (asked.owner_id, asked.act, asked.customer_id, asked.kind) == (
        cast.zhao.id, "改派：答复客户异议（其他）", objection, "task",
    )  # fmt: skip
    assert asked.due_at == datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    assert len(told()) == 2


def test_without_a_ladder_it_is_reminded_of_like_any_other(cast: Cast, new_customer: Any) -> None:
    Option.objects.filter(org=cast.org, list_name="objection_kind", key="other").update(facts={"ladder": []})
    Organisation.objects.update(config_version=F("config_version") + 1)
    pk = new_customer(cast.li, "甲公司")
    assert cast.li.post(f"/customers/{pk}/objections", {"kind": "other", "text": "怕换系统麻烦"}).status == 201
    assert (row().climb_at, row().tell_at) == (None, DUE - timedelta(minutes=30))
    at(DUE, minutes=-30)
    at(DUE)
    at(HEAD)
    assert told() == ALL[:2]
