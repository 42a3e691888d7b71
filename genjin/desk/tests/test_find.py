"""The find box: only what the actor may see, and nothing of a field he may not read (R-173; A5)."""

from __future__ import annotations

import pytest

from conftest import Cast
from genjin.access.models import Role
from genjin.orgs.models import Organisation

RECORD = {
    "channel": "phone",
    "summary": "王总看了二期方案，问 3 号线能不能保留现有 PLC，预算 80 万。",
    "feedback": "他说“交期 45 天太长”",
    "next_steps": [{"act": "发 PLC 兼容清单并电话确认", "due_at": "2026-11-27T02:00:00Z"}],
}


@pytest.fixture
def logged(cast: Cast) -> int:
    contact = {"name": "王总", "phone": "13800138000"}
    customer = cast.li.post("/customers", {"name": "苏州恒锐精密机械有限公司", "source": "online", "contact": contact})
    answer = cast.li.post("/followups", {"customer_id": customer["id"], **RECORD})
    assert answer.status == 201, answer
    return int(answer["id"])


def test_words_of_a_record_find_it_for_whoever_may_see_it(cast: Cast, logged: int) -> None:
    assert [each["id"] for each in cast.li.get("/find", q="二期方案")["followups"]] == [logged]
    assert cast.wang.get("/find", q="二期方案")["followups"] == []


@pytest.mark.parametrize("mark", ["hidden", "masked"])
def test_a_hidden_text_is_neither_shown_nor_searched(cast: Cast, logged: int, mark: str) -> None:
    Role.objects.filter(org=cast.org, key="supervisor").update(fields={"followup": {"summary": mark}})
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=99)
    found = cast.zhao.get("/find", q="二期方案")
    assert found["followups"] == [] and "PLC" not in found.text.decode()
    assert cast.zhao.get("/find", q="恒锐")["customers"][0]["name"] == "苏州恒锐精密机械有限公司"
