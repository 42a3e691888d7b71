"""Which playbook a new customer takes, over HTTP and by an import (R-089)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.exchange.tests.test_import_over_http import taken, workbook
from genjin.playbook import books, choosing
from genjin.playbook.models import PlaybookVersion
from genjin.playbook.tests.test_limits import at, items
from genjin.playbook.tests.test_moving import made

RENEWAL = {"field": "life_cycle", "op": "in", "value": ["signed", "maintained"]}
BIG = {"field": "tags", "op": "has", "value": "大客户"}


def playbook(cast: Cast, key: str, condition: Any) -> None:
    limit = {"amount": 2, "clock": "days"}
    nodes = [{"key": f"{key}_first", "zh": f"{key} 一", "action": "约见", "limit": limit},
             {"key": f"{key}_last", "zh": f"{key} 二"}]  # fmt: skip
    document = {"key": key, "title": {"zh": key}, "condition": condition, "nodes": nodes}
    answer = cast.admin.post("/playbooks", {"document": document})
    assert answer.status == 201, answer


def stage(pk: int) -> str:
    return str(unscoped(Customer, "test").get(pk=pk).stage)


def test_the_first_whose_condition_holds_takes_a_new_customer(cast: Cast) -> None:
    """R-089: in the order of the team; the default takes the rest; a node that was named is kept."""
    playbook(cast, "renewal", RENEWAL)
    playbook(cast, "big", BIG)
    both = made(cast, "双重设备", life_cycle="signed", tags=["大客户"])
    assert (stage(both), stage(made(cast, "大设备", tags=["大客户"]))) == ("renewal_first", "big_first")
    assert items(both) == [("node", cast.li.id, at(26))]
    assert stage(made(cast, "小设备")) == "lead"
    assert stage(made(cast, "谈着的设备", stage="demo", tags=["大客户"])) == "demo"
    assert stage(made(cast, "续约设备", stage="renewal_last", tags=["大客户"])) == "renewal_last"


def test_a_condition_whose_field_is_gone_takes_nobody(cast: Cast) -> None:
    """R-089: rather than everybody."""
    playbook(cast, "big", BIG)
    row = PlaybookVersion.objects.get(playbook__key="big")
    row.body = {**row.body, "condition": {"field": "gone", "op": "eq", "value": 1}}
    row.save()
    books.forget()
    choosing.forget()
    assert stage(made(cast, tags=["大客户"])) == "lead"


@pytest.mark.usefixtures("folder")
def test_an_import_takes_them_too_and_costs_no_statement(cast: Cast) -> None:
    """R-089, R-237: a sheet of customers finds the same playbooks as a form."""
    head = ["客户名称", "标签", "阶段"]
    with CaptureQueriesContext(connection) as before:
        taken(cast.li, workbook([["甲设备有限公司", "", ""], ["乙设备有限公司", "", "产品演示"]], head))
    playbook(cast, "big", BIG)
    with CaptureQueriesContext(connection) as after:
        taken(cast.li, workbook([["丙设备有限公司", "大客户", ""], ["丁设备有限公司", "大客户", "产品演示"]], head))
    found = dict(unscoped(Customer, "test").order_by("pk").values_list("name", "stage"))
    assert found == {"甲设备有限公司": "lead", "乙设备有限公司": "demo", "丙设备有限公司": "big_first",
                     "丁设备有限公司": "demo"}  # fmt: skip
    told = [[str(each["sql"]) for each in found] for found in (before, after)]
    written = [[sql for sql in found if "customers_customer" in sql] for found in told]
    assert len(written[0]) == len(written[1])


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def test_the_impact_of_a_draft_says_who_would_have_begun_where(cast: Cast) -> None:
    """R-116: the new customers of the last 90 days, by the draft's condition in place of the one in force."""
    playbook(cast, "big", BIG)
    for name, tags in (("甲设备", ["大客户"]), ("乙设备", ["老客户"]), ("丙设备", [])):
        made(cast, name, tags=tags)
    told = cast.admin.get("/playbooks/big")["document"]
    told["condition"] = {"or": [BIG, {"field": "tags", "op": "has", "value": "老客户"}]}
    answer = cast.admin.post("/playbooks/big/impact", {"document": told})
    shares = [(each["key"], each["customers"]) for each in answer["beginnings"]]
    assert shares == [("big", 2), ("standard", 1)]
