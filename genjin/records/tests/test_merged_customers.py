"""Rows of own types and links to a customer that goes or is merged: counted before, moved, led to the survivor."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast
from genjin.records.tests.making import make_row, make_type, row


@pytest.fixture
def two(cast: Cast, new_customer: Any) -> tuple[int, int]:
    make_type(cast, fields=[{"zh": "终端客户", "type": "link", "settings": {"to": "customer"}}])
    first = int(new_customer(cast.li, "苏州恒锐精密机械有限公司"))
    return first, int(new_customer(cast.li, "恒锐精机"))


def said(answer: Any) -> str:
    assert answer.status == 200, answer
    return "；".join(each["zh"] for each in answer["sentences"])


def test_a_preview_counts_and_names_rows_of_own_types(cast: Cast, two: tuple[int, int]) -> None:
    first, second = two
    make_row(cast.li, "甲", customer=second)
    make_row(cast.li, "乙", customer=second)
    gone = make_row(cast.li, "丙", customer=second)
    cast.li.post("/records/x_sample/delete", {"ids": [gone]})
    make_type(cast, "售后工单", "x_order", rights={})
    make_row(cast.admin, "丁", "x_order", customer=second)
    told = cast.zhao.post("/customers/preview", {"verb": "delete", "ids": [second]})
    assert "2 条样品申请、1 条别的记录留着，上面的客户看不到了" in said(told)
    told = cast.li.post("/customers/preview", {"verb": "merge", "ids": [first, second], "into": first})
    assert "1 位联系人、2 条样品申请、1 条别的记录一起过来" in said(told)
    assert told["moving"]["x_sample"] == 2 and "x_order" not in told["moving"]
    told = cast.zhao.post("/customers/preview", {"verb": "delete", "ids": [first]})
    assert "留着" not in said(told)


def test_rows_and_links_lead_to_the_survivor_and_back_when_it_is_undone(cast: Cast, two: tuple[int, int]) -> None:
    first, second = two
    own = make_row(cast.li, "甲", customer=second)
    linked = make_row(cast.li, "乙", cf_1=second)
    done = cast.li.post("/customers/merge", {"into": first, "ids": [first, second]})
    assert done.status == 200, done
    name = "苏州恒锐精密机械有限公司"
    assert row(cast.li, own)["customer"] == {"id": first, "name": name}
    assert row(cast.li, linked)["cf_1"]["name"] == name
    listed = {each["name"]: each["cf_1"] for each in cast.li.get("/records/x_sample")["items"]}
    assert listed["乙"]["name"] == name
    # Its old id opens the survivor.
    opened = cast.li.get(f"/customers/{row(cast.li, linked)['cf_1']['id']}")
    assert opened.body["customer"]["id"] == first, opened.body.keys()
    third = int(cast.li.post("/customers", {"name": "恒锐集团", "source": "exhibition", "confirm_duplicate": True,
                                            "contact": {"name": "李", "phone": "13600000009"}})["id"])  # fmt: skip
    again = cast.li.post("/customers/merge", {"into": third, "ids": [third, first]})
    assert row(cast.li, linked)["cf_1"]["name"] == "恒锐集团"
    for batch in (again["batch"], done["batch"]):
        assert cast.li.post("/batches/undo", {"batch": batch}).status == 200
    assert row(cast.li, linked)["cf_1"] == {"id": second, "name": "恒锐精机"}
    # A link to a customer that was deleted and merged into none still leads nowhere.
    cast.zhao.post("/customers/delete", {"ids": [second]})
    assert row(cast.li, linked)["cf_1"]["name"] == ""
