"""The labelled sheets give exactly the labelled findings (R-021…R-031, R-237, R-249); borderline ones are skipped."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from genjin.cli.report.as_json import as_json
from genjin.exchange.checkup import check_book
from genjin.lib.sheets import read_workbook
from genjin.quality.standard import load_standard

SAMPLES = Path(__file__).resolve().parents[3] / "tests" / "data" / "samples"
LABELS = json.loads((SAMPLES / "labels.json").read_text(encoding="utf-8"))
NOW = datetime.fromisoformat("2025-06-30 18:00")
REAL, GOOD, LIST = "跟进表_真实场景.xlsx", "跟进表_规范示例.xlsx", "客户名单_GBK.csv"


@cache
def report(name: str) -> dict[str, Any]:
    return as_json(check_book(read_workbook(SAMPLES / name), name, load_standard(), now=NOW))


def rules_of(row: dict[str, Any]) -> set[str]:
    return {finding["rule"] for finding in row["findings"] if finding["severity"] != "hint"}


@pytest.mark.parametrize("number", LABELS[REAL]["labels"])
def test_row_has_the_labelled_findings(number: str) -> None:
    row = next(row for row in report(REAL)["rows"] if row["row"] == int(number))
    skipped = set(LABELS[REAL]["borderline"].get(number, []))
    assert rules_of(row) - skipped == set(LABELS[REAL]["labels"][number]) - skipped


def test_every_labelled_row_is_read_and_no_other() -> None:
    assert [str(row["row"]) for row in report(REAL)["rows"]] == sorted(LABELS[REAL]["labels"], key=int)
    assert {row["sheet"] for row in report(REAL)["rows"]} == {LABELS[REAL]["sheet"]}


def test_normalised_cells_and_columns_are_as_labelled() -> None:
    rows = {str(row["row"]): row["normalized"] for row in report(REAL)["rows"]}
    wanted = LABELS[REAL]["normalized"]
    assert {number: {k: rows[number].get(k) for k in cells} for number, cells in wanted.items()} == wanted
    assert report(REAL)["columns"] == LABELS[REAL]["columns"]


def test_the_good_sheet_has_no_finding() -> None:
    assert report(GOOD)["summary"]["rows"] == LABELS[GOOD]["records"]
    assert report(GOOD)["summary"]["clean"] == LABELS[GOOD]["records"]
    assert report(GOOD)["summary"]["by_rule"] == {}


def test_duplicates_are_found_and_namesakes_left_apart() -> None:
    #
    assert report(REAL)["summary"]["duplicates"] == [each["names"] for each in LABELS[REAL]["duplicates"]]
    wanted = sorted(each["names"] for each in LABELS[LIST]["duplicates"])
    assert sorted(report(LIST)["summary"]["duplicates"]) == wanted


def test_a_customer_list_is_only_checked_for_what_it_has() -> None:
    found = {row["row"]: rules_of(row) for row in report(LIST)["rows"] if rules_of(row)}
    assert found == {each["line"]: {"bad-contact-format"} for each in LABELS[LIST]["malformed_phones"]}
    rows = {row["row"]: row["normalized"].get("联系方式") for row in report(LIST)["rows"]}
    for line, phone in LABELS[LIST]["phones_normalized"].items():
        assert rows[int(line)] == phone


def test_an_ambiguous_date_is_said_and_not_guessed() -> None:
    #
    said = "\n".join(report(REAL)["assumptions"])
    for each in LABELS[REAL]["ambiguous_dates"]:
        assert f"第{each['row']}行" in said
        assert all(reading in said for reading in each["readings"])
        row = next(row for row in report(REAL)["rows"] if row["row"] == each["row"])
        assert "跟进时间" not in row["normalized"]


def test_assumptions_name_header_totals_and_hidden_sheet() -> None:
    said = "\n".join(report(REAL)["assumptions"])
    assert "第3行为表头" in said
    assert "列“对接人”按“联系人”读取" in said
    assert "第96行" in said
    assert LABELS[REAL]["hidden_sheets"][0] in said
