"""The contract from the team's own Word template and as PDF, and the printed hand-over list (R-159, R-155)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from docx.shared import Pt

from conftest import Cast, Person
from genjin.contracts.tests.making import drafted, signed
from genjin.contracts.tests.test_money import PLAN
from genjin.documents.filled import filled, placeholders
from genjin.documents.onepage import _families, chinese_of
from genjin.lib.money_words import capitals
from genjin.orgs.models import Organisation

needs_font = pytest.mark.skipif(not chinese_of(_families()), reason="this machine has no Chinese font")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def word(*lines: str, cell: str = "") -> bytes:
    """A Word file with these paragraphs; `|` cuts a run, as Word does; the second run of each is bold and large."""
    made = Document()
    for line in lines:
        paragraph = made.add_paragraph()
        for at, part in enumerate(line.split("|")):
            run = paragraph.add_run(part)
            if at == 1:
                run.bold, run.font.size = True, Pt(20)
    if cell:
        made.add_table(rows=1, cols=2).rows[0].cells[1].text = cell
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def said(data: bytes) -> list[str]:
    opened = Document(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in opened.paragraphs] + cells


def uploaded(person: Person, data: bytes, name: str = "合同模板.docx") -> int:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    answer = person.client.post("/api/v1/files", {"file": SimpleUploadedFile(name, data, kind), "kind": "other"})
    assert answer.status_code in (200, 201), answer.content
    return int(answer.json()["id"])


def test_placeholders_are_filled_over_cut_runs_and_keep_their_look() -> None:
    """R-159: in text and tables; an unknown one stays."""
    data = word("甲方：{{甲方}}", "金额 |{{合同|金额}}| 元整，{{ 合同编号 }}，{{没有}}", cell="{{付款计划}}")
    assert placeholders(data) == ["甲方", "合同金额", "合同编号", "没有", "付款计划"]
    made = filled(data, {"甲方": "甲公司", "合同金额": "100 元", "合同编号": "HT-1", "付款计划": "第 1 期\n第 2 期"})
    assert said(made) == ["甲方：甲公司", "金额 100 元 元整，HT-1，{{没有}}", "", "第 1 期\n第 2 期"]
    run = Document(io.BytesIO(made)).paragraphs[1].runs[1]
    assert (run.text, run.bold, run.font.size) == ("100 元", True, Pt(20))


def test_the_teams_own_template_makes_the_contract(cast: Cast, new_customer: Any) -> None:
    """R-159: set by the administrator, used by whoever may see the contract."""
    pk = drafted(cast.li, new_customer(cast.li, "甲公司"), number="HT-1")
    assert cast.li.put(f"/contracts/{pk}/plan", {"version": 1, "parts": PLAN}).status == 200
    lines = (
        "{{合同编号}} {{甲方}} 与 {{乙方}}",
        "{{合同金额}}，大写{{金额大写}}",
        "{{服务期限}}，{{付款方式}}，{{付款条件}}",
    )
    file = uploaded(cast.admin, word(*lines, cell="{{付款计划}}"))
    assert cast.li.put("/contracts/template", {"file_id": file}).status == 403
    assert cast.admin.put("/contracts/template", {"file_id": file})["name"] == "合同模板.docx"
    made = cast.li.get(f"/contracts/{pk}/file", format="docx")
    assert made.status == 200
    assert said(made.text)[:3] == [
        "HT-1 甲公司 与 青松科技",
        "1,280,000.50 元，大写壹佰贰拾捌万元伍角",
        "2027 年 1 月 1 日至2027 年 12 月 31 日，分期付款，3-4-3",
    ]
    assert "第 1 期　预付款　2026 年 11 月 30 日　384,000.15 元" in said(made.text)[-1]
    assert cast.admin.put("/contracts/template", {"file_id": None})["name"] == ""
    assert "MES 二期合同" in " ".join(said(cast.li.get(f"/contracts/{pk}/file", format="docx").text))


def test_a_placeholder_that_there_is_not_is_named(cast: Cast) -> None:
    """R-159: the template that was in force stays."""
    file = uploaded(cast.admin, word("{{合同金额}}", "{{总价}} {{折扣率}}"))
    refused = cast.admin.put("/contracts/template", {"file_id": file})
    assert (refused.status, refused["unknown"]) == (422, ["总价", "折扣率"])
    assert refused["zh"].startswith("模板里有不认识的字段：{{总价}}、{{折扣率}}；能用的有：合同名称、")
    broken = cast.admin.put("/contracts/template", {"file_id": uploaded(cast.admin, b"no word at all", "a.txt")})
    assert (broken.status, broken["zh"]) == (422, "这个文件不是能打开的 Word（docx），另存为 docx 再上传")
    assert "contract_template" not in Organisation.objects.get(pk=cast.org.pk).settings


@needs_font
def test_contract_and_hand_over_list_are_printed(cast: Cast, new_customer: Any) -> None:
    """R-159, R-155: as PDF and as Word."""
    pk = signed(cast, cast.li, new_customer(cast.li, "甲公司"), terms="违约金每日万分之五")
    assert cast.li.get(f"/contracts/{pk}/file").text.startswith(b"%PDF")
    listed = cast.li.get(f"/contracts/{pk}")["delivery_id"]
    assert cast.li.get(f"/deliveries/{listed}/file").text.startswith(b"%PDF")
    assert "客户交接清单" in " ".join(said(cast.li.get(f"/deliveries/{listed}/file", format="docx").text))
    assert cast.qian.get(f"/contracts/{pk}/file").status == 404


@pytest.mark.parametrize(
    ("minor", "words"),
    [
        (128_000_050, "壹佰贰拾捌万元伍角"),
        (100, "壹元整"),
        (1_005, "壹拾元零伍分"),
        (0, "零元整"),
        (1_050_000, "壹万零伍佰元整"),
        (10_000_000_100, "壹亿零壹元整"),
        (100_000_005_003, "壹拾亿零伍拾元零叁分"),
    ],
)
def test_sums_in_capitals(minor: int, words: str) -> None:
    """R-159: as contracts write them."""
    assert capitals(minor) == words
