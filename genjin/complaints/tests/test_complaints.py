"""A complaint is a case: owner, limit, steps, result, the customer's word; shown on the customer (R-149)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.complaints.models import Complaint
from genjin.history.models import Event
from genjin.lib import moment
from genjin.orgs.models import Organisation
from genjin.schema.models import Option

pytestmark = pytest.mark.usefixtures("no_limits")

TEXT = "夜里停机两小时没人接电话"
#: 4 working hours from Tuesday 10:12: 12:00, then 13:00 to 15:12; 8 of them reach Wednesday 10:12; 24 Friday 10:12.
DUE = {
    "urgent": "2026-11-24T07:12:00+00:00",
    "serious": "2026-11-25T02:12:00+00:00",
    "ordinary": "2026-11-27T02:12:00+00:00",
}


def opened(cast: Cast, pk: int, **body: Any) -> int:
    made = cast.li.post(f"/customers/{pk}/complaints", {"text": TEXT, "kind": "service", "level": "urgent", **body})
    assert made.status == 201, made
    return int(made["id"])


def shown(cast: Cast, pk: int) -> dict[str, Any]:
    (found,) = cast.li.get(f"/customers/{pk}/complaints")["items"]
    return dict(found)


def agenda(**conditions: Any) -> list[tuple[int | None, str, str]]:
    rows = unscoped(AgendaItem, "test").filter(source_type="complaint", deleted_at__isnull=True, **conditions)
    return list(rows.order_by("pk").values_list("owner_id", "act", "state"))


@pytest.mark.parametrize("level", ["urgent", "serious", "ordinary"])
def test_each_level_has_its_working_hours(cast: Cast, new_customer: Any, level: str) -> None:
    """R-149, R-111: the limit counts the hours in which the team works."""
    pk = new_customer(cast.li, "甲公司")
    opened(cast, pk, level=level)
    one = shown(cast, pk)
    assert (one["due_at"], one["state"], one["owner"]["id"], one["late"]) == (DUE[level], "open", cast.li.id, False)
    assert agenda() == [(cast.li.id, "处理客户投诉（服务）", "open")]


def test_the_limit_is_data_of_the_level(cast: Cast, new_customer: Any) -> None:
    """R-149: another number of hours, and nonsense, which counts as a working day."""
    for hours, due in ((1, "2026-11-24T03:12:00+00:00"), ("viel", DUE["serious"]), (-3, DUE["serious"])):
        Option.objects.filter(org=cast.org, list_name="complaint_level", key="urgent").update(
            facts={"workhours": hours}
        )
        Organisation.objects.update(config_version=F("config_version") + 1)
        pk = new_customer(cast.li, f"甲公司{hours}")
        opened(cast, pk)
        assert shown(cast, pk)["due_at"] == due


def test_from_the_first_word_to_the_customers_yes(cast: Cast, new_customer: Any) -> None:
    """R-149: open → handling → resolved → confirmed, each step with who and when; the timeline tells it."""
    pk = new_customer(cast.li, "甲公司")
    case = opened(cast, pk, source="phone")
    path = f"/complaints/{case}"
    assert cast.li.post(f"{path}/steps", {"text": "派林工到现场"})["state"] == "handling"
    assert cast.zhao.post(f"{path}/steps", {"text": "给张厂长打电话道歉"}).status == 200
    assert cast.li.post(f"{path}/resolve", {"result": "换了备件，夜班电话改到值班手机"})["state"] == "resolved"
    assert agenda() == [
        (cast.li.id, "处理客户投诉（服务）", "done"),
        (cast.li.id, "问客户对投诉的处理满不满意（服务）", "open"),
    ]
    yes = {"satisfied": True, "words": "处理得快，认可", "on": "2026-11-24"}
    assert cast.li.post(f"{path}/confirm", yes)["state"] == "confirmed"
    assert agenda(state="open") == []
    one = shown(cast, pk)
    assert [(each["by"], each["text"], each["kind"]) for each in one["steps"]] == [
        ("李销售", "派林工到现场", "step"), ("赵主管", "给张厂长打电话道歉", "step"),
    ]  # fmt: skip
    assert one["steps"][0]["at"] == "2026-11-24T02:12:00Z"
    assert (one["result"], one["words"], one["confirmed_on"], one["closed_by"]) == (
        "换了备件，夜班电话改到值班手机", "处理得快，认可", "2026-11-24", "李销售",
    )  # fmt: skip
    names = list(Event.objects.filter(name__startswith="complaint.").order_by("pk").values_list("name", flat=True))
    assert names == ["complaint.opened", "complaint.handled", "complaint.handled", "complaint.resolved",
                     "complaint.confirmed"]  # fmt: skip
    told = {each["sentence"]["zh"] for each in cast.li.get(f"/customers/{pk}/timeline")["items"] if "sentence" in each}
    assert told >= {f"客户投诉：{TEXT}", "处理投诉：派林工到现场", "投诉处理完：换了备件，夜班电话改到值班手机",
                    "客户认可，投诉办结：处理得快，认可"}  # fmt: skip
    done = cast.li.post(f"{path}/steps", {"text": "再说一次"})
    assert (done.status, done["zh"]) == (409, "这件投诉已经办结")


def test_never_closed_without_result_and_the_customers_word(cast: Cast, new_customer: Any) -> None:
    """R-149: what is missing is named, and nothing changes."""
    pk = new_customer(cast.li, "甲公司")
    path = f"/complaints/{opened(cast, pk)}"
    early = cast.li.post(f"{path}/confirm", {"satisfied": True, "words": "好了"})
    assert (early.status, early["zh"]) == (409, "还没有处理结果，先写结果")
    blank = cast.li.post(f"{path}/resolve", {"result": "  "})
    assert (blank.status, blank["field"], blank["zh"]) == (422, "result", "写清处理结果，没有结果不能办结")
    assert cast.li.post(f"{path}/resolve", {"result": "换了备件"}).status == 200
    silent = cast.li.post(f"{path}/confirm", {"satisfied": True, "words": " "})
    assert (silent.status, silent["field"], silent["zh"]) == (422, "words", "写下客户怎么说的")
    for day in ("2026-11-25", "2026-11-23"):
        wrong = cast.li.post(f"{path}/confirm", {"satisfied": True, "words": "好了", "on": day})
        assert (wrong.status, wrong["field"]) == (422, "on")
    again = cast.li.post(f"{path}/resolve", {"result": "又换了"})
    assert (again.status, again["code"]) == (409, "resolved")
    one = shown(cast, pk)
    assert (one["state"], one["result"], one["words"], one["confirmed_on"]) == ("resolved", "换了备件", "", None)


def test_the_customer_says_no(cast: Cast, new_customer: Any) -> None:
    """R-149: it is taken up again with a new limit; the result that was not good enough stays among the steps."""
    pk = new_customer(cast.li, "甲公司")
    path = f"/complaints/{opened(cast, pk)}"
    cast.li.post(f"{path}/resolve", {"result": "换了备件"})
    with moment.frozen(NOW + timedelta(days=1)):
        no = cast.zhao.post(f"{path}/confirm", {"satisfied": False, "words": "昨晚又停了"})
        assert (no.status, no["state"], no["due_at"]) == (200, "handling", "2026-11-25T07:12:00+00:00")
        one = shown(cast, pk)
    assert (one["reopened"], one["result"], one["resolved_by"], one["late"]) == (1, "", "", False)
    (step,) = one["steps"]
    assert (step["kind"], step["text"], step["result"], step["on"], step["by"]) == (
        "refused", "昨晚又停了", "换了备件", "2026-11-25", "赵主管",
    )  # fmt: skip
    assert agenda(state="open") == [(cast.li.id, "处理客户投诉（服务）", "open")]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "投" * 1001}, "text"),
        ({"text": TEXT, "kind": "nothing"}, "kind"),
        ({"text": TEXT, "level": "nothing"}, "level"),
        ({"text": TEXT, "source": "nothing"}, "source"),
        ({"text": TEXT, "contact_id": 10**9}, "contact_id"),
        ({"text": TEXT, "owner_id": 10**9}, "owner_id"),
        ({"text": TEXT, "more": 1}, "more"),
    ],
)
def test_refused(cast: Cast, new_customer: Any, body: dict[str, Any], field: str) -> None:
    pk = new_customer(cast.li, "甲公司")
    refused = cast.li.post(f"/customers/{pk}/complaints", body)
    assert (refused.status, refused["field"], unscoped(Complaint, "test").count()) == (422, field, 0)
    assert agenda() == []


def test_a_tick_closes_none_of_its_rows(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    path = f"/complaints/{opened(cast, pk)}"
    for kind, words in (
        ("complaint", "在客户页的“投诉”里写处理结果，这件事就办完了"),
        ("complaint_ask", "在客户页的“投诉”里记下客户认不认可，这件事就办完了"),
    ):
        (item,) = [each for each in cast.li.get("/agenda")["items"] if each["kind"] == kind]
        ticked = cast.li.post(f"/agenda/{item['id']}/done", {"version": 1})
        assert (ticked.status, ticked["zh"]) == (409, words)
        cast.li.post(f"{path}/resolve", {"result": "换了备件"})


def test_another_level_has_another_limit(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    path = f"/complaints/{opened(cast, pk, level='ordinary')}"
    with moment.frozen(NOW + timedelta(hours=1)):
        assert cast.li.patch(path, {"version": 1, "level": "serious"})["due_at"] == DUE["serious"]
        stale = cast.li.patch(path, {"version": 1, "level": "urgent"})
        unknown = cast.li.patch(path, {"version": 2, "level": "nothing"})
        blank = cast.li.patch(path, {"version": 2, "level": ""})
    assert (stale.status, unknown.status, blank.status, blank["field"]) == (409, 422, 422, "level")
    (item,) = unscoped(AgendaItem, "test").filter(source_type="complaint", state="open", deleted_at__isnull=True)
    assert item.due_at == datetime(2026, 11, 25, 2, 12, tzinfo=UTC)


def test_passing_on_keeps_the_clock(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    path = f"/complaints/{opened(cast, pk)}/pass"
    assert cast.li.post(path, {"owner_id": cast.li.id}).status == 422
    assert cast.li.post(path, {"owner_id": cast.outsider.id}).status == 422
    blind = cast.li.post(path, {"owner_id": cast.wang.id})
    assert (blind.status, blind["zh"]) == (422, "他看不到这家客户，先邀他协作，或者用“求助”问他")
    assert agenda() == [(cast.li.id, "处理客户投诉（服务）", "open")]
    assert cast.li.post(path, {"owner_id": cast.zhao.id, "why": "他管服务"}).status == 200
    assert agenda() == [(cast.zhao.id, "处理客户投诉（服务）", "open")]
    assert shown(cast, pk)["due_at"] == DUE["urgent"]


def test_only_who_handles_it_or_holds_the_customer(cast: Cast, new_customer: Any) -> None:
    """A collaborator sees the case and may not end it."""
    pk = new_customer(cast.li, "甲公司")
    path = f"/complaints/{opened(cast, pk)}"
    assert cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.wang.id}).status == 201
    (seen,) = cast.wang.get(f"/customers/{pk}/complaints")["items"]
    assert (seen["text"], set(seen["can"].values())) == (TEXT, {False})
    refused = cast.wang.post(f"{path}/resolve", {"result": "好了"})
    assert (refused.status, refused["zh"]) == (403, "由处理人或客户的负责人来做")
    assert cast.li.post(f"{path}/pass", {"owner_id": cast.wang.id}).status == 200
    assert cast.wang.post(f"{path}/resolve", {"result": "好了"}).status == 200


def test_the_list_with_its_filters(cast: Cast, new_customer: Any) -> None:
    """R-149: open, overdue, mine, team and done, each with its number; what waits longest first."""
    first, second = new_customer(cast.li, "甲公司"), new_customer(cast.wang, "乙公司")
    far = new_customer(cast.qian, "丙公司")
    slow = opened(cast, first, level="ordinary")
    fast = cast.wang.post(f"/customers/{second}/complaints", {"text": "发错型号", "level": "urgent"})["id"]
    away = cast.qian.post(f"/customers/{far}/complaints", {"text": "发票抬头错了", "level": "urgent"})["id"]
    with moment.frozen(NOW + timedelta(hours=8)):
        page = cast.zhao.get("/complaints")
        assert [(each["id"], each["customer"]["name"], each["late"]) for each in page["items"]] == [
            (fast, "乙公司", True), (slow, "甲公司", False),
        ]  # fmt: skip
        assert page["counts"] == {"open": 2, "overdue": 1, "mine": 0, "team": 2, "done": 0}
        assert [each["id"] for each in cast.zhao.get("/complaints", which="overdue")["items"]] == [fast]
        assert [each["id"] for each in cast.zhao.get("/complaints", level="ordinary")["items"]] == [slow]
        assert [each["id"] for each in cast.li.get("/complaints", which="mine")["items"]] == [slow]
        assert cast.admin.get("/complaints")["counts"]["open"] == 3
        paged = cast.admin.get("/complaints", limit=2)
        rest = cast.admin.get("/complaints", limit=2, cursor=paged["next"])
        assert [each["id"] for each in [*paged["items"], *rest["items"]]] == [fast, away, slow]
        assert cast.li.get("/complaints", which="nothing").status == 422
    cast.li.post(f"/complaints/{slow}/resolve", {"result": "换了"})
    cast.li.post(f"/complaints/{slow}/confirm", {"satisfied": True, "words": "可以"})
    assert [each["id"] for each in cast.li.get("/complaints", which="done")["items"]] == [slow]
