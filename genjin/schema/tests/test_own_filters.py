"""A filter over own fields gives the same rows in SQL and in memory, whatever they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.access.reading import read_unscoped
from genjin.customers.fields import CUSTOMER
from genjin.customers.models import Customer
from genjin.lib.filters import judge
from genjin.schema.judged import values_of
from genjin.schema.own_types import DERIVED, FILED, OWN_TYPES
from genjin.schema.shapes import merged
from genjin.schema.sql import parse_filter, to_q

ZONE = ZoneInfo("Asia/Shanghai")
_FIELDS = {name: f"cf_{at}" for at, name in enumerate(OWN_TYPES, 1) if name not in DERIVED}
KIND = merged(
    CUSTOMER, {"fields": [{"key": key, "type": name, "zh": name} for name, key in _FIELDS.items()]}, org_id=1, number=1
)
_IDS = ("member", "department", "link")
_NUMBERS = ("number", "percent", "rating", "money", *_IDS)
_numbers = st.one_of(st.integers(-9, 9), st.decimals(-9, 9, places=2).map(float))
_days = st.dates(date(2026, 11, 1), date(2026, 12, 31))
_moments = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 31)).map(
    lambda at: f"{at.replace(tzinfo=UTC):%Y-%m-%dT%H:%M:%SZ}"
)
_texts = st.text(alphabet="aB中文%_\\'\"1 é", min_size=1, max_size=4).filter(lambda text: text.strip() == text)


_places = st.sampled_from(["浙江", "江苏", "西湖区", "a"])
_ends = st.none() | st.integers(1, 5)


def _stored(name: str) -> st.SearchStrategy[Any]:
    if name == "money_range":
        pairs = st.fixed_dictionaries({"low": _ends, "high": _ends})
        return pairs.filter(lambda each: any(end is not None for end in each.values()))
    if name == "rich":
        return _texts.map(lambda text: {"text": text, "blocks": []})
    if name == "address":
        return st.fixed_dictionaries({"region": st.lists(_places, max_size=3), "street": _texts})
    if name in (*_IDS, "rating", "money"):
        return st.integers(1, 5)
    if name in _NUMBERS:
        return _numbers
    if name == "date":
        return _days.map(date.isoformat)
    if name == "datetime":
        return _moments
    if name == "bool":
        return st.booleans()
    if name in FILED:
        return st.lists(st.integers(1, 5), min_size=1, max_size=3, unique=True)
    if OWN_TYPES[name].stored == "l":
        return st.lists(_texts, min_size=1, max_size=3, unique=True)
    return _texts


def _condition(name: str) -> st.SearchStrategy[Any]:
    key = _FIELDS[name]
    empty = st.sampled_from(["empty", "not_empty"]).map(lambda op: {"field": key, "op": op})

    def compare(ops: list[str], value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.builds(lambda op, one: {"field": key, "op": op, "value": one}, st.sampled_from(ops), value)

    if name in FILED:
        return empty
    if OWN_TYPES[name].stored == "l":
        return empty | compare(["has"], _texts)
    if name == "money_range":
        between = compare(["between"], st.lists(st.integers(1, 5), min_size=2, max_size=2))
        return empty | between | compare(["lt", "lte", "gt", "gte"], st.integers(1, 5))
    if name == "address":
        regions = st.lists(_places, min_size=1, max_size=2).map("/".join)
        return (
            empty | compare(["in", "not_in"], st.lists(regions, min_size=1, max_size=2)) | compare(["contains"], _texts)
        )
    if name == "bool":
        return empty | compare(["eq", "ne"], st.booleans())
    if name in ("date", "datetime"):
        moments = _days.map(date.isoformat) | st.sampled_from(["-7d", "today", "last_month"]).map(
            lambda word: {"relative": word}
        )
        return empty | compare(["eq", "ne", "lt", "lte", "gt", "gte"], moments)
    value = st.integers(1, 5) if name in (*_IDS, "money") else _numbers
    if name in _NUMBERS:
        order = [] if name in _IDS else ["lt", "lte", "gt", "gte"]
        return empty | compare(["eq", "ne", *order], value) | compare(["in"], st.lists(value, min_size=1, max_size=3))
    ops = ["eq", "ne"] if name == "option" else ["eq", "ne", "starts", "contains"]
    return empty | compare(ops, _texts) | compare(["in", "not_in"], st.lists(_texts, min_size=1, max_size=3))


_conditions = st.recursive(
    st.sampled_from(list(_FIELDS)).flatmap(_condition),
    lambda inner: st.one_of(
        inner.map(lambda one: {"not": one}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"and": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"or": parts}),
    ),
    max_leaves=4,
)
_rows = st.fixed_dictionaries({}, optional={key: _stored(name) for name, key in _FIELDS.items()})


@dataclass
class Place:
    """The rows of a test, written anew for each example."""

    org_id: int

    def write(self, extras: list[dict[str, Any]]) -> list[Customer]:
        unscoped(Customer, "test").filter(org_id=self.org_id).delete()
        rows = [
            Customer(org_id=self.org_id, name=str(at), name_key=str(at), extra=extra, created_at=NOW, updated_at=NOW,
                     active_at=NOW)
            for at, extra in enumerate(extras)
        ]  # fmt: skip
        return list(unscoped(Customer, "test").bulk_create(rows))


@pytest.fixture
def place(cast: Cast) -> Place:
    return Place(cast.org.pk)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(extras=st.lists(_rows, min_size=1, max_size=4), raw=_conditions)
def test_sql_and_memory_agree_on_own_fields(place: Place, extras: list[dict[str, Any]], raw: Any) -> None:
    """Lists filter in the database, conditions of forms in memory: one language, one answer."""
    expression = parse_filter(raw, KIND)
    now = (NOW + timedelta(minutes=7, microseconds=3)).astimezone(ZONE)
    rows = place.write(extras)
    condition = to_q(expression, KIND, now=now, me=1, ours=2)
    found = {pk for (pk,) in read_unscoped(Customer, "test", ("id",), condition)}
    assert found == {row.pk for row in rows if judge(expression, values_of(KIND, row), now, 1, 2)}
