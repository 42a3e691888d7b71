"""A masked number is shown whole on purpose only, and the log tells who looked (R-166, P3)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.customers.models import Contact, Customer
from genjin.history.models import Event, KeptReply

PHONE = "13800000001"


@pytest.fixture
def masked(cast: Cast, new_customer: Any) -> int:
    """李销售's customer, whose contact's phone his role shows masked."""
    pk = int(new_customer(cast.li, "佛山华悦陶瓷有限公司"))
    role = Role.objects.get(org=cast.org, key="rep")
    answer = cast.admin.patch(
        f"/roles/{role.pk}", {"version": role.version, "fields": {"contact": {"phone": "masked"}}}
    )
    assert answer.status == 200, answer
    return pk


def _contact(pk: int) -> int:
    return int(unscoped(Contact, "test").get(customer_id=pk).pk)


def test_a_masked_number_is_shown_once_asked_for_and_the_log_says_by_whom(cast: Cast, masked: int) -> None:
    page = cast.li.get(f"/customers/{masked}")
    assert page["contacts"][0]["phone"] == "138****0001"
    assert PHONE not in page.text.decode()
    answer = cast.li.post(f"/contacts/{_contact(masked)}/reveal", None, Idempotency_Key="look-1")
    assert (answer.status, answer["phone"], answer["name"]) == (200, PHONE, "王建国")
    event = Event.objects.get(name="contact.revealed")
    assert (event.member_id, event.subject_id, event.root_id) == (cast.li.id, _contact(masked), masked)
    assert PHONE not in str(event.data.data)
    assert all(PHONE not in str(kept.reply) for kept in KeptReply.objects.all())
    told = cast.li.get(f"/customers/{masked}/timeline", kind="change")["items"][0]
    assert (told["sentence"]["zh"], told["by"]) == ("看了完整电话： 王建国", "李销售")
    assert cast.li.get(f"/customers/{masked}")["contacts"][0]["phone"] == "138****0001"


def test_the_number_on_a_customers_row_is_shown_the_same_way(cast: Cast, masked: int) -> None:
    assert cast.li.get("/customers")["items"][0]["contact"]["phone"] == "138****0001"
    assert cast.li.post(f"/customers/{masked}/reveal")["phone"] == PHONE
    assert Event.objects.filter(name="contact.revealed", root_id=masked).count() == 1


def test_whoever_reads_it_anyway_leaves_no_trace(cast: Cast, masked: int) -> None:
    assert cast.admin.post(f"/contacts/{_contact(masked)}/reveal")["phone"] == PHONE
    assert not Event.objects.filter(name="contact.revealed").exists()


def test_a_foreign_number_is_missing(cast: Cast, masked: int) -> None:
    for person in (cast.wang, cast.qian, cast.outsider):
        assert person.post(f"/contacts/{_contact(masked)}/reveal").status == 404
        assert person.post(f"/customers/{masked}/reveal").status == 404
    assert not Event.objects.filter(name="contact.revealed").exists()


def test_a_hidden_number_and_a_role_without_the_verb_are_refused(cast: Cast, masked: int) -> None:
    role = Role.objects.get(org=cast.org, key="rep")
    body = {"version": role.version, "fields": {"contact": {"phone": "hidden"}}}
    assert cast.admin.patch(f"/roles/{role.pk}", body).status == 200
    hidden = cast.li.post(f"/contacts/{_contact(masked)}/reveal")
    assert (hidden.status, hidden["message"]) == (403, "你的角色看不到电话，找管理员开通")
    verbs = [each for each in role.verbs if each != "contact.*"] + ["contact.add"]
    body = {"version": role.version + 1, "verbs": verbs, "fields": {"contact": {"phone": "masked"}}}
    assert cast.admin.patch(f"/roles/{role.pk}", body).status == 200
    assert cast.li.post(f"/contacts/{_contact(masked)}/reveal").status == 403
    assert not Event.objects.filter(name="contact.revealed").exists()


def test_a_repeated_call_shows_no_more_than_the_role_says_now(cast: Cast, masked: int) -> None:
    """The kept answer of the first call holds no number, and opens none later."""
    contact, key = _contact(masked), {"Idempotency_Key": "look-again"}
    assert cast.li.post(f"/contacts/{contact}/reveal", None, **key)["phone"] == PHONE
    role = Role.objects.get(org=cast.org, key="rep")
    body = {"version": role.version, "fields": {"contact": {"phone": "hidden"}}}
    assert cast.admin.patch(f"/roles/{role.pk}", body).status == 200
    again = cast.li.post(f"/contacts/{contact}/reveal", None, **key)
    assert (again.status, PHONE in again.text.decode()) == (403, False)
    assert cast.admin.patch(f"/roles/{role.pk}", {**body, "version": role.version + 1, "fields": {}}).status == 200
    unscoped(Customer, "test").filter(pk=masked).update(owner_id=cast.qian.id)
    assert cast.li.post(f"/contacts/{contact}/reveal", None, **key).status == 404


def test_more_than_a_day_of_calls_is_slowed_down(cast: Cast, masked: int) -> None:
    """P4: a script that looks at number after number is stopped."""
    pk = _contact(masked)
    assert {cast.li.post(f"/contacts/{pk}/reveal").status for _ in range(60)} == {200}
    answer = cast.li.post(f"/contacts/{pk}/reveal")
    assert (answer.status, answer["code"]) == (429, "throttled")
    assert Event.objects.filter(name="contact.revealed").count() == 60
