"""Customers with something of every kind on them, ready to be handed over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Customer
from genjin.handovers.models import Handover
from genjin.lib import moment

FIRMS = ("佛山华悦陶瓷有限公司", "苏州恒锐精密机械有限公司", "宁波海拓塑胶有限公司")


@pytest.fixture
def firms(cast: Cast, new_customer: Any, good: Any) -> list[int]:
    """Three customers of 李销售. On the first: a record with a next step, an objection, a need, a collaborator, a
    request for help, a comment, and a promise that is two days late."""
    found = [new_customer(cast.li, name) for name in FIRMS]
    first = found[0]
    assert cast.li.post("/followups", {"customer_id": first, **good}).status == 201
    assert cast.li.post(f"/customers/{first}/objections", {"kind": "other", "text": "不支持离线"}).status == 201
    assert cast.li.post(f"/customers/{first}/needs", {"text": "42 个点位", "kind": "function"}).status == 201
    assert cast.li.post(f"/customers/{first}/collaborators", {"member_id": cast.qian.id}).status == 201
    help_ = {"question": "用的什么 PLC", "helper_id": cast.zhao.id, "due_at": "2026-11-30T02:00:00Z"}
    assert cast.li.post(f"/customers/{first}/help", help_).status == 201
    assert cast.li.post("/comments", {"customer_id": first, "text": "等财务回话"}).status == 201
    with moment.frozen(NOW - timedelta(days=3)):
        late = {"customer_id": first, "act": "给备件价表", "due_at": "2026-11-22T02:00:00Z"}
        assert cast.li.post("/agenda", late).status == 201
    return found


def open_one(person: Any, ids: list[int], to: int, **more: Any) -> Any:
    return person.post("/handovers", {"customer_ids": ids, "to_member_id": to, **more})


@pytest.fixture
def sent(cast: Cast, firms: list[int]) -> int:
    """李销售 hands two of his customers to 王销售 and has sent it out."""
    made = open_one(cast.li, firms[:2], cast.wang.id, reason="调去大客户部")
    assert made.status == 201, made
    answer = cast.li.post(f"/handovers/{made['id']}/send")
    assert answer.status == 200, answer
    return int(made["id"])


@pytest.fixture
def agreed(cast: Cast, firms: list[int], sent: int) -> int:
    """王销售 has read both and confirmed."""
    assert cast.wang.post(f"/handovers/{sent}/read", {"customer_ids": firms[:2]}).status == 200
    assert cast.wang.post(f"/handovers/{sent}/confirm").status == 200
    return sent


def owners(ids: list[int]) -> list[int | None]:
    rows = dict(unscoped(Customer, "test").filter(pk__in=ids).values_list("pk", "owner_id"))
    return [rows[pk] for pk in ids]


def row(pk: int) -> Handover:
    found: Handover = unscoped(Handover, "test").get(pk=pk)
    return found


def asked_of(person: Any) -> list[str]:
    """What of hand-overs stands open on somebody's agenda."""
    rows = unscoped(AgendaItem, "test").filter(kind="handover", state="open", deleted_at=None, owner_id=person.id)
    return list(rows.order_by("pk").values_list("act", flat=True))


def numbers(told: Any) -> dict[str, tuple[int, int]]:
    return {each["slug"]: (each["before"], each["after"]) for each in told["rows"]}
