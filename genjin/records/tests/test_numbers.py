"""Numbers of a type run on and are never given twice, whoever writes at the same time (R-213)."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.lib import moment
from genjin.records.actions import create_record
from genjin.records.batch_actions import move_records
from genjin.records.models import Record
from genjin.records.tests.making import make_row, make_type


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_numbers_of_their_own_that_rise_with_the_ids(request: pytest.FixtureRequest) -> None:
    """Sorting by number is sorting by id; the very first rows of a type come at once too."""
    if connection.vendor != "postgresql":
        pytest.skip("an SQLite test database lives in one process")
    cast: Cast = request.getfixturevalue("cast")
    make_type(cast)
    actor, start, faults = cast.li.actor, threading.Barrier(6), []

    def work(number: int) -> None:
        try:
            with moment.frozen(NOW):
                start.wait(20)
                for turn in range(5):
                    create_record(actor, type="x_sample", values={"name": f"{number}-{turn}"})
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    numbers = unscoped(Record, "test").order_by("id").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 31))


def test_a_number_is_not_given_twice(cast: Cast) -> None:
    """Not after its row was deleted, nor after an import was taken back; another team counts for itself."""
    make_type(cast)
    first = make_row(cast.li, "甲")
    cast.li.post("/records/x_sample/delete", {"ids": [first]})
    make_row(cast.li, "乙")
    assert cast.outsider.post("/record-types", {"zh": "样品申请", "slug": "x_sample"}).status == 201
    assert cast.outsider.post("/records/x_sample", {"name": "外"})["number"] == 1
    assert list(unscoped(Record, "test").order_by("id").values_list("number", flat=True)) == [1, 2, 1]
    assert cast.outsider.get("/records/x_sample")["items"][0]["name"] == "外"


def test_a_key_repeated_writes_once(cast: Cast) -> None:
    """The same Idempotency-Key gives the same answer."""
    make_type(cast)
    answers = [cast.li.post("/records/x_sample", {"name": "甲"}, Idempotency_Key="k1") for _ in range(2)]
    assert answers[0].body == answers[1].body and unscoped(Record, "test").count() == 1
    actor = cast.li.actor.with_(key="k2")
    moved = [move_records(actor, [answers[0]["id"]], type="x_sample", state="sent") for _ in range(2)]
    assert moved[0] == moved[1]
    assert unscoped(Record, "test").get().version == 2
