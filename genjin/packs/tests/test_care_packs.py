"""Care plans travel in packs, as what they are (R-143, R-216)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.packs.book import read_pack, write_pack
from genjin.packs.tests.test_packs import applied, named

MONTHLY = {"name": "月度问候", "kind": "return_visit", "act": "问候", "when": "every", "amount": 1, "unit": "months"}
MINE = {"field": "owner", "op": "eq", "value": 1}


@pytest.fixture
def planned(cast: Cast) -> None:
    """Two plans and what is too much contact."""
    plans = [
        {**MONTHLY, "condition": {"field": "intent_class", "op": "eq", "value": "A"}},
        {"name": "中秋", "kind": "gift", "act": "送月饼", "when": "festival", "festival": "mid_autumn", "before": 5},
    ]
    vip = {"field": "tags", "op": "has", "value": "VIP"}
    body = {"version": 1, "plans": plans, "most": 3, "key_condition": vip}
    assert cast.admin.put("/care/plans", body).status == 200


def test_plans_and_limits_travel_byte_by_byte(cast: Cast, planned: None) -> None:
    """R-143, R-216: export, import into another team, export again."""
    text = cast.admin.get("/pack")["text"]
    pack = read_pack(text)
    assert [(each["name"], each["when"]) for each in pack["care"]] == [("月度问候", "every"), ("中秋", "festival")]
    assert pack["settings"]["care"]["most"] == 3
    assert applied(cast.outsider, text).status == 200
    assert named(cast.outsider.get("/pack")["text"], "青松科技") == text
    pack["care"][1]["before"] = 3
    assert applied(cast.admin, write_pack(pack)).status == 200
    assert [each["before"] for each in cast.admin.get("/care/plans")["plans"]] == [0, 3]


def test_a_new_team_differs_in_nothing_from_the_standard(cast: Cast) -> None:
    """R-216."""
    assert [each for each in cast.admin.get("/pack/changes")["changes"] if each["section"] == "care"] == []


def test_a_pack_that_knows_no_care_leaves_it_alone(cast: Cast, planned: None) -> None:
    pack = read_pack(cast.admin.get("/pack")["text"])
    del pack["care"]
    pack["options"]["industry"][0]["zh"] = "换个名字"
    assert applied(cast.admin, write_pack(pack)).status == 200
    assert [each["name"] for each in cast.admin.get("/care/plans")["plans"]] == ["月度问候", "中秋"]


@pytest.mark.parametrize(
    ("more", "field"),
    [({"festival": "none", "when": "festival"}, "care"), ({"kind": "none"}, "care")],
)
def test_a_plan_that_cannot_be_is_refused_and_nothing_changes(cast: Cast, more: dict[str, Any], field: str) -> None:
    before = cast.admin.get("/pack").body
    pack = {"genjin": 1, "name": {"zh": "试"}, "care": [{"key": "new", **MONTHLY, **more}]}
    refused = applied(cast.admin, write_pack(pack))
    assert (refused.status, refused["field"]) == (422, field), refused
    assert cast.admin.get("/pack").body == before
