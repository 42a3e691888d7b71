"""The team page as a file: the same rows, the same reach, formula-safe (R-171, security A3, I2)."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook

from conftest import Cast
from genjin.access.models import Role
from genjin.history.models import Event
from genjin.orgs.models import Membership


def _aimed(cast: Cast) -> None:
    cells = [
        {"member_id": cast.li.id, "measure": "records", "number": 40},
        {"member_id": cast.li.id, "measure": "amount", "number": 50_000_000},
    ]
    assert cast.zhao.put("/targets", {"month": "2026-11", "cells": cells}).status == 200


def test_the_sheet_holds_what_the_page_shows(cast: Cast, new_customer: Any) -> None:
    new_customer(cast.li, "甲公司")
    new_customer(cast.qian, "丙公司")
    _aimed(cast)
    answer = cast.zhao.get("/targets/team/file", month="2026-11", format="xlsx")
    assert answer.status == 200 and "%E7%9B%AE%E6%A0%87_2026-11.xlsx" in answer.response.headers["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(answer.text)).active
    assert sheet is not None
    heads, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert heads[:5] == ["部门", "成员", "跟进记录", "跟进记录目标", "跟进记录按进度"]
    assert [row[:5] for row in rows] == [
        ["销售一部", "合计", 0, 40, 30],
        ["销售一部", "李销售", 0, 40, 30],
    ]
    amount = heads.index("成交金额目标（元）")
    assert rows[1][amount : amount + 2] == [500_000, 380_952.38]


def test_whoever_took_the_sheet_stands_in_the_log(cast: Cast) -> None:
    _aimed(cast)
    assert cast.zhao.get("/targets/team/file", month="2026-11", format="xlsx").status == 200
    assert cast.zhao.get("/targets/team/file", month="2026-13").status == 422
    event = Event.objects.select_related("data").get(name="team.exported")
    assert (event.member_id, event.data.data["after"]) == (
        cast.zhao.id, {"name": "2026-11", "rows": 2, "format": "xlsx"},
    )  # fmt: skip


def test_a_name_that_looks_like_a_formula_is_a_text(cast: Cast) -> None:
    _aimed(cast)
    Membership.objects.filter(pk=cast.li.id).update(name="=1+1")
    text = cast.zhao.get("/targets/team/file", format="csv").text.decode()
    assert "'=1+1" in text and ",=1+1" not in text


def test_whoever_may_not_export_gets_no_file(cast: Cast) -> None:
    Role.objects.filter(org=cast.org, key="rep").update(verbs=["profile.*"])
    refused = cast.li.get("/targets/team/file")
    assert (refused.status, refused["code"]) == (403, "forbidden")
    assert not Event.objects.filter(name="team.exported").exists()
    assert cast.li.get("/targets/team/file", format="pdf").status in (403, 422)
    assert cast.zhao.get("/targets/team/file", month="2026-13").status == 422
