"""Bad input to the import and export routes: one sentence, nothing changed, never a 500 (R-165, I6)."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conftest import Answer, Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.exchange.models import ImportRun
from genjin.exchange.tests.test_import_over_http import ROWS, checked, count, plain, send, taken, work, workbook
from genjin.followups.models import FollowUp


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def test_uploads_that_are_none(cast: Cast, settings: Any) -> None:
    settings.MOST_UPLOAD = 1000
    assert cast.li.post("/imports").status == 422
    empty = Answer(cast.li.client.post("/api/v1/imports", {"file": SimpleUploadedFile("a.xlsx", b"")}))
    assert empty.status == 422
    huge = Answer(cast.li.client.post("/api/v1/imports", {"file": SimpleUploadedFile("a.xlsx", b"x" * 1001)}))
    assert huge.status == 413
    assert not unscoped(ImportRun, "test").exists()


def test_the_same_upload_twice_is_one_import(cast: Cast, tmp_path: Path) -> None:
    """C3: the repeated POST with its key answers again."""
    data = workbook(ROWS)
    answers = [
        Answer(
            cast.li.client.post(
                "/api/v1/imports",
                {"file": SimpleUploadedFile("表.xlsx", data)},
                headers={"Idempotency-Key": "once"},
            )
        )
        for _ in range(2)
    ]
    assert answers[0]["id"] == answers[1]["id"]
    assert unscoped(ImportRun, "test").count() == 1
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 1


def test_a_bomb_ends_with_one_sentence(cast: Cast) -> None:
    """I6: a small file that is huge when unpacked."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(450):
                part.write(b" " * 1024**2)
    pk = send(cast.li, made.getvalue())
    work()
    run = cast.li.get(f"/imports/{pk}")
    assert (run["state"], bool(run["error"]["zh"])) == ("failed", True)


@pytest.mark.parametrize(
    "body",
    [
        {"rows": []},
        {"rows": [{"sheet": "跟进表", "row": "x"}]},
        {"rows": [{"sheet": "跟进表", "row": 2, "owner": 1}]},
        {"rows": [{"sheet": "跟进表", "row": 2, "set": {"customer.owner_id": "1"}}]},
        {"rows": [{"sheet": "跟进表", "row": 2, "set": {"customer.name": "坏\u0000名"}}]},
        {"rows": [{"sheet": "没有", "row": 999, "skip": True}]},
    ],
)
def test_decisions_that_are_none(cast: Cast, body: dict[str, Any]) -> None:
    """A6: only cells of the sheet can be mended; unknown names change nothing."""
    pk = checked(cast.li, workbook(ROWS))
    before = cast.li.get(f"/imports/{pk}/rows").body
    assert cast.li.patch(f"/imports/{pk}/rows", body).status in (404, 422)
    assert cast.li.get(f"/imports/{pk}/rows").body == before


def test_steps_out_of_order(cast: Cast) -> None:
    """409 names the state; nothing moves."""
    pk = send(cast.li, workbook(ROWS))
    for call in ("check", "run"):
        answer = cast.li.post(f"/imports/{pk}/{call}")
        assert (answer.status, answer["state"]) == (409, "reading")
    assert cast.li.get(f"/imports/{pk}/rows", verdict="wrong").status == 422
    assert cast.li.get(f"/imports/{pk}/rows", cursor="§§").status == 422


def test_hostile_cells(cast: Cast) -> None:
    """Long texts, emoji, markup and formulas are texts; a customer's name is cut, nothing fails."""
    rows = [
        [*plain("甲" * 5000, "2026-11-01")],
        [*plain("😀乙公司", "2026-11-01")],
        [*plain("<script>alert(1)</script>公司", "2026-11-01")],
        [*plain("=1+1公司", "2026-11-01")],
        [*plain("'; DROP TABLE customers; --", "2026-11-01")],
    ]
    rows[1][5] = "长" * 30_000
    rows[2][1] = "名" * 500
    rows[3][2] = "1" * 5000
    taken(cast.li, workbook(rows))
    assert count()[0] == 5
    assert unscoped(Customer, "test").filter(name="=1+1公司").exists()


def test_a_member_who_left_writes_nothing(cast: Cast) -> None:
    """A9: the run of somebody who was switched off ends with one sentence."""
    pk = checked(cast.li, workbook(ROWS))
    cast.li.post(f"/imports/{pk}/run")
    cast.li.member.active = False
    cast.li.member.save()
    work()
    run = unscoped(ImportRun, "test").get(pk=pk)
    assert run.state == "failed"
    assert run.error is not None
    assert count() == (0, 0, 0, 0)


@pytest.mark.parametrize("cell", ["2026-02-30", "0000-01-01", "２０２６-13-40", "9999-01-01", "昨天"])
def test_a_day_that_is_none_stops_no_import(cast: Cast, cell: str) -> None:
    """I6, R-237: it stays as it is written, with the record and with the customer; its row and the others go in."""
    headers = ["客户名称", "跟进时间", "跟进方式", "跟进内容", "签约日期"]
    rows = [[f"{n}号贸易有限公司", "2026-11-20", "电话", "谈了报价", day] for n, day in enumerate([cell, "2026-11-21"])]
    run = taken(cast.li, workbook(rows, headers))
    found = unscoped(FollowUp, "test").filter(import_id=run).order_by("pk").values_list("signed_on", "extra")
    assert list(found) == [(None, {"columns": {"签约日期": cell}}), (date(2026, 11, 21), {})]
    lines = ["客户名称,联系人,成立时间", f"甲贸易,王工,{cell}", "乙贸易,李工,2001年2月3日", ""]
    run = taken(cast.li, "\r\n".join(lines).encode(), "客户.csv")
    customers = unscoped(Customer, "test").filter(import_id=run).order_by("pk").values_list("founded_on", "notes")
    assert list(customers) == [(None, f"成立时间：{cell}"), (date(2001, 2, 3), "")]
