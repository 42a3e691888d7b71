"""customer.create: one file a customer, warned of while typing (R-042, R-121, R-131, R-132)."""

from __future__ import annotations

from typing import Any

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Contact, Customer
from genjin.history.models import Event

NAME = "苏州恒锐精密机械有限公司"


def count() -> int:
    return unscoped(Customer, "test").count()


def test_a_customer_with_contact_is_usable_at_once(cast: Cast, new_customer: Any) -> None:
    """R-042, R-043: header, source and contact in one call; owner and department are derived."""
    pk = new_customer(cast.li, NAME, industry="manufacturing", budget={"low": 30_0000_00, "high": 50_0000_00})
    page = cast.li.get(f"/customers/{pk}").body
    assert page["customer"]["owner"] == {"id": cast.li.id, "name": "李销售"}
    assert page["customer"]["budget"] == {"low": 30_0000_00, "high": 50_0000_00}
    assert [each["phone"] for each in page["contacts"]] == ["13800000001"]
    created = Event.objects.get(name="customer.created")
    assert (created.member_id, created.root_id) == (cast.li.id, pk)


def test_the_same_firm_typed_differently_is_refused_by_name(cast: Cast, new_customer: Any) -> None:
    """R-121: width, brackets and spaces make no second file, not even when confirmed."""
    new_customer(cast.li, "广州云帆（华南）科技有限公司")
    answer = cast.wang.post(
        "/customers",
        {"name": "广州云帆(华南) 科技有限公司", "source": "online", "confirm_duplicate": True},
    )
    assert answer.status == 409
    assert answer["code"] == "duplicate" and answer["certain"] is True
    assert "李销售" in answer["zh"]
    assert count() == 1


def test_a_similar_firm_is_warned_of_and_may_be_confirmed(cast: Cast, new_customer: Any) -> None:
    """R-131: the owner is shown before a second follow-up starts."""
    new_customer(cast.li, NAME)
    body = {"name": "恒锐精密机械", "source": "online"}
    answer = cast.wang.post("/customers", body)
    assert (answer.status, answer["code"]) == (409, "duplicate")
    assert count() == 1
    assert cast.wang.post("/customers", {**body, "confirm_duplicate": True}).status == 201


def test_the_look_up_masks_what_the_actor_may_not_see(cast: Cast, new_customer: Any) -> None:
    """R-168, R-185: name, owner and last contact, nothing else."""
    pk = new_customer(cast.li, NAME)
    (mine,) = cast.li.post("/customers/lookup", {"phone": "138 0000 0001"})["items"]
    (theirs,) = cast.wang.post("/customers/lookup", {"name": NAME})["items"]
    assert mine["id"] == pk and mine["visible"]
    assert theirs["id"] is None and not theirs["visible"]
    assert set(theirs) == {"id", "name", "owner", "last_contact_at", "last_contact_by", "visible", "same", "why"}
    assert cast.outsider.post("/customers/lookup", {"name": NAME})["items"] == []


def test_missing_and_wrong_fields_are_named(cast: Cast) -> None:
    """R-020, R-132: source is mandatory, options come from their list."""
    for body, field in (
        ({"name": "甲公司"}, "source"),
        ({"source": "online"}, "name"),
        ({"name": "  ", "source": "online"}, "name"),
        ({"name": "甲公司", "source": "梦里"}, "source"),
        ({"name": "甲公司", "source": "online", "amount": -1}, "amount"),
        ({"name": "甲公司", "source": "online", "budget": {"low": 5, "high": 3}}, "budget"),
        ({"name": "甲公司", "source": "online", "founded_on": "2024-02-30"}, "founded_on"),
        ({"name": "甲" * 201, "source": "online"}, "name"),
        ({"name": "甲公司", "source": "online", "contact": {"name": "王", "phone": "12345"}}, "phone"),
        ({"name": "甲\x00公司", "source": "online"}, "body"),
        ({"name": "甲公司", "source": "online", "is_staff": True}, "is_staff"),
        ({"name": "甲公司", "source": "online", "owner": 1}, "owner"),
    ):
        answer = cast.li.post("/customers", body)
        assert answer.status == 422, (body, answer)
        assert answer["field"].split(".")[-1] == field or field == "body", (body, answer)
        assert answer["zh"] and answer["en"] and "Traceback" not in answer["zh"]
    assert count() == 0
    assert not unscoped(Contact, "test").exists()


def test_malformed_json_and_the_same_key_twice(cast: Cast) -> None:
    answer = cast.li.client.post("/api/v1/customers", data=b"{", content_type="application/json")
    assert answer.status_code == 400 and "JSON" in answer.json()["zh"]
    body = {"name": "甲公司", "source": "online"}
    first = cast.li.post("/customers", body, Idempotency_Key="k-1")
    again = cast.li.post("/customers", body, Idempotency_Key="k-1")
    assert first.status == again.status == 201
    assert first.body == again.body
    assert count() == 1


def test_nobody_without_the_verb_creates(cast: Cast) -> None:
    """R-161, R-166: rights are roles' data."""
    from_role = cast.li.member.grants.get().role
    from_role.verbs = ["agenda.*"]
    from_role.save()
    cast.org.config_version += 1
    cast.org.save()
    answer = cast.li.post("/customers", {"name": "甲公司", "source": "online"})
    assert answer.status == 403 and "新建客户" in answer["zh"]
    assert count() == 0
