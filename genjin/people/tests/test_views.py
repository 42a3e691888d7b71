"""Saved views: kept, shared, arranged; opened without what is gone."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from conftest import Cast, Person
from genjin.access.models import Role
from genjin.customers.fields import CUSTOMER
from genjin.history.models import Event
from genjin.people.models import SavedView, TabOrder
from genjin.people.view_rules import MOST_VIEWS

SOFTWARE = {"field": "industry", "op": "eq", "value": "software"}
VIEW = {
    "record_type": "customer",
    "name": "软件业",
    "base": "mine",
    "filter": {"and": [SOFTWARE]},
    "sort": "-amount",
    "columns": [{"key": "next_due_at", "width": 240}, {"key": "rhythm"}, {"key": "amount", "width": None}],
    "density": "tight",
    "layout": "board",
    "board_by": "life_cycle",
}


def make(person: Person, **more: Any) -> int:
    answer = person.post("/views", {**VIEW, **more})
    assert answer.status == 201, answer
    return int(answer["id"])


def seen(person: Person, record_type: str = "customer") -> dict[str, Any]:
    return {each["name"]: each for each in person.get("/views", record_type=record_type)["items"]}


def ids(answer: Any) -> list[int]:
    assert answer.status == 200, answer
    return [each["id"] for each in answer["items"]]


def test_a_view_is_kept_whole_and_is_a_tab_with_its_count(cast: Cast, new_customer: Any) -> None:
    """R-022, R-162: the same list for whoever opens it, within what he may see."""
    software = new_customer(cast.li, "甲软件有限公司", industry="software")
    new_customer(cast.li, "乙物流有限公司", industry="logistics")
    pk = make(cast.li)
    view = seen(cast.li)["软件业"]
    assert {name: view[name] for name in ("base", "filter", "sort", "density", "layout", "board_by")} == {
        name: VIEW[name] for name in ("base", "filter", "sort", "density", "layout", "board_by")
    }
    assert view["columns"] == [{"key": "next_due_at", "width": 240}, {"key": "rhythm", "width": None},
                               {"key": "amount", "width": None}]  # fmt: skip
    assert view["can"] == {"change": True, "share": False} and view["left_out"] is None
    tab = cast.li.get("/customers/views")["items"][-1]
    assert (tab["key"], tab["count"], tab["label"]) == (str(pk), 1, {"zh": "软件业", "en": "软件业"})
    assert tab["saved"] == view
    assert ids(cast.li.get("/customers", view=str(pk))) == [software]


def test_nobody_else_knows_of_a_view_that_is_not_shared(cast: Cast) -> None:
    pk = make(cast.li)
    for person in (cast.wang, cast.zhao, cast.admin, cast.outsider):
        assert seen(person) == {}
        assert person.get("/customers", view=str(pk)).status == 404
        assert person.patch(f"/views/{pk}", {"version": 1, "name": "x"}).status == 404
    assert SavedView.objects.get().name == "软件业"


def test_a_view_is_shared_with_roles_or_all(cast: Cast) -> None:
    """Only who may share shares; the others open it and keep a copy."""
    pk = make(cast.zhao)
    assert cast.li.post(f"/views/{pk}/share", {"version": 1, "shared": "all"}).status == 403
    body = {"version": 1, "shared": "roles", "roles": ["rep"]}
    assert cast.zhao.post(f"/views/{pk}/share", body).status == 200
    assert seen(cast.li)["软件业"]["can"] == {"change": False, "share": False}
    assert seen(cast.li)["软件业"]["tab"] and seen(cast.outsider) == {}
    # Who may share sees it to change it, but it is no tab of his.
    assert seen(cast.admin)["软件业"]["tab"] is False and seen(cast.admin)["软件业"]["can"]["change"]
    assert "软件业" not in [each["label"]["zh"] for each in cast.admin.get("/customers/views")["items"]]
    refused = cast.li.patch(f"/views/{pk}", {"version": 2, "name": "我的"})
    assert refused.status == 403 and "赵主管" in refused["zh"] and "另存" in refused["zh"]
    assert SavedView.objects.get().name == "软件业"
    assert cast.zhao.post(f"/views/{pk}/share", {"version": 2, "shared": "nobody"}).status == 200
    assert seen(cast.li) == {} and SavedView.objects.get().roles == []


@pytest.mark.parametrize("roles", [[], ["nobody_here"]])
def test_roles_that_are_none_are_refused(cast: Cast, roles: list[str]) -> None:
    pk = make(cast.zhao)
    answer = cast.zhao.post(f"/views/{pk}/share", {"version": 1, "shared": "roles", "roles": roles})
    assert (answer.status, answer["field"]) == (422, "roles")
    assert SavedView.objects.get().shared == "nobody"


def test_a_view_is_changed_under_its_version_and_removed(cast: Cast) -> None:
    pk = make(cast.li)
    assert cast.li.patch(f"/views/{pk}", {"version": 1, "name": "软件", "filter": None}).status == 200
    view = seen(cast.li)["软件"]
    assert view["filter"] is None and view["version"] == 2 and view["sort"] == "-amount"
    late = cast.li.patch(f"/views/{pk}", {"version": 1, "sort": "name"})
    assert late.status == 409 and late["version"] == 2
    assert cast.li.delete(f"/views/{pk}").status == 204
    assert not SavedView.objects.exists() and cast.li.delete(f"/views/{pk}").status == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "长" * 41}, "name"),
        ({"name": "空\x00"}, None),
        ({"record_type": "contact"}, "record_type"),
        ({"record_type": "nothing"}, "record_type"),
        ({"base": "secret"}, "base"),
        ({"sort": "owner__password"}, "sort"),
        ({"columns": [{"key": "nothing"}]}, "columns"),
        ({"columns": [{"key": "stage"}, {"key": "stage"}]}, "columns"),
        ({"columns": [{"key": "stage", "width": 1}]}, None),
        ({"board_by": "owner"}, "board_by"),
        ({"density": "x"}, "density"),
        ({"filter": {"field": "nothing", "op": "eq", "value": 1}}, "nothing"),
        ({"filter": {"field": "amount", "op": "gt", "value": "x"}}, "amount"),
        ({"filter": [1]}, None),
        ({"filter": "x"}, None),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_view_that_no_list_could_open_is_refused(cast: Cast, change: dict[str, Any], field: str | None) -> None:
    answer = cast.li.post("/views", {**VIEW, **change})
    assert answer.status in (400, 422) and answer["zh"], answer
    if field is not None:
        assert answer["field"] == field, answer
    assert not SavedView.objects.exists()


def test_a_name_is_given_once_and_views_are_not_endless(cast: Cast) -> None:
    make(cast.li)
    again = cast.li.post("/views", VIEW)
    assert (again.status, again["field"]) == (409, "name")
    make(cast.wang)
    for number in range(MOST_VIEWS - 1):
        make(cast.li, name=f"视图{number}")
    full = cast.li.post("/views", {**VIEW, "name": "多一个"})
    assert (full.status, full["code"]) == (409, "full")


def test_a_board_of_what_has_none_is_refused(cast: Cast) -> None:
    body = {"record_type": "followup", "name": "质量低", "filter": {"field": "score", "op": "lt", "value": 60}}
    assert cast.li.post("/views", {**body, "layout": "board"})["field"] == "layout"
    assert cast.li.post("/views", body).status == 201
    assert list(seen(cast.li, "followup")) == ["质量低"] and seen(cast.li) == {}


@pytest.mark.usefixtures("no_limits")
def test_views_of_todos_open_the_list_of_todos(cast: Cast, new_customer: Any) -> None:
    """The agenda takes the same expression as the other lists."""
    pk = new_customer(cast.li, "甲公司")
    for act, due in (("打电话", "2026-11-25T02:00:00Z"), ("寄样品", "2026-12-25T02:00:00Z")):
        assert cast.li.post("/agenda", {"customer_id": pk, "act": act, "due_at": due}).status == 201
    near = {"field": "due_at", "op": "lte", "value": {"relative": "+7d"}}
    body = {"record_type": "agenda", "name": "七天内", "filter": near, "sort": "due_at", "columns": [{"key": "act"}]}
    assert cast.li.post("/views", body).status == 201
    kept = orjson.dumps(seen(cast.li, "agenda")["七天内"]["filter"]).decode()
    assert [each["act"] for each in cast.li.get("/agenda", filter=kept)["items"]] == ["打电话"]


def test_a_view_whose_field_vanished_opens_with_one_sentence(
    cast: Cast, new_customer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left of the filter holds; field and column are named as they were called when the view was kept."""
    software = new_customer(cast.li, "甲软件有限公司", industry="software", region="苏州")
    new_customer(cast.li, "乙物流有限公司", industry="logistics", region="苏州")
    region = {"field": "region", "op": "eq", "value": "上海"}
    pk = make(cast.li, filter={"and": [SOFTWARE, {"or": [region]}]}, columns=[{"key": "region"}, {"key": "stage"}])
    fields = tuple(each for each in CUSTOMER.fields if each.slug != "region")
    monkeypatch.setitem(CUSTOMER.__dict__, "fields", fields)
    monkeypatch.delitem(CUSTOMER.by_slug, "region")
    view = seen(cast.li)["软件业"]
    assert view["filter"] == {"and": [SOFTWARE]} and [each["key"] for each in view["columns"]] == ["stage"]
    assert view["left_out"] == {
        "zh": "这个视图用到的“地区”已经没有了，或者你不能看，先按剩下的打开",
        "en": "This view uses region, which is gone or not yours to read; it opens with the rest",
    }
    assert ids(cast.li.get("/customers", view=str(pk))) == [software]
    assert cast.li.get("/customers", view=str(pk))["left_out"] == view["left_out"]
    assert (
        cast.li.patch(f"/views/{pk}", {"version": 1, "filter": SOFTWARE, "columns": [{"key": "stage"}]}).status == 200
    )
    assert seen(cast.li)["软件业"]["left_out"] is None


def test_a_field_that_one_may_not_read_is_left_out_for_him_alone(cast: Cast, new_customer: Any) -> None:
    """R-166: neither filter nor order nor column of a shared view tells of a hidden field."""
    new_customer(cast.li, "甲公司", amount=900)
    dear = {"field": "amount", "op": "gte", "value": 100000}
    pk = make(cast.zhao, filter=dear, base="")
    assert cast.zhao.post(f"/views/{pk}/share", {"version": 1, "shared": "all"}).status == 200
    Role.objects.filter(org=cast.org, key="rep").update(fields={"customer": {"amount": "hidden"}})
    cast.admin.patch(f"/members/{cast.wang.id}", {"name": "王销售"})
    view = seen(cast.li)["软件业"]
    assert (view["filter"], view["sort"]) == (None, "")
    assert "amount" not in [each["key"] for each in view["columns"]] and "预计金额" in view["left_out"]["zh"]
    assert len(ids(cast.li.get("/customers", view=str(pk)))) == 1
    assert seen(cast.zhao)["软件业"]["left_out"] is None and ids(cast.zhao.get("/customers", view=str(pk))) == []
    assert cast.li.post("/views", {**VIEW, "sort": "-amount"})["field"] == "sort"
    assert cast.li.post("/views", {**VIEW, "sort": "", "filter": dear}).status == 400


def test_tabs_stand_in_ones_own_order_else_in_that_of_the_role(cast: Cast) -> None:
    def tabs(person: Person) -> list[str]:
        return [each["key"] for each in person.get("/customers/views")["items"]]

    pk = str(make(cast.li))
    natural = tabs(cast.li)
    assert natural == ["mine", "week", "silent", "class_a", "team", pk]
    assert not cast.li.get("/customers/views")["arranged"]
    for_reps = {"record_type": "customer", "keys": ["silent", "mine"], "role": "rep"}
    assert cast.li.put("/views/order", for_reps).status == 403 and not TabOrder.objects.exists()
    assert cast.zhao.put("/views/order", {**for_reps, "role": "nobody"})["field"] == "roles"
    assert cast.zhao.put("/views/order", for_reps).status == 200
    assert tabs(cast.li)[:2] == ["silent", "mine"] and tabs(cast.zhao)[:2] == ["mine", "week"]
    assert cast.li.get("/session")["tabs"] == {"customer": "silent"}
    assert cast.li.put("/views/order", {"record_type": "customer", "keys": [pk, "team", "gone", pk]}).status == 200
    assert tabs(cast.li)[:2] == [pk, "team"] and sorted(tabs(cast.li)) == sorted(natural)
    assert cast.li.get("/customers/views")["arranged"]
    assert cast.li.put("/views/order", {"record_type": "customer", "keys": []}).status == 200
    assert tabs(cast.li)[:2] == ["silent", "mine"]
    # One's own order is a look of one's own; that of a role concerns others.
    told = Event.objects.get(name="role.arranged").data.data["after"]
    assert told == {"over": "customer", "tabs": ["customer.silent", "customer.mine"]}


def test_the_departments_word_in_a_shared_view_is_each_readers_own(cast: Cast, new_customer: Any) -> None:
    """R-161, R-162: "my department" is that of whoever opens the view."""
    mine, theirs = new_customer(cast.li, "甲公司"), new_customer(cast.qian, "丁公司")
    ours = {"field": "department", "op": "eq", "value": "my_department"}
    pk = make(cast.zhao, filter=ours, base="")
    cast.zhao.post(f"/views/{pk}/share", {"version": 1, "shared": "all"})
    assert ids(cast.li.get("/customers", view=str(pk))) == [mine]
    assert ids(cast.qian.get("/customers", view=str(pk))) == [theirs]
    assert ids(cast.admin.get("/customers", view=str(pk))) == []
    wrong = orjson.dumps({"field": "owner", "op": "eq", "value": "my_department"}).decode()
    assert cast.li.get("/customers", filter=wrong)["field"] == "owner"


def test_the_export_of_a_view_holds_the_rows_of_the_view(cast: Cast, new_customer: Any) -> None:
    pk = make(cast.li)
    assert cast.li.post("/exports", {"record_type": "customer", "view": str(pk)}).status == 201
    assert cast.wang.post("/exports", {"record_type": "customer", "view": str(pk)}).status == 404
    assert cast.li.post("/exports", {"record_type": "customer", "view": "9" * 18}).status == 404


def test_statements_do_not_grow_with_the_views(cast: Cast, django_assert_num_queries: Any) -> None:
    make(cast.li)
    cast.li.get("/customers/views")
    counts = []
    for upto in (1, 6):
        for number in range(upto):
            if not SavedView.objects.filter(name=f"视图{number}").exists():
                make(cast.li, name=f"视图{number}")
        with django_assert_num_queries(6) as captured:
            cast.li.get("/customers/views")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_view_can_be_a_calendar_by_a_date_that_one_may_read(cast: Cast) -> None:
    """R-213: a list lies in a calendar by one of its dates, own ones among them."""
    body = {"record_type": "customer", "name": "按下次联系", "layout": "calendar"}
    refused = cast.li.post("/views", body)
    assert (refused.status, refused["field"], refused["zh"]) == (422, "board_by", "日历要选按哪个日期")
    assert cast.li.post("/views", {**body, "board_by": "industry"}).status == 422
    assert cast.li.post("/views", {**body, "board_by": "next_due_at"}).status == 201
    view = seen(cast.li)["按下次联系"]
    assert (view["layout"], view["board_by"], view["left_out"]) == ("calendar", "next_due_at", None)
