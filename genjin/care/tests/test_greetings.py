"""Greetings to many: key customers never get the same text as everybody (R-142)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.care.models import CareItem
from genjin.care.tasks import make_tonight
from genjin.lib import moment

SOLSTICE = {"name": "冬至问候", "kind": "festival", "act": "冬至问候", "when": "festival",
            "festival": "winter_solstice", "text": "{称呼}，冬至快乐"}  # fmt: skip


@pytest.fixture
def greeted(cast: Cast, new_customer: Any) -> list[int]:
    """Three customers of 李销售, the first of class A, and the care of 冬至."""
    ids = [new_customer(cast.li, name) for name in ("甲公司", "乙公司", "丙公司")]
    assert cast.zhao.post("/customers/class", {"ids": ids[:1], "intent_class": "A"}).status == 200
    assert cast.admin.put("/care/plans", {"version": 1, "plans": [SOLSTICE]}).status == 200
    with moment.frozen(NOW):
        assert make_tonight(cast.org.pk) == 3
    return ids


def test_key_customers_are_split_off_to_their_owners(cast: Cast, greeted: list[int]) -> None:
    """R-142."""
    (offer,) = cast.li.get("/care/overview")["greetings"]
    assert (offer["n"], offer["key"], offer["names"], offer["on"]) == (3, 1, ["甲公司"], "2026-12-22")
    body = {"plan": offer["plan"], "on": offer["on"], "text": "{称呼}，冬至快乐，{客户}新年更上一层"}
    assert cast.li.post("/care/arrange", body).body == {"same": 2, "own": 1}
    texts = {each.customer_id: (each.text, each.bespoke) for each in unscoped(CareItem, "test").all()}
    assert texts[greeted[0]] == ("", True)
    assert texts[greeted[1]] == ("王建国，冬至快乐，乙公司新年更上一层", False)
    acts = set(unscoped(AgendaItem, "test").filter(kind="care").values_list("act", flat=True))
    assert acts == {"冬至问候", "冬至问候（给这家单独写一段）"}
    assert cast.qian.post("/care/arrange", body).status == 409


def test_the_same_to_key_customers_is_warned_of(cast: Cast, greeted: list[int]) -> None:
    """R-142: nothing is done until it is confirmed or they are left out."""
    ids = list(unscoped(CareItem, "test").order_by("customer_id").values_list("pk", flat=True))
    warned = cast.li.post("/care/done", {"ids": ids, "did": "发了冬至问候"})
    assert (warned.status, warned["code"], warned["names"]) == (409, "key_customers", ["甲公司"])
    assert set(unscoped(CareItem, "test").values_list("state", flat=True)) == {"planned"}
    seen = cast.zhao.get("/care/items", whose="team")["items"]
    assert [each["can"] for each in seen] == [True] * 3
    rest = [pk for pk in ids if pk not in warned["ids"]]
    assert cast.li.post("/care/done", {"ids": rest, "did": "发了冬至问候"})["done"] == 2
    assert cast.li.post("/care/done", {"ids": warned["ids"], "did": "单独写了一段"})["done"] == 1
    assert set(unscoped(CareItem, "test").values_list("state", flat=True)) == {"done"}


def test_who_is_key_is_the_teams_own(cast: Cast, greeted: list[int]) -> None:
    """R-142: by any condition."""
    shown = cast.admin.get("/care/plans")
    plans = [{name: value for name, value in each.items() if name != "id"} for each in shown["plans"]]
    vip = {"field": "tags", "op": "has", "value": "VIP"}
    body = {"version": shown["version"], "plans": plans, "key_condition": vip, "most": 3, "days": 10}
    assert cast.admin.put("/care/plans", body).status == 200
    assert cast.li.post("/customers/tags", {"ids": greeted[1:2], "add": ["VIP"]}).status == 200
    (offer,) = cast.li.get("/care/overview")["greetings"]
    assert offer["names"] == ["乙公司"]
    wrong = {**body, "version": shown["version"] + 1, "key_condition": {"field": "x", "op": "eq", "value": 1}}
    refused = cast.admin.put("/care/plans", wrong)
    assert (refused.status, refused["field"]) == (422, "key_condition")
