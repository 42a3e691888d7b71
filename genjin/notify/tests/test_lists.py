"""R-080, R-187: the morning and the overdue list of a department: once, for the right people, without phones."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib import moment
from genjin.lib.phones import HIDDEN, without_phones
from genjin.notify.models import Outgoing, Robot
from genjin.notify.rules import list_due
from genjin.notify.tasks import make_lists, send_messages
from genjin.packs.organisation import add_department

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = (
    "13800138000",
    "138 0013 8000",
    "138-0013-8000",
    "+86 138.0013.8000",
    "１３８００１３８０００",
    "0512-65432100",
)


def at(clock: str, day: int = 26) -> Any:
    """The clock stands at this time of Shanghai in November 2026."""
    return moment.frozen(datetime.fromisoformat(f"2026-11-{day:02}T{clock}:00+08:00"))


@pytest.fixture
def robot(cast: Any, group: Any) -> Robot:
    department = cast.zhao.member.department
    return Robot.objects.create(org=cast.org, department=department, kind="wecom", url=group.url, enabled=True)


def todo(person: Any, act: str, due: str, **values: Any) -> int:
    answer = person.post("/agenda", {"act": act, "due_at": f"2026-11-{due}+08:00", **values})
    assert answer.status == 201, answer
    return int(answer["id"])


def work(*clocks: str, day: int = 26) -> None:
    for clock in clocks:
        with at(clock, day):
            make_lists()
            send_messages()


def test_exactly_one_morning_list_arrives(cast: Any, robot: Robot, group: Any, new_customer: Any) -> None:
    """Issue 7: at 8:50, once, one line each, by person; what is late is counted."""
    pk = new_customer(cast.li, "云帆科技")
    todo(cast.li, "发报价", "26T10:00:00", customer_id=pk)
    todo(cast.wang, "约拜访", "26T00:00:00", precision="day")
    todo(cast.li, "催合同", "25T10:00:00")
    todo(cast.li, "明天的事", "27T10:00:00")
    todo(cast.qian, "别的部门的事", "26T10:00:00")
    work("08:49")
    assert group.texts() == []
    work("08:50", "08:51", "11:59", "12:30", "17:29")
    (text,) = group.texts()
    assert text.splitlines()[:4] == [
        "### 销售一部 · 11月26日 待办 2 件",
        "- 李销售 云帆科技：发报价（10:00）",
        "- 王销售 约拜访（今天）",
        "- 另有 2 件已逾期，今天先处理",  # the limit of the new customer's node is one of them
    ]
    assert text.endswith("/today)")
    assert "明天的事" not in text
    assert "别的部门" not in text


def test_the_overdue_list_arrives_in_the_evening(cast: Any, robot: Robot, group: Any) -> None:
    """R-080: what is late at 17:30; a thing for today is late at closing time only."""
    todo(cast.li, "发报价", "26T10:00:00")
    todo(cast.li, "今天的事", "26T00:00:00", precision="day")
    todo(cast.wang, "前天的事", "24T00:00:00", precision="day")
    done = todo(cast.wang, "办完的事", "25T10:00:00")
    assert cast.wang.post(f"/agenda/{done}/done", {"version": 1}).status == 200
    work("17:30", "17:31", "20:59", "21:30")
    (text,) = group.texts()
    assert text.splitlines()[:3] == [
        "### 销售一部 · 11月26日 逾期 2 件",
        "- 李销售 发报价（原定 11月26日 10:00）",
        "- 王销售 前天的事（原定 11月24日）",
    ]
    assert "今天的事" not in text


def test_nothing_to_say_sends_nothing_and_stays_so_for_the_day(cast: Any, robot: Robot, group: Any) -> None:
    work("08:50")
    todo(cast.li, "后来加的", "26T15:00:00")
    work("09:30", "11:00")
    assert group.texts() == []
    assert Outgoing.objects.get().state == "skipped"


def test_after_three_days_off_at_most_one_list_comes(cast: Any, robot: Robot, group: Any) -> None:
    """Security C5: catching up is bounded, and a list of another hour is not sent."""
    todo(cast.li, "发报价", "24T10:00:00")
    todo(cast.li, "回电话", "27T16:00:00")
    work("14:00", day=27)
    assert group.texts() == []
    work("18:10", "18:20", day=27)
    assert len(group.texts()) == 1
    work("08:50", day=28)
    assert len(group.texts()) == 2


def test_a_clock_set_back_sends_nothing_again(cast: Any, robot: Robot, group: Any) -> None:
    todo(cast.li, "发报价", "26T10:00:00")
    work("09:00", "08:00", "08:50", "09:00")
    assert len(group.texts()) == 1


@pytest.mark.parametrize("phone", PHONES)
def test_no_phone_leaves_the_house(cast: Any, robot: Robot, group: Any, new_customer: Any, phone: str) -> None:
    """Issue 7: without customers' phones, wherever somebody typed one."""
    pk = new_customer(cast.li, f"云帆{phone}")
    todo(cast.li, f"打{phone}找王总，2026-11-28 前报价 1200000 元", "26T10:00:00", customer_id=pk)
    work("08:50")
    (text,) = group.texts()
    assert "138" not in text
    assert "65432100" not in text
    assert not re.search(r"\d{8,}", text)
    assert f"云帆{HIDDEN}：打{HIDDEN}找王总，2026-11-28 前报价 1200000 元" in text


@given(st.text(), st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.sampled_from(["", " ", "-", "."]), st.text())
def test_no_mobile_number_survives(before: str, number: str, between: str, after: str) -> None:
    cut = f"{number[:3]}{between}{number[3:7]}{between}{number[7:]}"
    hidden = without_phones(f"{before}，{cut}，{after}")
    assert f"，{cut}，" not in hidden


def test_a_switched_off_robot_and_another_teams_stay_silent(cast: Any, robot: Robot, group: Any) -> None:
    Robot.objects.update(enabled=False)
    todo(cast.li, "发报价", "26T10:00:00")
    work("08:50", "17:30")
    assert (group.texts(), Outgoing.objects.count()) == ([], 0)


def test_a_department_speaks_for_those_below_that_have_no_robot(cast: Any, robot: Robot, group: Any) -> None:
    below = add_department(cast.org, "一组", cast.zhao.member.department)
    cast.wang.member.department = below
    cast.wang.member.save()
    todo(cast.wang, "组里的事", "26T10:00:00")
    work("08:50")
    assert "组里的事" in group.texts()[0]
    Robot.objects.create(org=cast.org, department=below, kind="wecom", url=group.url, enabled=True)
    work("08:50", day=27)
    todo(cast.wang, "又一件", "28T10:00:00")
    work("08:50", day=28)
    assert [text for text in group.texts() if "又一件" in text] == group.texts()[-1:]
    assert group.texts()[-1].startswith("### 一组")


def test_the_organisations_own_time_counts(cast: Any, robot: Robot, group: Any) -> None:
    cast.org.timezone = "Asia/Urumqi"  # two hours behind Shanghai
    cast.org.save()
    todo(cast.li, "发报价", "26T18:00:00")
    work("08:50", "10:49")
    assert group.texts() == []
    work("10:50")
    assert "（16:00）" in group.texts()[0]


@given(st.datetimes())
def test_never_two_lists_at_one_time(local: datetime) -> None:
    kind = list_due(local)
    assert kind in (None, "morning", "overdue")
    assert list_due(local.replace(hour=8, minute=49)) is None
    later = local + timedelta(hours=6) if local.year < 9999 else local
    assert kind is None or list_due(later) != kind
