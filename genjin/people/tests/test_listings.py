"""The lists of records and to-dos under saved views: the same tabs, filters, orders and exports as customers'."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast, Person
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.exchange.export_rows import rows_of
from genjin.followups.models import FollowUp
from genjin.lib import moment
from genjin.people.models import SavedView

WECHAT = {"field": "channel", "op": "eq", "value": "wechat"}


def log(person: Person, customer: int, good: dict[str, Any], **more: Any) -> int:
    answer = person.post("/followups", {"customer_id": customer, **good, **more})
    assert answer.status == 201, answer
    return int(answer["id"])


def ids(answer: Any) -> list[int]:
    assert answer.status == 200, answer
    return [each["id"] for each in answer["items"]]


def counts(person: Person, path: str) -> dict[str, int]:
    return {each["key"]: each["count"] for each in person.get(f"{path}/views")["items"]}


@pytest.fixture
def records(cast: Cast, new_customer: Any, good: Any) -> dict[str, int]:
    mine, theirs = new_customer(cast.li, "苏州恒锐机械有限公司"), new_customer(cast.wang, "甲公司")
    return {
        "old": log(cast.li, mine, good, contact_at="2026-11-20T02:00:00Z"),
        "new": log(cast.li, mine, good, channel="wechat", contact_at="2026-11-24T01:00:00Z"),
        "wang": log(cast.wang, theirs, good, contact_at="2026-11-23T02:00:00Z"),
    }


def test_the_list_of_records_has_views_orders_search_and_counts(cast: Cast, records: dict[str, int]) -> None:
    """R-022, R-162: within what one may see."""
    old, new, wang = records["old"], records["new"], records["wang"]
    assert ids(cast.li.get("/followups", view="mine")) == [new, old]
    assert ids(cast.zhao.get("/followups", view="team")) == [new, wang, old]
    assert ids(cast.zhao.get("/followups", view="team", sort="contact_at")) == [old, wang, new]
    assert ids(cast.zhao.get("/followups", view="team", sort="-entered_at")) == [wang, new, old]
    assert ids(cast.zhao.get("/followups", q="szhr")) == [new, old]
    assert ids(cast.li.get("/followups", q="甲公司")) == []
    page = cast.zhao.get("/followups", view="team", count=True, limit=2)
    assert (ids(page), page["total"], page["total_capped"]) == ([new, wang], 3, False)
    assert ids(cast.zhao.get("/followups", view="team", limit=2, cursor=page["next"])) == [old]
    assert counts(cast.zhao, "/followups") == {"mine": 0, "week": 2, "submitted": 3, "returned": 0, "team": 3}
    assert counts(cast.li, "/followups")["team"] == 2


@pytest.mark.parametrize(("query", "field"), [({"view": "x"}, "view"), ({"sort": "name"}, "sort")])
@pytest.mark.parametrize("path", ["/followups", "/agenda"])
def test_a_view_or_order_that_is_none_is_refused(cast: Cast, path: str, query: Any, field: str) -> None:
    answer = cast.li.get(path, **query)
    assert (answer.status, answer["field"]) == (422, field)


@pytest.mark.parametrize("sort", ["score", "-contact_at", "contact_at", "-entered_at"])
@pytest.mark.parametrize("who", ["zhao", "li"])
def test_pages_of_every_order_hold_each_record_once(cast: Cast, records: dict[str, int], who: str, sort: str) -> None:
    """C7: also of whoever sees few of many, whose rows are found first and sorted then; blanks come last."""
    unscoped(FollowUp, "test").filter(pk=records["old"]).update(score=None)
    person = getattr(cast, who)
    whole = ids(person.get("/followups", view="team", sort=sort))
    found, cursor = [], ""
    for _ in whole:
        page = person.get("/followups", view="team", sort=sort, limit=1, cursor=cursor)
        found += ids(page)
        cursor = page["next"] or ""
    assert (found, cursor) == (whole, "")
    assert set(whole) == set(records.values()) - ({records["wang"]} if who == "li" else set())


@pytest.mark.parametrize(
    ("who", "view", "walked"), [("zhao", "team", True), ("zhao", "mine", False), ("li", "team", False)]
)
def test_an_index_sorts_by_quality_for_whoever_sees_the_whole_team(
    cast: Cast, records: dict[str, int], who: str, view: str, walked: bool
) -> None:
    """C7: 500,000 records of a team are not read to show fifty; those of one person are, the others' are not."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans a small table otherwise")
    with CaptureQueriesContext(connection) as queries:
        ids(getattr(cast, who).get("/followups", view=view, sort="score"))
    (statement,) = [each["sql"] for each in queries.captured_queries if " NULLS LAST" in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        plan = str(cursor.fetchall())
    sorted_after = "USE TEMP B-TREE FOR ORDER BY" in plan
    assert (sorted_after, "INDEX followup_score" in plan and not sorted_after) == (not walked, walked), plan


def test_a_saved_view_of_records_is_a_tab_and_its_export_the_same_rows(cast: Cast, records: dict[str, int]) -> None:
    """R-022: shared by role, opened by whoever holds it within his own scope, exported as it is shown."""
    body = {"record_type": "followup", "name": "微信的", "filter": WECHAT, "sort": "contact_at",
            "columns": [{"key": "contacted_by"}, {"key": "quotes", "width": 300}, {"key": "contact"}]}  # fmt: skip
    kept = cast.zhao.post("/views", body)
    assert kept.status == 201
    share = {"version": 1, "shared": "roles", "roles": ["rep"]}
    assert cast.zhao.post(f"/views/{kept['id']}/share", share).status == 200
    view = str(kept["id"])
    assert counts(cast.li, "/followups")[view] == 1 and counts(cast.wang, "/followups")[view] == 0
    assert view not in counts(cast.li, "/customers") and view not in counts(cast.li, "/agenda")
    assert ids(cast.li.get("/followups", view=view)) == [records["new"]]
    assert cast.li.get("/customers", view=view).status == 404
    request = {"record_type": "followup", "view": view}
    assert cast.li.post("/exports", request).status == 201
    assert [row.pk for row in rows_of(cast.li.actor, request, moment.now())] == [records["new"]]
    assert cast.outsider.post("/exports", request).status == 404
    assert cast.li.post("/exports", {"record_type": "contact", "view": view})["field"] == "view"


def test_a_record_view_whose_field_one_may_not_read_opens_with_the_rest(cast: Cast, records: dict[str, int]) -> None:
    """R-166: neither filter nor order of a shared view tells of a hidden field."""
    low = {"field": "score", "op": "lt", "value": 101}
    body = {"record_type": "followup", "name": "质量", "base": "mine", "filter": low, "sort": "score"}
    pk = cast.zhao.post("/views", body)["id"]
    cast.zhao.post(f"/views/{pk}/share", {"version": 1, "shared": "all"})
    Role.objects.filter(org=cast.org, key="rep").update(fields={"followup": {"score": "hidden"}})
    cast.admin.patch(f"/members/{cast.wang.id}", {"name": "王销售"})
    page = cast.li.get("/followups", view=str(pk))
    assert ids(page) == [records["new"], records["old"]]
    assert page["left_out"]["zh"] == "这个视图用到的“记录质量”已经没有了，或者你不能看，先按剩下的打开"
    assert cast.li.get("/followups/views")["sorts"] == ["-contact_at", "contact_at", "-entered_at"]
    assert cast.li.get("/followups", sort="score")["field"] == "sort"
    assert cast.li.get("/followups", filter=orjson.dumps(low).decode()).status == 400


def test_the_second_to_change_a_view_of_records_is_told(cast: Cast) -> None:
    pk = cast.li.post("/views", {"record_type": "followup", "name": "微信的", "filter": WECHAT})["id"]
    assert cast.li.patch(f"/views/{pk}", {"version": 1, "sort": "contact_at"}).status == 200
    answer = cast.li.patch(f"/views/{pk}", {"version": 1, "sort": "score"})
    assert answer.status == 409 and SavedView.objects.get(pk=pk).sort == "contact_at"


@pytest.mark.usefixtures("no_limits")
def test_the_list_of_todos_has_views_too(cast: Cast, new_customer: Any) -> None:
    """R-022: whose and in which state a tab says; a saved view stands on one of them."""
    pk = new_customer(cast.li, "甲公司")
    made = {}
    for act, due in (("打电话", "2026-11-25T02:00:00Z"), ("寄样品", "2026-12-25T02:00:00Z")):
        answer = cast.li.post("/agenda", {"customer_id": pk, "act": act, "due_at": due})
        made[act] = int(answer["id"])
    assert cast.li.post(f"/agenda/{made['打电话']}/done", {"version": 1}).status == 200
    assert ids(cast.li.get("/agenda", view="mine")) == [made["寄样品"]]
    assert ids(cast.li.get("/agenda", view="done")) == [made["打电话"]]
    assert ids(cast.zhao.get("/agenda", view="mine")) == []
    assert ids(cast.zhao.get("/agenda", view="team", q="jgs")) == [made["寄样品"]]
    late = {"field": "due_at", "op": "gte", "value": {"relative": "+7d"}}
    body = {"record_type": "agenda", "name": "以后的", "base": "team", "filter": late, "sort": "-due_at"}
    view = str(cast.zhao.post("/views", body)["id"])
    assert counts(cast.zhao, "/agenda") == {"mine": 0, "asked": 0, "department": 0, "team": 1, "done": 0, view: 1}
    assert ids(cast.zhao.get("/agenda", view=view)) == [made["寄样品"]]
    rows = rows_of(cast.zhao.actor, {"record_type": "agenda", "view": view}, moment.now())
    assert [row.pk for row in rows] == [made["寄样品"]]
    assert cast.li.get("/agenda", view=view).status == 404


def test_tabs_cost_the_same_however_many_rows_there_are(
    cast: Cast, records: dict[str, int], django_assert_max_num_queries: Any
) -> None:
    cast.zhao.get("/followups/views")
    for path in ("/followups/views", "/agenda/views"):
        with django_assert_max_num_queries(6):
            assert cast.zhao.get(path).status == 200


def test_whoever_may_share_arranges_the_tabs_of_a_role(cast: Cast) -> None:
    """R-162: which shared views a role has, in which order, which first; his own and what others share with roles."""
    own = cast.zhao.post("/views", {"record_type": "followup", "name": "微信的", "filter": WECHAT})["id"]
    private = cast.li.post("/views", {"record_type": "followup", "name": "李的", "filter": WECHAT})["id"]
    for person in (cast.li, cast.wang, cast.qian):
        assert person.get("/views/role", record_type="followup", role="rep").status == 403
    assert cast.zhao.get("/views/role", record_type="followup", role="gone")["field"] == "roles"
    assert cast.zhao.get("/views/role", record_type="contact", role="rep")["field"] == "record_type"
    before = cast.zhao.get("/views/role", record_type="followup", role="rep")
    assert ([each["id"] for each in before["items"]], before["keys"]) == ([own], [])
    share = {"version": 1, "shared": "roles", "roles": ["rep"]}
    assert cast.zhao.post(f"/views/{own}/share", share).status == 200
    order = {"record_type": "followup", "keys": [str(own), "week"], "role": "rep"}
    assert cast.zhao.put("/views/order", order).status == 200
    assert cast.admin.get("/views/role", record_type="followup", role="rep")["keys"] == [str(own), "week"]
    assert [each["key"] for each in cast.wang.get("/followups/views")["items"]][:2] == [str(own), "week"]
    assert [each["key"] for each in cast.zhao.get("/followups/views")["items"]][:2] == ["mine", "week"]
    assert cast.wang.get("/session")["tabs"] == {"followup": str(own)}
    assert str(private) not in counts(cast.wang, "/followups")
    for role in ("supervisor", "admin"):
        assert cast.zhao.get("/views/role", record_type="followup", role=role)["keys"] == []
