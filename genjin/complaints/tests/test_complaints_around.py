"""What hangs around a complaint: ladder, exceptions, notices, pool, transfer, merge, leaving (R-149, R-157, R-158)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.climbing import climb_all
from genjin.agenda.models import AgendaItem
from genjin.complaints.models import Complaint
from genjin.complaints.reactions import unconfirmed
from genjin.history.models import Event
from genjin.lib import moment
from genjin.notify.followers import tell
from genjin.notify.models import Notice
from genjin.notify.tasks import remind_all
from genjin.pools.holding import held_back

pytestmark = pytest.mark.usefixtures("no_limits")

TEXT = "夜里停机两小时没人接电话"
DUE = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)


@pytest.fixture
def case(cast: Cast, new_customer: Any) -> tuple[int, int]:
    """李销售's customer and its urgent complaint."""
    pk = new_customer(cast.li, "甲公司")
    made = cast.li.post(f"/customers/{pk}/complaints", {"text": TEXT, "kind": "quality", "level": "urgent"})
    assert made.status == 201, made
    return pk, int(made["id"])


def told(kind: str = "") -> list[tuple[str, str]]:
    rows = Notice.objects.order_by("pk")
    return list((rows.filter(kind=kind) if kind else rows).values_list("member__name", "zh"))


def at(when: datetime) -> None:
    with moment.frozen(when):
        remind_all()
        climb_all()


def test_it_climbs_until_somebody_solves_it(cast: Cast, case: tuple[int, int]) -> None:
    """R-149, R-075: the owner an hour before and at the limit, his superior two working hours later, the head a day
    after it; a result ends the climb."""
    item = "甲公司，处理客户投诉（产品质量）"
    for when in (DUE - timedelta(hours=1), DUE, datetime(2026, 11, 24, 9, 12, tzinfo=UTC), DUE + timedelta(days=1)):
        at(when)
    assert told() == [
        ("李销售", f"快到时间：{item}，11月24日 15:12"),
        ("李销售", f"已逾期：{item}，原定 11月24日 15:12"),
        ("赵主管", f"李销售的待办还没办，抄送你：{item}，时限 11月24日 15:12"),
        ("管理员", f"李销售的待办还没办，抄送你：{item}，时限 11月24日 15:12"),
    ]
    assert cast.li.post(f"/complaints/{case[1]}/resolve", {"result": "换了备件"}).status == 200
    row = unscoped(AgendaItem, "test").get(kind="complaint_ask")
    assert (row.climb_at, row.state) == (None, "open")


def test_it_stands_among_the_exceptions_until_it_is_solved(cast: Cast, case: tuple[int, int]) -> None:
    """R-149, R-114: with whom it waits for; what waits for the customer's word is no exception."""
    with moment.frozen(DUE + timedelta(hours=1)):
        (row,) = cast.zhao.get("/exceptions", kind="complaint")["items"]
        assert (row["reason"]["key"], row["evidence"]["zh"]) == ("solve", "11月24日记下，等李销售处理")
        moved = cast.zhao.post(
            "/exceptions/postpone",
            {"items": [{"id": row["id"], "version": row["version"]}], "due_at": "2026-11-30T02:00:00Z", "why": "忙"},
        )
        assert moved.status in (409, 422)
        cast.li.post(f"/complaints/{case[1]}/resolve", {"result": "换了备件"})
    with moment.frozen(DUE + timedelta(days=9)):
        assert cast.zhao.get("/exceptions", kind="complaint")["items"] == []


def test_supervisors_hear_of_a_grave_one_and_of_a_no(cast: Cast, case: tuple[int, int]) -> None:
    """R-149: without its words; an ordinary one is the owner's matter."""
    tell(list(Event.objects.order_by("pk").select_related("data")))
    assert told("assigned") == [("赵主管", "甲公司 投诉（紧急，产品质量）")]
    cast.li.post(f"/customers/{case[0]}/complaints", {"text": "发票抬头错了", "kind": "billing"})
    tell(list(Event.objects.order_by("pk").select_related("data")))
    assert len(told("assigned")) == 1
    path = f"/complaints/{case[1]}"
    cast.zhao.post(f"{path}/resolve", {"result": "换了备件"})
    cast.li.post(f"{path}/confirm", {"satisfied": False, "words": "又停了"})
    tell(list(Event.objects.order_by("pk").select_related("data")))
    assert [each for each in told("assigned")[1:] if "派给你" not in each[1]] == [
        ("李销售", "赵主管 处理完 甲公司 的投诉（紧急，产品质量）"),
        ("赵主管", "甲公司 不认可投诉的处理（紧急，产品质量），重新处理"),
    ]


def test_it_holds_its_customer_back_from_the_pool(cast: Cast, case: tuple[int, int]) -> None:
    """R-149: until the customer has said yes."""
    pk, complaint = case
    assert held_back(cast.org.pk, [pk])[pk] == ("有投诉没办结", "a complaint is open")
    cast.li.post(f"/complaints/{complaint}/resolve", {"result": "换了备件"})
    assert unconfirmed(cast.org.pk, [pk]) == {pk: ("有投诉没办结", "a complaint is open")}
    cast.li.post(f"/complaints/{complaint}/confirm", {"satisfied": True, "words": "可以"})
    assert unconfirmed(cast.org.pk, [pk]) == {}


def test_it_goes_with_the_customer(cast: Cast, case: tuple[int, int], new_customer: Any) -> None:
    """R-158: a new owner has to solve what the former one had to; a merge takes it to the survivor."""
    pk, complaint = case
    contact = cast.li.get(f"/customers/{pk}")["contacts"][0]["id"]
    unscoped(Complaint, "test").filter(pk=complaint).update(contact_id=contact)
    assert cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id}).status == 200
    row = unscoped(Complaint, "test").get()
    item = unscoped(AgendaItem, "test").get(kind="complaint")
    assert (row.owner_id, item.owner_id, row.due_at) == (cast.wang.id, cast.wang.id, DUE)
    other = new_customer(cast.wang, "甲公司（旧）")
    assert cast.wang.post("/customers/merge", {"ids": [pk, other], "into": other}).status == 200
    (shown,) = cast.wang.get(f"/customers/{other}/complaints")["items"]
    assert (shown["text"], shown["contact"]["name"]) == (TEXT, "王建国")


def test_who_leaves_hands_on_what_a_colleague_had_given_him(cast: Cast, case: tuple[int, int]) -> None:
    """R-157: it goes with its to-do."""
    assert cast.li.post(f"/complaints/{case[1]}/pass", {"owner_id": cast.zhao.id}).status == 200
    gone = cast.admin.post(f"/members/{cast.zhao.id}/handover", {"member_ids": [cast.wang.id], "leave": True})
    assert gone.status == 200, gone
    row = unscoped(Complaint, "test").get()
    item = unscoped(AgendaItem, "test").get(kind="complaint", state="open", deleted_at=None)
    assert row.owner_id == item.owner_id == cast.wang.id


def test_the_brief_of_a_handover_names_it(cast: Cast, case: tuple[int, int]) -> None:
    """R-158: whoever takes over reads it before he confirms."""
    made = cast.li.post("/handovers", {"customer_ids": [case[0]], "to_member_id": cast.wang.id})
    shown = cast.li.get(f"/handovers/{made['id']}/customers/{case[0]}")
    sections = {each["key"]: each["items"] for each in shown["sections"]}
    assert [each["text"] for each in sections["objections"]] == [f"投诉：“{TEXT}”"]
    assert NOW < DUE
