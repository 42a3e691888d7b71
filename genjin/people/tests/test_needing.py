"""Lists by own fields without an index: never refused among few rows, above that with the reason and the way out."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.db import connection

from conftest import Cast
from genjin.fields.tasks import keep_indexes
from genjin.fields.tests.designing import add
from genjin.people import needing


def _by(key: str) -> str:
    return orjson.dumps({"field": key, "op": "gte", "value": 3}).decode()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are what 200,000 are elsewhere."""
    if connection.vendor != "postgresql":
        pytest.skip("nobody is told to build an index that SQLite does not plan")
    monkeypatch.setattr(needing, "MOST_UNINDEXED", 2)


@pytest.fixture
def size(cast: Cast, new_customer: Any) -> str:
    """A number on four customers of 李销售."""
    (key,) = add(cast.admin, {"zh": "规模", "en": "Size", "type": "number"})
    for at in range(4):
        new_customer(cast.li, f"第{at}公司", **{key: at})
    return key


def test_few_rows_are_never_refused(cast: Cast, size: str) -> None:
    """With the usual limit, on both databases."""
    assert len(cast.admin.get("/customers", filter=_by(size), sort=size)["items"]) == 1
    assert cast.admin.get("/customers/board", filter=_by(size)).status == 200


@pytest.mark.usefixtures("few")
def test_many_rows_are_refused_with_the_reason(cast: Cast, size: str) -> None:
    for sent in ({"filter": _by(size)}, {"sort": size}, {"sort": f"-{size}"}):
        refused = cast.admin.get("/customers", **sent)
        assert (refused.status, refused["code"], refused["field"]) == (422, "needs_index", size)
        assert refused["zh"].startswith("“规模”还没有索引，要在超过") and refused["en"].startswith("Size has no index")
        assert (refused["keys"], refused["record_type"]) == ([size], "customer")
        assert refused["can"] and not refused["building"]
    assert cast.admin.get("/customers/board", filter=_by(size))["code"] == "needs_index"
    assert cast.li.get("/customers", filter=_by(size))["can"] is False


@pytest.mark.usefixtures("few")
def test_other_conditions_narrow_it_down(cast: Cast, size: str) -> None:
    """What counts are the rows that would be read: whoever sees few, or asks for few, is answered."""
    assert cast.qian.get("/customers", filter=_by(size)).status == 200
    name = {"field": "name", "op": "eq", "value": "第3公司"}
    both = {"and": [name, {"field": size, "op": "gte", "value": 3}]}
    found = cast.admin.get("/customers", filter=orjson.dumps(both).decode(), sort=size)
    assert [each["name"] for each in found["items"]] == ["第3公司"]
    either = {"or": [name, {"field": size, "op": "gte", "value": 3}]}
    assert cast.admin.get("/customers", filter=orjson.dumps(either).decode())["code"] == "needs_index"
    assert cast.admin.get("/customers", sort="name").status == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("few")
def test_the_index_opens_the_list(cast: Cast, size: str) -> None:
    assert cast.admin.put(f"/designs/customer/fields/{size}/index", {"wanted": True}).status == 200
    building = cast.admin.get("/customers", filter=_by(size))
    assert building["building"] and not building["can"] and "正在建" in building["zh"]
    keep_indexes()
    assert len(cast.admin.get("/customers", filter=_by(size), sort=f"-{size}")["items"]) == 1
    cast.admin.put(f"/designs/customer/fields/{size}/index", {"wanted": False})
    keep_indexes()


@pytest.mark.usefixtures("few")
def test_a_saved_view_is_asked_too(cast: Cast, size: str) -> None:
    view = {"record_type": "customer", "name": "大的", "filter": {"field": size, "op": "gte", "value": 3}}
    saved = cast.admin.post("/views", view)
    assert cast.admin.get("/customers", view=str(saved["id"]))["code"] == "needs_index"


@pytest.mark.usefixtures("few")
def test_own_record_types_are_asked_too(cast: Cast) -> None:
    made = cast.admin.post("/record-types", {"zh": "样品", "slug": "x_sample", "customer": "none",
                                             "fields": [{"zh": "数量", "type": "number"}]})  # fmt: skip
    assert made.status == 201, made
    for at in range(3):
        assert cast.admin.post("/records/x_sample", {"name": f"样{at}", "cf_1": at}).status < 300
    assert cast.admin.get("/records/x_sample", sort="cf_1")["code"] == "needs_index"
    assert cast.admin.get("/records/x_sample/board", filter=_by("cf_1"))["code"] == "needs_index"
    assert cast.admin.get("/records/x_sample").status == 200
