"""Approval flows travel in packs without people and departments (issue 5 point 8)."""

from __future__ import annotations

from typing import Any

from conftest import Cast
from genjin.approvals.models import ApprovalFlow
from genjin.packs.book import read_pack, write_pack
from genjin.packs.tests.test_packs import applied, named


def make(cast: Cast, name: str, *lines: dict[str, Any], **more: Any) -> None:
    stages = [{"by": [each]} for each in lines or ({"who": "superior"}, {"who": "role", "role": "legal"})]
    body = {"name": name, "purpose": "discount", "stages": stages, **more}
    assert cast.admin.post("/approval-flows", {"body": body}).status == 201


def names(cast: Cast) -> list[str]:
    rows = ApprovalFlow.objects.filter(org=cast.org, removed_at__isnull=True).order_by("position")
    return [row.body["name"] for row in rows]


def test_they_come_to_an_empty_team_byte_by_byte_in_their_order(cast: Cast) -> None:
    """R-221: export → empty organisation → import → export."""
    over = {"field": "ask.amount", "op": "gt", "value": 10000000}
    make(cast, "大额", condition=over, fields=["amount"], watch=["amount"], starters=["rep"])
    make(cast, "普通", {"who": "head"})
    text = cast.admin.get("/pack")["text"]
    assert [each["name"] for each in read_pack(text)["flows"]] == ["大额", "普通"]
    assert applied(cast.outsider, text).status == 200
    assert named(cast.outsider.get("/pack")["text"], "青松科技") == text


def test_one_that_asks_a_certain_person_stays_here_and_is_not_touched(cast: Cast) -> None:
    """Neither in the export, nor taken away by a whole pack that cannot name it."""
    make(cast, "找人", {"who": "member", "id": cast.zhao.id})
    make(cast, "问上级")
    make(cast, "按负责人", condition={"field": "owner", "op": "eq", "value": cast.li.id})
    pack = read_pack(cast.admin.get("/pack")["text"])
    assert [each["name"] for each in pack["flows"]] == ["问上级"]
    pack["flows"] = []
    assert applied(cast.admin, write_pack(pack)).status == 200
    assert names(cast) == ["找人", "按负责人"]


def test_a_pack_that_names_somebody_or_cannot_be_is_refused(cast: Cast) -> None:
    """Nothing of it is written."""
    make(cast, "问上级")
    pack = read_pack(cast.admin.get("/pack")["text"])
    (flow,) = pack["flows"]

    def text(line: dict[str, Any]) -> str:
        return write_pack(
            {**pack, "flows": [{**flow, "name": "新名", "stages": [{**flow["stages"][0], "by": [line]}]}]}
        )

    seen = cast.admin.post("/pack/preview", {"text": text({"who": "member", "id": cast.zhao.id})})
    assert (seen.status, seen["field"]) == (422, "flows.0")
    wrong = applied(cast.admin, text({"who": "role", "role": "nobody"}))
    assert (wrong.status, wrong["field"]) == (422, f"flows.{flow['key']}.stages.0")
    assert names(cast) == ["问上级"]
