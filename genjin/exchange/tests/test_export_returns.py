"""What an export holds comes back by an import, column by column (R-237, A3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem
from genjin.customers.models import Contact, Customer
from genjin.exchange.tests.test_export_over_http import exported, table
from genjin.exchange.tests.test_import_over_http import taken
from genjin.followups.models import FollowUp
from genjin.lib import moment

CUSTOMER = {
    "name": "上海甲精密有限公司", "source": "exhibition", "region": "上海", "tags": ["老客户", "重点"],
    "amount": 86000050,
    "budget": {"low": 100, "high": 2000000}, "yearly_budget": {"low": None, "high": 500}, "time_node": "三季度",
    "decision_process": "先试\n后买", "competitors": "乙", "decision_focus": "稳定", "interest": "节能",
    "special": "夜班", "size": "50 人",
    "founded_on": "2001-02-03", "business": "压铸", "address": "工业园 1 号", "notes": "老朋友",
    "paused": True, "life_cycle": "interested", "stage": "proposal",
    "contact": {"name": "王建国", "title": "采购总监", "phone": "13800000001", "wechat": "wang_jg88",
                "email": "wang@example.com", "birthday": "06-12", "notes": "爱钓鱼", "decision_role": "decider"},
}  # fmt: skip
RECORD = {
    "kind": "sales", "topic": "二期", "background": "老客户介绍", "stage_goal": "进决赛", "goal": "确认交期",
    "result": "认可\n方案", "key_figures": "42 个点位", "probability": 60, "customer_score": 80,
    "attitude_from": "hesitant",
    "attitude_to": "interested", "satisfaction": 4, "comments": "快一点", "interest": "节能", "special": "夜班",
    "competitor": "丙", "expectation": "定价", "help_needed": "要方案", "reflection": "早点报", "problem": "停机",
    "handling": "当场换", "risks": ["预算未批", "换人"],
    "qa": [{"q": "多久到", "a": "30 天"}, {"q": "保修呢", "a": ""}],
    "objections": [{"kind": "price", "text": "嫌贵", "answer": "可分期"},
                   {"kind": "other", "text": "没空", "answer": ""}],
    "amount": 7100050, "signed_on": "2026-11-20", "contract_number": "HT-1", "delivery_period": "30 天",
    "service_period": "一年", "payment_terms": "三七", "repurchase": "yes", "referral": "no",
    "needs": [{"kind": "function", "priority": "secondary", "text": "42 个点位"}],
}  # fmt: skip
#: Reckoned from the records that come back, or the house's own word on them.
RECKONED = {"最近联系", "下一步时间", "创建时间"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["customer", "contact", "followup"])
def test_every_column_comes_back(cast: Cast, good: dict[str, Any], kind: str, format_: str) -> None:
    """R-237: nothing is lost between the export of an emptied house and the export after the import."""
    made = cast.admin.post("/customers", CUSTOMER)
    assert made.status == 201, made
    body = {"customer_id": made["id"], **good, **RECORD, "contact_at": "2026-11-24T01:00:00Z"}
    logged = cast.admin.post("/followups", body)
    assert logged.status == 201, logged
    before = table(exported(cast.admin, record_type=kind, format="csv"))
    data = exported(cast.admin, record_type=kind, format=format_).text
    for model in (Customer, Contact, FollowUp, AgendaItem):
        unscoped(model, "test").all().update(deleted_at=moment.now())
    taken(cast.admin, data, f"导出.{format_}")
    after = table(exported(cast.admin, record_type=kind, format="csv"))
    told, came = ([dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for rows in (before, after))
    assert len(told) == len(came) == 1
    lost = {name: (cell, came[0][name]) for name, cell in told[0].items() if came[0][name] != cell}
    assert {name: pair for name, pair in lost.items() if name not in RECKONED} == {}
