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


def test_a_character_that_cannot_be_saved_is_told_by_its_field(cast: Cast) -> None:
    """I10: the field is named, also inside lists, never the body as a whole."""
    value = "a\x00"
    plain = {"act": value, "due_at": "2026-11-25T02:00:00Z"}
    answer = cast.li.post("/agenda", plain)
    assert (answer.status, answer["field"], answer["zh"]) == (422, "act", "做什么里有无法保存的字符")
    inside = cast.li.post("/customers/tags", {"ids": [1], "add": ["好", value]})
    assert (inside.status, inside["field"], inside["zh"]) == (422, "add.1", "“add”里有无法保存的字符")
    key = cast.li.post("/followups/check", {"channel": "phone", f"x{value}": 1})
    assert key.status == 422 and not unscoped(AgendaItem, "test").exists()


def test_a_day_that_the_calendar_lacks_is_said_to_be_none(cast: Cast, new_customer: Any) -> None:
    pk = new_customer(cast.li, "上海甲精密有限公司")
    answer = cast.li.patch(f"/customers/{pk}", {"version": 1, "founded_on": "2026-02-30"})
    assert (answer.status, answer["zh"]) == (422, "成立时间填的 2026-02-30 没有这一天，要像 2024-06-12")
    words = cast.li.patch(f"/customers/{pk}", {"version": 1, "founded_on": "去年"})
    assert words["zh"] == "成立时间要像 2024-06-12"


def test_a_name_is_called_what_it_names(cast: Cast) -> None:
    long = "好" * 100_000
    view = cast.li.post("/views", {"record_type": "customer", "name": long, "base": "mine"})
    assert (view.status, view["zh"]) == (422, "名称太长，最多 40 个字")
    customer = cast.li.post("/customers", {"name": long, "source": "online"})
    assert customer.status == 422 and customer["zh"].startswith("客户名称太长")


@pytest.mark.parametrize(("slug", "verb"), [("intent_class", "定意向等级"), ("owner_id", "转交客户")])
def test_a_field_with_a_verb_of_its_own_leads_to_it(cast: Cast, new_customer: Any, slug: str, verb: str) -> None:
    """R-122, R-158: whoever tries to change class or owner like any field learns how they are changed."""
    pk = new_customer(cast.zhao, "上海甲精密有限公司")
    answer = cast.zhao.patch(f"/customers/{pk}", {"version": 1, slug: "A"})
    assert answer.status == 422 and verb in answer["zh"]
