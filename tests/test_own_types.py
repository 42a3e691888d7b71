"""An own type is found on every surface, without a line of code, and each of them shows a new field of it (R-213)."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import orjson
import pytest

from conftest import Cast
from genjin.exchange.tests.test_export_over_http import exported
from genjin.exchange.tests.test_record_sheets import sheet, taken
from genjin.records.tests.making import make_row, make_type, row
from tests.test_own_fields import BAD, Sample, _shown, fields_of_all_types


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def types(cast: Cast) -> dict[str, tuple[str, Sample]]:
    make_type(cast)
    return fields_of_all_types(cast, "x_sample")


def _made(cast: Cast, types: dict[str, tuple[str, Sample]]) -> int:
    pk = make_row(cast.li, "甲", **{key: each.value for key, each in types.values() if not each.given})
    make_row(cast.li, "乙", **{key: each.other for key, each in types.values() if not each.given})
    make_row(cast.li, "丙")
    return pk


def _names(cast: Cast, **query: Any) -> list[str]:
    answer = cast.li.get("/records/x_sample", **query)
    assert answer.status == 200, answer
    return [each["name"] for each in answer["items"]]


def test_form_list_board_filter_sort_and_view_know_a_new_field_of_an_own_type(
    cast: Cast, types: dict[str, tuple[str, Sample]]
) -> None:
    pk = _made(cast, types)
    schema = {each["slug"]: each for each in cast.li.get("/schema")["record_types"]["x_sample"]["fields"]}
    detail = row(cast.li, pk)
    listed = next(each for each in cast.li.get("/records/x_sample")["items"] if each["id"] == pk)
    board = cast.li.get("/records/x_sample/board")["columns"]
    card = next(each for column in board for each in column["items"] if each["id"] == pk)
    for name, (key, each) in types.items():
        assert (schema[key]["type"], schema[key]["label"]["zh"], schema[key]["list"]) == (name, f"字段{name}", True)
        assert detail[key] == listed[key] == card[key] == _shown(each), name
        if each.test is not None:
            assert _names(cast, filter=orjson.dumps({"field": key, **each.test}).decode()) == ["甲"], name
            assert _names(cast, filter=orjson.dumps({"field": key, "op": "empty"}).decode()) == [*each.blank], name
        if each.sorts:
            assert _names(cast, sort=key) == [*each.up], name
            assert _names(cast, sort=f"-{key}") == [*each.down], name
        else:
            assert cast.li.get("/records/x_sample", sort=key).status == 422
    first = types["text"][0]
    saved = cast.li.post("/views", {"record_type": "x_sample", "name": "视图", "columns": [{"key": first}],
                                    "sort": first, "filter": {"field": first, "op": "not_empty"}})  # fmt: skip
    assert saved.status == 201, saved
    assert sorted(_names(cast, view=str(saved["id"]))) == ["乙", "甲"]


def test_history_restore_undo_and_rights_know_it(cast: Cast, types: dict[str, tuple[str, Sample]]) -> None:
    pk = _made(cast, types)
    types = {name: (key, each) for name, (key, each) in types.items() if not each.given}
    others = {key: each.third or each.other for key, each in types.values()}
    assert cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, **others}).status == 200
    (change, _) = cast.li.get(f"/versions/x_sample/{pk}")["items"]
    told = {each["field"]: each for each in change["changes"]}
    for name, (key, _) in types.items():
        assert (
            told[key]["label"]["zh"] == f"字段{name}" and told[key]["old"]["zh"] and "{" not in told[key]["old"]["zh"]
        )
    assert cast.li.post(f"/versions/x_sample/{pk}/1", {"version": 2}).status == 200
    now = row(cast.li, pk)
    assert {key: now[key] for key, _ in types.values()} == {key: _shown(each) for key, each in types.values()}
    limited = next(each for each in cast.admin.get("/roles/catalogue")["fields"] if each["slug"] == "x_sample")
    assert {key for key, _ in types.values()} <= {each["slug"] for each in limited["fields"]}


def test_a_sheet_holds_it_and_brings_it_back(cast: Cast, types: dict[str, tuple[str, Sample]]) -> None:
    pk = _made(cast, types)
    text = exported(cast.li, record_type="x_sample", format="csv", ids=[pk]).text
    head, line = csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""))
    for name, (_, each) in types.items():
        column = f"字段{name}（元）" if name in ("money", "money_range") else f"字段{name}"
        assert line[head.index(column)] == each.cell, name
    kept = {"attachment", "picture"}  # a cell only names them
    blank = {key: None for name, (key, each) in types.items() if not each.given and name not in kept}
    assert cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, **blank}).status == 200
    taken(cast.li, text, "样品.csv")
    now = row(cast.li, pk)
    for name, (key, each) in types.items():
        wanted = _shown(each)
        # A CSV cell is plain text; the marks are in an xlsx.
        assert now[key] == ({**wanted, "blocks": []} if name == "rich" else wanted), name
    run = taken(cast.li, sheet(["标题", "字段text"], ["丁", "沪C"]))
    assert run["counts"]["records_new"] == 1
    assert _names(cast, q="丁") == ["丁"]


def test_a_bad_value_is_refused_in_one_sentence(cast: Cast, types: dict[str, tuple[str, Sample]]) -> None:
    pk = _made(cast, types)
    before = row(cast.li, pk)
    for name, (value, zh) in BAD.items():
        key = types[name][0]
        answer = cast.li.patch(f"/records/x_sample/{pk}", {"version": 1, key: value})
        assert (answer.status, answer["field"], answer["zh"]) == (422, key, zh.format(key)), answer
    assert row(cast.li, pk) == before
