"""What forms take, added up so that nobody can be told from it (R-219, R-253)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast
from genjin.entry.models import EntryTime
from genjin.entry.rules import STEPS, added, median_of, step_of, together
from genjin.history.models import Event
from genjin.lib import moment

NAME = {"name": {"seconds": 4.2, "corrections": 1}}


def _send(person: Any, fields: dict[str, Any], of: str = "customer") -> Any:
    return person.post(f"/entry-times/{of}", {"fields": fields})


def test_times_are_counts_in_steps_and_the_middle_one_is_told() -> None:
    assert [step_of(each) for each in (0, 1, 1.1, 233, 3600)] == [0, 0, 1, len(STEPS) - 1, len(STEPS) - 1]
    counts: list[int] = []
    for seconds in (1, 4, 4.9, 60, 400):
        counts = added(counts, seconds)
    assert (len(counts), sum(counts), median_of(counts)) == (len(STEPS), 5, 5)
    assert median_of([]) is None
    assert together([counts, counts]) == [2 * each for each in counts]


def test_a_submission_is_added_to_the_day_of_the_team(cast: Cast) -> None:
    assert _send(cast.li, NAME).status == 200
    assert _send(cast.wang, {**NAME, "region": {"seconds": 2}})["fields"] == 2
    rows = {each.key: each for each in EntryTime.objects.all()}
    assert {key: (each.entries, each.corrections, each.day) for key, each in rows.items()} == {
        "name": (2, 2, date(2026, 11, 24)),
        "region": (1, 0, date(2026, 11, 24)),
    }
    with moment.frozen(datetime(2026, 11, 24, 16, 0, tzinfo=UTC)):
        _send(cast.li, NAME)
    assert set(EntryTime.objects.filter(key="name").values_list("day", flat=True)) == {
        date(2026, 11, 24),
        date(2026, 11, 25),
    }


def test_nothing_of_a_person_is_kept(cast: Cast) -> None:
    """No column, and no event, says whose time it was."""
    events = Event.objects.count()
    _send(cast.li, NAME)
    assert {each.name for each in EntryTime._meta.get_fields()} == {
        "id", "org", "record_type", "key", "day", "entries", "corrections", "counts"}  # fmt: skip
    assert Event.objects.count() == events


def test_statements_do_not_grow_with_the_fields(cast: Cast) -> None:
    def statements(fields: dict[str, Any]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert _send(cast.li, fields).status == 200
        return len(seen)

    one = statements(NAME)
    many = {each["slug"]: {"seconds": 3} for each in cast.li.get("/schema")["record_types"]["customer"]["fields"][:20]}
    assert statements(many) <= one


@pytest.mark.parametrize(
    ("of", "fields", "status"),
    [
        ("nothing", NAME, 404),
        ("customer", {"name": {"seconds": -1}}, 422),
        ("customer", {"name": {"seconds": 9999}}, 422),
        ("customer", {"name": {"seconds": 3, "text": "私事"}}, 422),
        ("customer", {}, 422),
    ],
)
def test_what_is_no_time_is_refused(cast: Cast, of: str, fields: dict[str, Any], status: int) -> None:
    assert _send(cast.li, fields, of).status == status
    assert not EntryTime.objects.exists()


def test_a_field_that_the_form_does_not_have_is_passed_over(cast: Cast) -> None:
    assert _send(cast.li, {"cf_99": {"seconds": 3}})["fields"] == 0
    assert not EntryTime.objects.exists()
