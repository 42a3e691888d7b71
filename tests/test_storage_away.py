"""Closed database or full disk: 503 with one sentence, and well again without a restart (D3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, OperationalError

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers import actions
from genjin.customers.models import Customer

#: The connection is really given up and opened anew, which a test inside one transaction cannot see.
pytestmark = pytest.mark.django_db(transaction=True)
BODY = {"name": "甲公司", "source": "online"}


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("server closed the connection unexpectedly"),
        OperationalError("database or disk is full"),
        DatabaseError("could not extend file: No space left on device"),
        OSError(28, "No space left on device"),
    ],
)
def test_lost_storage_is_said_in_a_sentence_and_heals(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(actions, "insert_customers", fail)
        answer = cast.li.post("/customers", BODY)
    assert (answer.status, answer["code"]) == (503, "unavailable")
    assert answer.response.headers["Retry-After"] == "5"
    assert "稍后再试" in answer["zh"] and answer["en"]
    assert not unscoped(Customer, "test").exists()
    assert cast.li.post("/customers", BODY).status == 201


def test_any_other_fault_has_a_number_and_no_traceback(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(actions, "insert_customers", fail)
    answer = cast.li.post("/customers", BODY)
    assert answer.status == 500 and answer["code"] == "fault"
    assert "secret" not in answer.text.decode() and "Traceback" not in answer.text.decode()
    assert not unscoped(Customer, "test").exists()
