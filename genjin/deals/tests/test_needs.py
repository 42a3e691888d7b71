"""Needs are confirmed again from time to time (R-118)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Need
from genjin.deals.tasks import ask_for_needs


def asked(**conditions: Any) -> list[tuple[int | None, str]]:
    rows = unscoped(AgendaItem, "test").filter(kind="needs_check", deleted_at__isnull=True, **conditions)
    return list(rows.order_by("pk").values_list("owner_id", "state"))


def aged(days: int, **of: Any) -> None:
    """The needs were confirmed so many days ago."""
    unscoped(Need, "test").filter(**of).update(confirmed_on=date(2026, 11, 24) - timedelta(days=days))


def with_needs(cast: Cast, new_customer: Any, name: str = "甲公司", intent_class: str = "A") -> int:
    pk = int(new_customer(cast.li, name))
    for text in ("42 个点位", "不停产切换"):
        assert cast.li.post(f"/customers/{pk}/needs", {"text": text, "kind": "function"}).status == 201
    assert cast.zhao.post("/customers/class", {"ids": [pk], "intent_class": intent_class}).status == 200
    return pk


def test_the_class_says_when_and_confirming_settles_it(cast: Cast, new_customer: Any) -> None:
    """R-118: class A after 30 days, B after 60; one row each however often the night comes."""
    first = with_needs(cast, new_customer)
    with_needs(cast, new_customer, "乙公司", "B")
    aged(29)
    assert ask_for_needs(cast.org.pk) == 0
    aged(30)
    assert (ask_for_needs(cast.org.pk), ask_for_needs(cast.org.pk)) == (1, 0)
    assert asked() == [(cast.li.id, "open")]
    (item,) = [each for each in cast.li.get("/agenda")["items"] if each["kind"] == "needs_check"]
    assert (item["act"], item["customer"]["name"]) == ("跟客户确认需求和主次有没有变", "甲公司")
    ticked = cast.li.post(f"/agenda/{item['id']}/done", {"version": 1})
    assert (ticked.status, ticked["zh"]) == (409, "在客户页的“需求”里确认一遍，或者调整主次，这件事就办完了")
    assert cast.wang.post(f"/customers/{first}/needs/confirm", {}).status == 404
    assert cast.li.post(f"/customers/{first}/needs/confirm", {})["confirmed"] == 2
    assert asked() == [(cast.li.id, "done")]
    days = unscoped(Need, "test").filter(customer_id=first).values_list("confirmed_on", flat=True)
    assert {str(each) for each in days} == {"2026-11-24"}
    assert ask_for_needs(cast.org.pk) == 0


def test_another_order_of_the_needs_settles_it(cast: Cast, new_customer: Any) -> None:
    """R-118: whoever says anew which need comes first has looked at all of them."""
    pk = with_needs(cast, new_customer)
    aged(31)
    ask_for_needs(cast.org.pk)
    need = unscoped(Need, "test").filter(customer_id=pk).first()
    assert need is not None
    assert cast.li.patch(f"/needs/{need.pk}", {"version": need.version, "text": "48 个点位"}).status == 200
    assert asked(state="open") == [(cast.li.id, "open")]
    body = {"version": need.version + 1, "priority": "secondary"}
    assert cast.li.patch(f"/needs/{need.pk}", body).status == 200
    assert (asked(state="open"), ask_for_needs(cast.org.pk)) == ([], 0)


def test_one_confirmed_need_of_two_does_not_settle_it(cast: Cast, new_customer: Any) -> None:
    pk = with_needs(cast, new_customer)
    aged(31)
    ask_for_needs(cast.org.pk)
    ids = list(unscoped(Need, "test").order_by("pk").values_list("pk", flat=True))
    assert cast.li.post(f"/customers/{pk}/needs/confirm", {"need_ids": ids[:1]})["confirmed"] == 1
    assert len(asked(state="open")) == 1
    strange = cast.li.post(f"/customers/{pk}/needs/confirm", {"need_ids": [0]})
    assert (strange.status, strange["field"]) == (422, "need_ids")
    assert cast.li.post(f"/customers/{pk}/needs/confirm", {"need_ids": ids[1:]}).status == 200
    assert asked(state="open") == []


def test_it_goes_with_the_owner_and_rests_with_the_customer(cast: Cast, new_customer: Any) -> None:
    pk = with_needs(cast, new_customer)
    aged(31)
    ask_for_needs(cast.org.pk)
    assert cast.zhao.post("/customers/transfer", {"ids": [pk], "to_member_id": cast.wang.id}).status == 200
    assert asked() == [(cast.wang.id, "open")]
    version = cast.wang.get(f"/customers/{pk}")["customer"]["version"]
    assert cast.wang.patch(f"/customers/{pk}", {"version": version, "paused": True}).status == 200
    assert (ask_for_needs(cast.org.pk), asked()) == (0, [])


def test_the_interval_is_the_teams(cast: Cast, new_customer: Any) -> None:
    """R-118: editable by class; 0 asks nobody."""
    with_needs(cast, new_customer)
    shown = {each["key"]: each["days"] for each in cast.li.get("/needs-interval")["items"]}
    assert shown == {"A": 30, "B": 60, "C": 90}
    assert cast.li.put("/needs-interval", {"days": {"A": 5}}).status == 403
    strange = cast.admin.put("/needs-interval", {"days": {"Z": 5}})
    assert (strange.status, strange["field"]) == (422, "days")
    assert cast.admin.put("/needs-interval", {"days": {"A": 5}}).status == 200
    aged(5)
    assert ask_for_needs(cast.org.pk) == 1
    assert cast.admin.put("/needs-interval", {"days": {"A": 0}}).status == 200
    with_needs(cast, new_customer, "丙公司")
    aged(400)
    assert ask_for_needs(cast.org.pk) == 0


def test_without_needs_there_is_nothing_to_confirm(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "甲公司")
    refused = cast.li.post(f"/customers/{pk}/needs/confirm", {})
    assert (refused.status, refused["zh"]) == (422, "这家客户还没有记需求，先加一条")
