"""Serial numbers are found by whole or part, by whoever sees the row and may read the field (R-173; A5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast
from genjin.access.models import Role
from genjin.fields.tests.designing import add
from genjin.orgs.models import Organisation

FOLLOWUP = {
    "channel": "phone",
    "summary": "王总看了二期方案，问 3 号线能不能保留现有 PLC，预算 80 万。",
    "feedback": "他说“交期 45 天太长”",
    "next_steps": [{"act": "发 PLC 兼容清单并电话确认", "due_at": "2026-11-27T02:00:00Z"}],
}


def serial(pattern: str, zh: str = "档案号") -> dict[str, Any]:
    return {"zh": zh, "type": "serial", "settings": {"pattern": pattern}}


@pytest.fixture
def numbered(cast: Cast) -> str:
    """客户 with a serial number; the key of the field."""
    return add(cast.admin, serial("KH-{YYYY}-{0000}"))[0]


def customer(cast: Cast, who: str = "li", name: str = "苏州恒锐精密机械有限公司") -> dict[str, Any]:
    contact = {"name": "王总", "phone": "13912345678" if name.startswith("苏州") else "13798765432"}
    made = getattr(cast, who).post("/customers", {"name": name, "source": "online", "contact": contact})
    assert made.status == 201, made
    body: dict[str, Any] = getattr(cast, who).get(f"/customers/{made['id']}")["customer"]
    return body


def ids(answer: Any, of: str = "customers") -> list[int]:
    return [each["id"] for each in answer[of]]


def test_a_customer_is_found_by_its_serial_number(cast: Cast, numbered: str) -> None:
    first, second = customer(cast), customer(cast, name="广州科技有限公司")
    number = first[numbered]
    assert number.startswith("KH-") and number.endswith("-0001")
    for text in (number, number.lower(), "0001", number.replace("-", ""), f"恒锐 {number}", f"{number} 恒锐"):
        assert ids(cast.li.get("/find", q=text)) == [first["id"]], text
    assert set(ids(cast.li.get("/find", q=number[:7]))) == {first["id"], second["id"]}
    assert ids(cast.li.get("/find", q=f"广州 {number}")) == ids(cast.li.get("/find", q="KH-1999-0001")) == []
    assert ids(cast.li.get("/customers", q=number), "items") == [first["id"]]


def test_it_is_still_found_after_the_row_was_changed(cast: Cast, numbered: str) -> None:
    made = customer(cast)
    changed = cast.li.patch(f"/customers/{made['id']}", {"version": made["version"], "name": "苏州恒锐机械有限公司"})
    assert changed.status == 200, changed
    assert ids(cast.li.get("/find", q=made[numbered])) == [made["id"]]


def test_nobody_finds_what_he_does_not_see(cast: Cast, numbered: str) -> None:
    made = customer(cast)
    assert ids(cast.qian.get("/find", q=made[numbered])) == ids(cast.wang.get("/find", q=made[numbered])) == []


@pytest.mark.parametrize("mark", ["hidden", "masked"])
def test_whoever_may_not_read_the_field_does_not_find_by_it(cast: Cast, numbered: str, mark: str) -> None:
    made = customer(cast)
    assert ids(cast.zhao.get("/find", q=made[numbered])) == [made["id"]]
    Role.objects.filter(org=cast.org, key="supervisor").update(fields={"customer": {numbered: mark}})
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=99)
    for text in (made[numbered], "0001", f"恒锐 {made[numbered]}"):
        assert ids(cast.zhao.get("/find", q=text)) == [], text
    assert ids(cast.zhao.get("/find", q="恒锐")) == [made["id"]]


def test_records_and_rows_of_own_types_are_found_by_theirs(cast: Cast) -> None:
    """Keys repeat among types: the number of one type says nothing of another, and each has its own right."""
    [key] = add(cast.admin, serial("GJ{0000}", "跟进单号"), of="followup")
    pk = customer(cast)["id"]
    logged = cast.li.post("/followups", {"customer_id": pk, **FOLLOWUP})
    assert logged.status == 201, logged
    assert ids(cast.li.get("/find", q="GJ0001"), "followups") == [logged["id"]]
    rows, types = [], []
    for name, pattern in (("样品申请", "样品-{0000}"), ("售后工单", "SH{0000}")):
        made = cast.admin.post("/record-types", {"zh": name, "customer": "none"})
        assert add(cast.admin, serial(pattern, f"{name}单号"), of=made["record_type"]) == [key]
        types.append(made["record_type"])
        row = cast.admin.post(f"/records/{made['record_type']}", {"name": "一号"})
        assert row.status == 201, row
        rows.append(row["id"])
    assert ids(cast.admin.get("/find", q="样品-0001"), "records") == rows[:1]
    assert ids(cast.admin.get("/find", q="sh0001"), "records") == rows[1:]
    assert ids(cast.admin.get(f"/records/{types[1]}", q="sh0001"), "items") == rows[1:]
    Role.objects.filter(org=cast.org, key="admin").update(fields={types[1]: {key: "hidden"}})
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=99)
    assert ids(cast.admin.get("/find", q="sh0001"), "records") == []
    assert ids(cast.admin.get("/find", q="样品-0001"), "records") == rows[:1]


def test_a_serial_number_costs_no_statement(cast: Cast, numbered: str) -> None:
    made = customer(cast)
    cast.li.get("/find", q="恒锐")
    counts = []
    for text in ("恒锐", made[numbered]):
        with CaptureQueriesContext(connection) as asked:
            cast.li.get("/find", q=text)
        counts.append(len(asked))
    assert counts[0] == counts[1]
