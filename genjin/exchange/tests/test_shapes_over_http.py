"""The shapes old sheets have, from upload to the rows they make, and the mapping kept for the next (R-237)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import Cast, Person
from genjin.access.guard import unscoped
from genjin.customers.models import Contact, Customer
from genjin.exchange.models import SavedColumns
from genjin.exchange.tests.test_formats_over_http import xlsx
from genjin.exchange.tests.test_import_over_http import checked, count, send, taken, work
from genjin.followups.models import FollowUp


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def days(**filters: Any) -> list[tuple[str, str]]:
    rows = unscoped(FollowUp, "test").filter(**filters).order_by("contact_at")
    return [(f"{row.contact_at:%m-%d}", row.summary) for row in rows]


def test_a_cell_of_dated_lines_becomes_records(cast: Cast) -> None:
    """R-237: each dated line is a contact of its own, with the channel it begins with; twice adds nothing."""
    log = "2026.6.10 电话，王总要 12 台报价\n2026.6.15 拜访，看了样机\n补充：要配料架\n2026.6.20 微信，谈到 80 万"
    data = xlsx(
        {"跟进": [["客户名称", "联系人", "跟进记录", "下一步"], ["甲精密有限公司", "王总", log, "7月1日发合同"]]}
    )
    taken(cast.li, data)
    records = unscoped(FollowUp, "test").order_by("contact_at")
    assert [(row.channel, row.summary.split("，", 1)[1], row.precision) for row in records] == [
        ("phone", "王总要 12 台报价", "day"),
        ("visit", "看了样机\n补充：要配料架", "day"),
        ("wechat", "谈到 80 万", "day"),
    ]
    assert [row.next_plan for row in records] == ["", "", "7月1日发合同"]
    assert count() == (1, 1, 3, 0)
    again = checked(cast.li, data)
    assert cast.li.get(f"/imports/{again}")["counts"]["duplicate"] == 3
    assert count() == (1, 1, 3, 0)


def test_first_and_second_contact_side_by_side(cast: Cast) -> None:
    """R-237: 第一次跟进 / 第二次跟进 columns become records."""
    head = ["客户名称", "电话", "第一次跟进时间", "第一次跟进内容", "第二次跟进时间", "第二次跟进内容"]
    rows = [
        head,
        ["甲精密有限公司", "13800138000", "2026-06-01", "问 12 台价格", "2026-06-09", "送样 3 件"],
        ["乙科技有限公司", "13900139000", "2026-06-02", "要目录", "", ""],
    ]
    taken(cast.li, xlsx({"跟进": rows}))
    assert days() == [("05-31", "问 12 台价格"), ("06-01", "要目录"), ("06-08", "送样 3 件")]
    assert count() == (2, 2, 3, 0)


def test_a_sheet_for_each_salesperson(cast: Cast) -> None:
    """R-237: the sheet's name is who spoke to the customer."""
    head = ["客户名称", "跟进时间", "跟进内容"]
    sheets = {
        "李销售": [head, ["甲精密有限公司", "2026-06-01 10:00", "问 12 台价格"]],
        "王销售": [head, ["乙科技有限公司", "2026-06-02 10:00", "要 3 份目录"]],
    }
    taken(cast.admin, xlsx(sheets))
    found = dict(unscoped(FollowUp, "test").values_list("customer__name", "contacted_by__name"))
    assert found == {"甲精密有限公司": "李销售", "乙科技有限公司": "王销售"}


def test_a_sheet_for_each_month(cast: Cast) -> None:
    """R-237: in the sheet 2026年6月 a bare 12 is the twelfth of June."""
    head = ["客户名称", "日期", "跟进内容"]
    sheets = {
        "2026年5月": [head, ["甲精密有限公司", "12日", "问 12 台价格"]],
        "2026年6月": [head, ["甲精密有限公司", "12", "送样 3 件"]],
    }
    taken(cast.li, xlsx(sheets))
    assert days() == [("05-11", "问 12 台价格"), ("06-11", "送样 3 件")]
    assert count()[0] == 1


def test_customers_and_contacts_in_one_row(cast: Cast) -> None:
    """R-237: a firm on two rows is one customer with two contacts, the first of them shown."""
    rows = [
        ["公司", "地址", "联系人", "职务", "手机"],
        ["甲精密有限公司", "园区 1 号", "王建国", "厂长", "13800138000"],
        ["甲精密有限公司", "", "李芳", "采购", "13900139000"],
    ]
    taken(cast.li, xlsx({"名单": rows}))
    customer = unscoped(Customer, "test").get()
    assert (customer.address, customer.contact_name) == ("园区 1 号", "王建国")
    people = unscoped(Contact, "test").order_by("id").values_list("name", "title", "phone", "primary")
    assert list(people) == [("王建国", "厂长", "13800138000", True), ("李芳", "采购", "13900139000", False)]


def test_ambiguous_dates_and_unknown_options_wait_for_a_word(cast: Cast) -> None:
    """R-025, R-237: 06/05/2025 and 飞鸽 keep their rows out until somebody says what they mean."""
    rows = [
        ["客户名称", "跟进时间", "跟进方式", "跟进内容"],
        ["甲精密有限公司", "06/05/2025", "电话", "问 12 台价格"],
        ["乙科技有限公司", "2025-06-02 10:00", "飞鸽", "要 3 份目录"],
    ]
    pk = checked(cast.li, xlsx({"跟进": rows}))
    waiting = cast.li.get(f"/imports/{pk}/rows", verdict="confirm")["items"]
    assert [row["problems"][0]["code"] for row in waiting] == ["ambiguous-date", "unknown-option"]
    taps = [fix["set"]["followup.contact_at"] for fix in waiting[0]["problems"][0]["fixes"] if "set" in fix]
    assert sorted(taps) == ["2025-05-06", "2025-06-05"]
    assert cast.li.post(f"/imports/{pk}/run").status == 422
    assert count() == (0, 0, 0, 0)
    change = {"sheet": "跟进", "row": 2, "set": {"followup.contact_at": "2025-06-05"}}
    assert cast.li.patch(f"/imports/{pk}/rows", {"rows": [change]}).status == 200
    cast.li.post(f"/imports/{pk}/run")
    work()
    assert days() == [("06-04", "问 12 台价格")]


HEAD = ["客户名称", "备注2", "跟进时间", "跟进内容"]


def proposed(person: Person, head: list[str], name: str = "甲精密有限公司") -> tuple[int, dict[str, Any]]:
    pk = send(person, xlsx({"跟进": [head, [name, "华东", "2026-06-01 10:00", "问 12 台价格"]]}))
    work()
    return pk, {each["header"]: each for each in person.get(f"/imports/{pk}")["columns"]}


def choose(person: Person, pk: int, field: str | None) -> None:
    body = {"columns": [{"sheet": "跟进", "header": "备注2", "field": field}]}
    assert person.put(f"/imports/{pk}/columns", body).status == 200
    assert person.post(f"/imports/{pk}/check").status == 200
    work()


def test_the_mapping_of_last_time_is_proposed(cast: Cast) -> None:
    """R-237: the next sheet with these headings proposes what the team chose, and can be corrected again."""
    pk, columns = proposed(cast.li, HEAD)
    assert columns["备注2"]["field"] is None
    choose(cast.li, pk, "customer.region")
    pk, columns = proposed(cast.wang, [f" {head}： " for head in HEAD], "乙科技有限公司")
    column = next(each for header, each in columns.items() if "备注2" in header)
    assert (column["field"], column["sure"]) == ("customer.region", True)
    assert column["reason"] == {"zh": "上次这样对应", "en": "as last time"}
    assert "上次" in cast.wang.get(f"/imports/{pk}")["assumptions"][0]["zh"]
    # Taken over as proposed.
    cast.wang.post(f"/imports/{pk}/check")
    work()
    cast.wang.post(f"/imports/{pk}/run")
    work()
    assert unscoped(Customer, "test").get().region == "华东"
    # The last word counts.
    pk, _ = proposed(cast.li, HEAD)
    choose(cast.li, pk, None)
    assert proposed(cast.li, HEAD)[1]["备注2"]["field"] is None
    assert SavedColumns.objects.filter(org_id=cast.li.member.org_id).count() == 1


def test_a_kept_mapping_is_of_one_team_and_one_heading(cast: Cast) -> None:
    """A2: other teams know nothing of it; another heading is proposed afresh."""
    pk, _ = proposed(cast.li, HEAD)
    choose(cast.li, pk, "customer.region")
    assert proposed(cast.outsider, HEAD)[1]["备注2"]["field"] is None
    assert proposed(cast.li, [*HEAD[:3], "沟通情况"])[1]["备注2"]["field"] is None


def test_a_kept_field_that_is_gone_is_not_proposed(cast: Cast) -> None:
    """R-237: a mapping of an older release names a field that is no more: the heading speaks again."""
    pk, _ = proposed(cast.li, HEAD)
    choose(cast.li, pk, "customer.region")
    row = SavedColumns.objects.get(org_id=cast.li.member.org_id)
    row.columns = [[field if field != "customer.region" else "customer.gone", 0] for field, _ in row.columns]
    row.save()
    assert proposed(cast.li, HEAD)[1]["备注2"]["field"] is None
