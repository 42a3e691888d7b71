"""New customer files wait for their accuracy check and class, usable at once meanwhile (R-122, R-175)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.approvals.tests.conftest import approvals
from genjin.customers.models import Customer
from genjin.history.models import Event


@pytest.fixture
def checking(review_rules: Any) -> None:
    review_rules(check_new_files=True)


@pytest.mark.usefixtures("checking")
def test_a_new_file_waits_for_the_supervisor_and_is_usable(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-175: in his queue with contact and source; the owner works on with it."""
    pk = new_customer(cast.li, "甲公司")
    (check,) = approvals()
    assert (check.kind, check.state, check.subject_id) == ("file", "open", pk)
    queue = cast.zhao.get("/approvals", which="files").body
    assert queue["counts"]["files"] == 1
    (line,) = queue["items"]
    assert (line["customer"]["name"], line["customer"]["contact_phone"]) == ("甲公司", "13800000001")
    assert line["author"]["name"] == "李销售"
    item = unscoped(AgendaItem, "test").exclude(kind="node_limit").get()
    assert (item.kind, item.owner_id, item.act) == ("check_file", cast.zhao.id, "核对新客户 甲公司")
    assert unscoped(Customer, "test").get(pk=pk).next_step_id is None
    assert cast.li.post("/followups", {"customer_id": pk, **good}).status == 201
    page = cast.zhao.get(f"/approvals/{check.pk}").body
    assert (page["file"]["name"], page["file"]["contacts"][0]["name"]) == ("甲公司", "王建国")


@pytest.mark.usefixtures("checking")
def test_a_batch_is_passed_with_its_class(cast: Cast, new_customer: Any) -> None:
    """R-122: class, by whom and when; one event each; nothing without a class."""
    first, second = new_customer(cast.li, "甲公司"), new_customer(cast.wang, "乙公司")
    ids = [each.pk for each in approvals()]
    bare = cast.zhao.post("/approvals/pass", {"ids": ids})
    assert (bare.status, bare["field"]) == (422, "intent_class")
    odd = cast.zhao.post("/approvals/pass", {"ids": ids, "intent_class": "Z"})
    assert (odd.status, odd["field"]) == (422, "intent_class")
    assert not Event.objects.filter(name__in=("approval.passed", "customer.classed")).exists()
    assert cast.zhao.post("/approvals/pass", {"ids": ids, "intent_class": "B"})["passed"] == 2
    for pk in (first, second):
        customer = unscoped(Customer, "test").get(pk=pk)
        assert (customer.intent_class, customer.intent_by_id) == ("B", cast.zhao.id)
    assert Event.objects.filter(name="customer.classed").count() == 2
    assert {each.state for each in approvals()} == {"passed"}
    assert not unscoped(AgendaItem, "test").filter(state="open", kind="check_file").exists()


@pytest.mark.usefixtures("checking")
def test_setting_the_class_elsewhere_settles_the_check(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    assert cast.zhao.post("/customers/class", {"ids": [pk], "intent_class": "A"}).status == 200
    (check,) = approvals()
    assert (check.state, check.decided_by_id) == ("passed", cast.zhao.id)
    assert cast.zhao.get("/approvals", which="files").body["items"] == []


@pytest.mark.usefixtures("checking")
def test_a_returned_file_is_mended_in_the_customers_form(cast: Cast, new_customer: Any) -> None:
    """R-175, R-176: field by field; a later class does not pass what was returned."""
    pk = new_customer(cast.li, "甲公司")
    (check,) = approvals()
    reasons = {"region": "哪个城市", "contact": "电话少一位"}
    assert cast.zhao.post(f"/approvals/{check.pk}/return", {"reasons": reasons})["state"] == "returned"
    assert cast.zhao.post("/customers/class", {"ids": [pk], "intent_class": "A"}).status == 200
    assert approvals()[0].state == "returned"
    version = unscoped(Customer, "test").get(pk=pk).version
    assert cast.li.patch(f"/customers/{pk}", {"version": version, "region": "苏州"}).status == 200
    left = cast.li.post(f"/approvals/{check.pk}/resubmit", {})
    assert (left.status, [each["field"] for each in left["problems"]]) == (409, ["contact"])
    contact = cast.li.get(f"/customers/{pk}")["contacts"][0]
    url = f"/contacts/{contact['id']}"
    assert cast.li.patch(url, {"version": contact["version"], "phone": "13800000002"}).status == 200
    assert cast.li.post(f"/approvals/{check.pk}/resubmit", {})["round"] == 2
    assert cast.zhao.post("/approvals/pass", {"ids": [check.pk]}).status == 200


@pytest.mark.usefixtures("checking")
def test_who_checks_files_needs_no_check_of_his_own(cast: Cast, new_customer: Any) -> None:
    new_customer(cast.zhao, "甲公司")
    new_customer(cast.admin, "乙公司")
    assert approvals() == []
