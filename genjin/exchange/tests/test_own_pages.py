"""Rows of own types come out as Word and PDF under the groups of their form (R-220), under the reader's rights."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from conftest import Answer, Cast, Person
from genjin.access.models import Role
from genjin.exchange import tasks
from genjin.fields.tests.designing import document, put
from genjin.lib import moment
from genjin.lib.papers import read_paper
from genjin.orgs.models import Organisation


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def sample(cast: Cast) -> tuple[str, int, list[str]]:
    """A type with two groups, one row of it; its slug, the row's id, the keys of its fields."""
    slug = cast.admin.post("/record-types", {"zh": "样品申请", "customer": "none"})["record_type"]
    body = document(cast.admin, slug)
    body["groups"] += [{"key": "g_what", "zh": "样品", "en": "Sample"}, {"key": "g_way", "zh": "寄送", "en": "Way"}]
    body["fields"] += [
        {"zh": "型号", "en": "Model", "type": "text", "group": "g_what"},
        {"zh": "数量", "type": "number", "group": "g_what", "settings": {"unit": "件"}},
        {"zh": "寄送地址", "type": "longtext", "group": "g_way"},
    ]
    answer = put(cast.admin, body, slug)
    assert answer.status == 200, answer
    keys = answer["keys"][-3:]
    values = dict(zip(keys, ("TL-200", 12, "苏州市听泉路 7 号\n收件人王总"), strict=True))
    row = cast.admin.post(f"/records/{slug}", {"name": "恒锐试机样品", **values})
    assert row.status == 201, row
    return slug, row["id"], keys


def ask(person: Person, slug: str, *ids: int, form: str = "docx", **more: Any) -> Answer:
    answer: Answer = person.post("/exports", {"record_type": slug, "format": form, "ids": list(ids), **more})
    return answer


def taken(person: Person, slug: str, *ids: int, form: str = "docx", **more: Any) -> Answer:
    asked = ask(person, slug, *ids, form=form, **more)
    assert asked.status == 201, asked
    tasks.work_once(moment.now())
    file: Answer = person.get(f"/exports/{asked['id']}/file")
    assert file.status == 200, person.get(f"/exports/{asked['id']}")
    return file


def test_a_row_as_a_word_file_has_the_shape_of_its_form(cast: Cast, sample: tuple[str, int, list[str]]) -> None:
    slug, pk, _ = sample
    file = taken(cast.admin, slug, pk)
    made = Document(io.BytesIO(file.text))
    heads = [each.text for each in made.paragraphs if each.text]
    assert heads == ["恒锐试机样品　样品申请", "一、样品", "二、寄送"]
    cells = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    assert cells[-3:] == [["型号", "TL-200"], ["数量", "12件"], ["寄送地址", "苏州市听泉路 7 号\n收件人王总"]]
    assert cells[0] == ["编号", "1", "状态", "待处理"]
    # What came out reads as a form again, with the same groups.
    again = read_paper(file.text, "样品申请.docx")
    assert [(each.group, each.label) for each in again.fields if each.group] == [
        ("样品", "型号"), ("样品", "数量"), ("寄送", "寄送地址")]  # fmt: skip


def test_in_english_and_as_pdf(cast: Cast, sample: tuple[str, int, list[str]]) -> None:
    slug, pk, _ = sample
    texts = [each.text for each in Document(io.BytesIO(taken(cast.admin, slug, pk, language="en").text)).paragraphs]
    assert "1. Sample" in texts
    assert taken(cast.admin, slug, pk, form="pdf").text.startswith(b"%PDF")


def test_what_one_may_not_read_is_not_there(cast: Cast, sample: tuple[str, int, list[str]]) -> None:
    slug, pk, keys = sample
    Role.objects.filter(org=cast.org, key="admin").update(fields={slug: {keys[0]: "hidden"}})
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=99)
    words = Document(io.BytesIO(taken(cast.admin, slug, pk).text))
    texts = {cell.text for table in words.tables for row in table.rows for cell in row.cells}
    assert "数量" in texts and not {"型号", "TL-200"} & texts


def test_rows_that_one_does_not_see_are_refused(cast: Cast, sample: tuple[str, int, list[str]]) -> None:
    slug, pk, _ = sample
    assert ask(cast.li, slug, pk).status == 404
    assert ask(cast.admin, slug, pk, 10**9).status == 404
    assert ask(cast.admin, slug).status == 422
    refused = ask(cast.admin, "customer", pk)
    assert refused.status == 422 and "自己的记录类型" in refused["zh"]
