"""Record types of a team's own in packs: brought, compared, left out, put away and brought back (R-221, R-256)."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Cast, Person
from genjin.fields.tests.designing import document, put
from genjin.packs.tests.test_packs import applied
from genjin.records.tests.making import make_row, make_type, names
from genjin.schema.models import Shape

PACK = """genjin: 1
name: {zh: 试}
types:
- key: x_sample
  zh: 样品申请
  customer: optional
  states:
  - {key: asked, zh: 待审, next: [sent]}
  - {key: sent, zh: 已寄出, closed: true}
forms:
  x_sample:
    fields:
    - {key: cf_1, type: text, zh: 型号}
"""


def _preview(person: Person, text: str) -> list[tuple[str, str]]:
    seen = person.post("/pack/preview", {"text": text})
    assert seen.status == 200, seen
    return [(each["id"], each["what"]) for each in seen["changes"]]


def test_a_type_comes_with_its_form_and_is_compared(cast: Cast) -> None:
    assert _preview(cast.admin, PACK) == [("types//x_sample", "added"), ("forms/x_sample/cf_1", "added")]
    assert applied(cast.admin, PACK).status == 200
    assert make_row(cast.admin, "主轴", cf_1="MX-3")
    assert _preview(cast.admin, PACK) == []
    renamed = PACK.replace("zh: 样品申请", "zh: 样机申请").replace(
        "zh: 已寄出, closed: true", "zh: 已发货, closed: true"
    )
    assert _preview(cast.admin, renamed) == [("types//x_sample", "changed")]
    assert applied(cast.admin, renamed).status == 200
    (kind,) = cast.admin.get("/record-types")["items"]
    assert (kind["label"]["zh"], [each["zh"] for each in kind["states"]]) == ("样机申请", ["待审", "已发货"])


def test_a_whole_pack_puts_types_away_that_it_does_not_name_and_the_way_back_returns_them(cast: Cast) -> None:
    """Rows, fields, and what roles say of them are there again."""
    before = cast.admin.get("/pack")["text"]
    make_type(cast, fields=[{"zh": "型号", "type": "text"}])
    make_row(cast.li, "主轴", cf_1="MX-3")
    mine = cast.admin.get("/pack")["text"]
    away = applied(cast.admin, before)
    assert away.status == 200, away
    assert cast.admin.get("/pack")["text"] == before
    assert cast.li.get("/records/x_sample").status == 404
    version = cast.admin.get("/pack")["version"]
    assert cast.admin.post("/pack/roll-back", {"to": 1, "version": version}).status == 200
    assert cast.admin.get("/pack")["text"] == mine
    (row,) = cast.li.get("/records/x_sample")["items"]
    assert (row["name"], row["cf_1"]) == ("主轴", "MX-3")


BAD = [
    ("x_sample\n  zh", "sample\n  zh", "types.0.key"),
    ("customer: optional", "customer: maybe", "types.0.customer"),
    ("customer: optional", "customer: optional\n  owner: all", "types.0.owner"),
    ("next: [sent]", "next: [gone]", "types.x_sample.states.0"),
    ("zh: 样品申请", "zh: 客户", "types.x_sample.zh"),
    ("type: text, zh: 型号", "type: text, zh: 状态", "forms.x_sample.fields.0"),
    ("types:\n- key: x_sample", "types:\n- key: x_other", "forms.x_sample"),
]


@pytest.mark.parametrize(("old", "new", "field"), BAD)
def test_what_a_type_cannot_be_is_refused_and_nothing_is_written(cast: Cast, old: str, new: str, field: str) -> None:
    text = PACK.replace(old, new)
    assert text != PACK
    version = cast.admin.get("/pack")["version"]
    answer = cast.admin.post("/pack/apply", {"text": text, "version": version})
    assert (answer.status, answer["field"]) == (422, field), answer
    assert not Shape.objects.exists() and cast.admin.get("/pack")["version"] == version


def test_a_state_with_rows_in_it_stays_whatever_a_pack_says(cast: Cast) -> None:
    assert applied(cast.admin, PACK).status == 200
    make_row(cast.admin, "主轴")
    without: Any = PACK.replace("  - {key: asked, zh: 待审, next: [sent]}\n", "")
    answer = applied(cast.admin, without)
    assert (answer.status, answer["zh"]) == (422, "“待审”里还有 1 条，先把它们移到别的状态，再去掉它")
    assert names(cast.admin.get("/records/x_sample")) == ["主轴"]


def test_whoever_may_not_make_types_applies_none(cast: Cast) -> None:
    """A pack is no way around a right: its types need the right to make types."""
    assert put(cast.admin, {**document(cast.admin), "fields": [{"zh": "车牌", "type": "text"}]}).status == 200
    roles = cast.admin.get("/roles")["items"]
    legal = cast.admin.get(f"/roles/{next(each['id'] for each in roles if each['key'] == 'supervisor')}")
    verbs = [*legal["verbs"], "pack.*", "field.*", "option.*"]
    assert cast.admin.patch(f"/roles/{legal['id']}", {"version": legal["version"], "verbs": verbs}).status == 200
    version = cast.zhao.get("/pack")["version"]
    refused = cast.zhao.post("/pack/apply", {"text": PACK, "version": version})
    assert refused.status == 403 and "新建记录类型" in refused["zh"]
    assert cast.admin.get("/record-types")["items"] == []
