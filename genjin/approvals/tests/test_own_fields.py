"""A field that the team has added is reviewed, returned and mended like any other (R-170, R-176)."""

from __future__ import annotations

import pytest

from conftest import Cast
from genjin.approvals.tests.test_review import Log, record, standing


@pytest.fixture
def units(cast: Cast) -> str:
    body = {"version": 0, "fields": [{"zh": "试机台数", "en": "Machines tried", "type": "number"}], "groups": []}
    answer = cast.admin.put("/designs/followup", body)
    assert answer.status == 200, answer
    key: str = answer["keys"][-1]
    return key


def test_it_goes_back_with_a_reason_and_is_mended(cast: Cast, units: str, under_review: Log) -> None:
    made = under_review(**{units: 2})
    url = f"/approvals/{made['approval']}"
    assert cast.zhao.get(url).body["record"][units] == 2
    assert cast.zhao.post(f"{url}/return", {"reasons": {units: "数一下"}})["fields"] == [units]
    (reason,) = cast.li.get(url).body["approval"]["reasons"]
    assert (reason["field"], reason["label"]) == (units, {"zh": "试机台数", "en": "Machines tried"})
    early = cast.li.post(f"{url}/resubmit", {})
    assert (early.status, early["zh"]) == (409, "还有 1 处没改：试机台数")
    assert cast.li.patch(f"/followups/{made['record']}", {"version": 1, units: 3}).status == 200
    assert cast.li.post(f"{url}/resubmit", {}).body["round"] == 2
    assert record(made["record"]).extra == {units: 3}


def test_another_teams_key_is_no_field_here(cast: Cast, units: str, under_review: Log) -> None:
    made = under_review()
    before = standing()
    answer = cast.zhao.post(f"/approvals/{made['approval']}/return", {"reasons": {"cf_99": "数一下"}})
    assert (answer.status, answer["field"]) == (422, "reasons.cf_99")
    assert standing() == before and record(made["record"]).state == "submitted"


def test_a_reason_outlives_the_field(cast: Cast, units: str, under_review: Log) -> None:
    made = under_review(**{units: 2})
    cast.zhao.post(f"/approvals/{made['approval']}/return", {"reasons": {units: "数一下"}})
    found = cast.admin.get("/designs/followup").body
    fields = [{"key": each["key"], "hidden": each["key"] == units} for each in found["fields"] if each["own"]]
    shown = next(each for each in found["fields"] if each["key"] == units)
    fields[0] |= {name: shown[name] for name in ("zh", "en", "type")}
    assert cast.admin.put("/designs/followup", {"version": 1, "fields": fields, "groups": []}).status == 200
    (reason,) = cast.li.get(f"/approvals/{made['approval']}").body["approval"]["reasons"]
    assert reason["label"]["zh"] == "试机台数"
