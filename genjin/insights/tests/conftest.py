"""Records and targets, made over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import Cast, Person
from genjin.access.guard import unscoped
from genjin.followups.models import FollowUp

Log = Callable[..., int]
#: Eight in the evening of the last of October in UTC is November in Shanghai; an hour before midnight there is not.
NOVEMBER, OCTOBER = "2026-10-31T16:30:00Z", "2026-10-31T15:30:00Z"


@pytest.fixture
def log(cast: Cast, good: Any) -> Log:
    """`log(person, customer, at)` writes one record and puts columns right that no input sets; returns its id."""

    def write(person: Person, customer: int, at: str = "2026-11-20T02:00:00Z", **columns: Any) -> int:
        parts = {"customer_id": customer, **good, "duplicate_ok": True, "contact_at": "2026-11-20T02:00:00Z"}
        answer = person.post("/followups", parts)
        assert answer.status == 201, answer
        unscoped(FollowUp, "test").filter(pk=answer["id"]).update(contact_at=at, **columns)
        return int(answer["id"])

    return write


def cell(who: Person, measure: str, number: int | None, **more: Any) -> dict[str, Any]:
    return {"member_id": who.id, "measure": measure, "number": number, **more}


def aim(by: Person, *cells: dict[str, Any], month: str = "2026-11") -> Any:
    return by.put("/targets", {"month": month, "cells": list(cells)})


def row_of(answer: Any, who: Person) -> dict[str, Any]:
    """A person's row of the team page."""
    found: dict[str, Any] = next(each for each in answer["people"] if each["id"] == who.id)
    return found
