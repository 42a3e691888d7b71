"""Good and bad examples of a type, to lay a record beside (R-073)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.approvals.models import ModelRecord
from genjin.followups.models import FollowUp
from genjin.history.models import Event


@pytest.fixture
def record(cast: Cast, new_customer: Any, good: Any) -> int:
    pk = new_customer(cast.li, "甲公司有限公司")
    body = {**good, "topic": "甲公司二期", "contact_at": "2026-11-24T01:00:00Z"}
    return int(cast.li.post("/followups", {"customer_id": pk, **body})["id"])


def test_a_record_is_kept_as_an_example_without_names(cast: Cast, record: int, good: Any) -> None:
    """R-073: as it stood then, for the whole team, with what the rules said."""
    made = cast.zhao.post("/models", {"record_id": record, "verdict": "good", "note": "下一步有日期有目标"})
    assert made.status == 201
    for reader in (cast.li, cast.wang, cast.qian):
        (model,) = reader.get("/models", kind="record").body["items"]
        assert (model["verdict"], model["note"], model["kind"]) == ("good", "下一步有日期有目标", "record")
        assert model["body"]["topic"] == "客户二期"
        assert model["body"]["summary"] == good["summary"]
        assert model["body"]["next_steps"][0]["goal"] == "确认方案进展"
        assert model["body"]["findings"] == unscoped(FollowUp, "test").get(pk=record).findings
        assert "customer_id" not in model["body"]
    assert cast.outsider.get("/models").body["items"] == []
    assert cast.wang.get("/models", kind="report").body["items"] == []
    cast.li.patch(f"/followups/{record}", {"version": 1, "topic": "改了"})
    assert cast.li.get("/models").body["items"][0]["body"]["topic"] == "客户二期"


def test_marking_again_changes_the_mark(cast: Cast, record: int) -> None:
    first = cast.zhao.post("/models", {"record_id": record, "verdict": "good"})
    again = cast.zhao.post("/models", {"record_id": record, "verdict": "bad", "note": "只有情绪"})
    assert again.body == {"id": first["id"], "version": 2}
    assert [each["verdict"] for each in cast.li.get("/models").body["items"]] == ["bad"]
    assert list(Event.objects.filter(name__startswith="model.").order_by("id").values_list("name", flat=True)) == [
        "model.marked", "model.changed",
    ]  # fmt: skip


def test_only_a_supervisor_of_the_record_marks(cast: Cast, record: int) -> None:
    body = {"record_id": record, "verdict": "good"}
    assert cast.li.post("/models", body).status == 403
    assert cast.wang.post("/models", body).status == 403
    assert cast.outsider.post("/models", body).status == 404
    assert cast.zhao.post("/models", {**body, "record_id": 10**9}).status == 404
    assert cast.zhao.post("/models", {**body, "record_type": "customer"}).status == 404
    odd = cast.zhao.post("/models", {**body, "record_type": "nonsense"})
    assert (odd.status, odd["field"]) == (422, "record_type")
    assert cast.zhao.post("/models", {**body, "verdict": "so so"}).status == 422
    assert not unscoped(ModelRecord, "test").exists()


def test_dropping_an_example_leaves_the_record(cast: Cast, record: int) -> None:
    pk = cast.zhao.post("/models", {"record_id": record, "verdict": "bad"})["id"]
    assert cast.li.delete(f"/models/{pk}").status == 403
    assert cast.outsider.delete(f"/models/{pk}").status == 404
    assert cast.zhao.delete(f"/models/{pk}").status == 200
    assert cast.li.get("/models").body["items"] == []
    assert cast.li.get(f"/followups/{record}").status == 200
