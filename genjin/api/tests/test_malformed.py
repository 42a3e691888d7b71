"""What no screen sends, but a programme may: one sentence, never a fault (I10, A14)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.agenda.models import AgendaItem

HUGE = 10**25


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", f"/customers/{HUGE}", None),
        ("get", f"/customers/-{HUGE}/timeline", None),
        ("patch", f"/customers/{HUGE}", {"version": 1}),
        ("delete", f"/customers/{HUGE}/collaborators/1", None),
        ("delete", f"/needs/{HUGE}?version=1", None),
        ("post", f"/agenda/{HUGE}/done", {"version": 1}),
        ("patch", f"/followups/{HUGE}", {"version": 1, "summary": "改过"}),
    ],
)
def test_an_id_beyond_every_column_is_not_there(cast: Cast, method: str, path: str, body: Any) -> None:
    call = getattr(cast.li, method)
    answer = call(path, body) if method in ("post", "patch") else call(path)
    assert (answer.status, answer["code"]) == (404, "not_found")


@pytest.mark.parametrize("value", [True, HUGE, -HUGE, "7", 1.5])
def test_a_number_in_the_body_is_a_whole_number_that_fits(cast: Cast, value: Any) -> None:
    body = json.dumps({"act": "电话确认", "due_at": "2026-11-25T02:00:00Z", "owner_id": value})
    response = cast.li.client.post("/api/v1/agenda", data=body, content_type="application/json")
    assert (response.status_code, response.json()["field"]) == (422, "owner_id")
    assert not unscoped(AgendaItem, "test").exists()


@pytest.mark.parametrize("value", [0, 1, "false"])
def test_a_number_is_no_truth_value(cast: Cast, value: Any) -> None:
    answer = cast.li.post("/inbox/read", {"all": value})
    assert (answer.status, answer["field"]) == (422, "all")


def test_an_upload_without_boundary_is_said_to_be_broken(cast: Cast) -> None:
    client = cast.li.client
    client.handler.enforce_csrf_checks = True
    client.cookies["csrftoken"] = "c" * 32
    response = client.post("/api/v1/agenda", data=b"x", content_type="multipart/form-data")
    assert response.status_code == 400 and "重新传一次" in response.json()["zh"]
