"""R-178: who is named in a comment, or wrote what it speaks of, hears of it once, and no more than he may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Cast
from genjin.history.followers import FOLLOWERS, run_follower
from genjin.history.models import Event
from genjin.notify.models import Notice


@pytest.fixture
def follow(cast: Cast) -> Any:
    """Let the inbox follower read all there is (see `test_inbox.follow`)."""

    def run() -> None:
        if connection.vendor == "postgresql":
            wanted = FOLLOWERS["inbox"].events
            FOLLOWERS["inbox"].run(list(Event.objects.filter(name__in=wanted).order_by("id").select_related("data")))
        else:
            while run_follower("inbox"):
                pass

    return run


@pytest.fixture
def place(cast: Cast, new_customer: Any, good: Any) -> tuple[int, int]:
    pk = new_customer(cast.li, "云帆科技")
    record = cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-24T01:00:00Z"})
    return pk, int(record["id"])


def told(person: Any) -> list[str]:
    return [each["zh"] for each in person.get("/inbox")["items"]]


def test_the_named_and_the_author_hear_of_it_once_and_nobody_of_himself(cast: Cast, place: Any, follow: Any) -> None:
    """R-178, R-083: one notice a person and comment, with a link to it."""
    pk, record = place
    body = {
        "customer_id": pk,
        "followup_id": record,
        "text": "@李销售 先别催价",
        "mentions": [cast.li.id, cast.zhao.id],
    }
    made = cast.zhao.post("/comments", body)["id"]
    plain = cast.zhao.post("/comments", {"customer_id": pk, "followup_id": record, "text": "预算批了吗"})["id"]
    reply = cast.li.post("/comments", {"customer_id": pk, "reply_to_id": plain, "text": "批了"})["id"]
    follow()
    follow()
    assert told(cast.li) == [
        "赵主管 评论了你写的跟进（云帆科技）：预算批了吗",
        "赵主管 在 云帆科技 提到你：@李销售 先别催价",
    ]
    assert told(cast.zhao) == ["李销售 回复了你的评论（云帆科技）：批了"]
    assert [each["link"] for each in cast.li.get("/inbox")["items"]] == [
        f"/followups/{record}#comment-{plain}",
        f"/followups/{record}#comment-{made}",
    ]
    assert [(each["kind"], each["link"]) for each in cast.zhao.get("/inbox")["items"]] == [
        ("comment", f"/followups/{record}#comment-{reply}")
    ]


def test_who_cannot_see_the_customer_hears_only_who_named_him(cast: Cast, place: Any, follow: Any) -> None:
    """Neither customer nor words; after he was added as collaborator the next mention says all."""
    pk, _ = place
    body = {"customer_id": pk, "text": "金丝雀：底价 62 万", "mentions": [cast.wang.id]}
    assert cast.li.post("/comments", {**body, "anyway": True}).status == 201
    follow()
    assert told(cast.wang) == ["李销售 在评论里提到你；那家客户你看不到，让他先加你为协作人"]
    text = cast.wang.get("/inbox").text.decode()
    assert "金丝雀" not in text and "云帆" not in text
    cast.li.post(f"/customers/{pk}/collaborators", {"member_id": cast.wang.id})
    assert cast.li.post("/comments", body).status == 201
    follow()
    assert told(cast.wang)[0] == "李销售 在 云帆科技 提到你：金丝雀：底价 62 万"


def test_a_change_tells_only_who_was_named_by_it_and_a_removal_takes_the_words_back(
    cast: Cast, place: Any, follow: Any
) -> None:
    pk, _ = place
    made = cast.zhao.post("/comments", {"customer_id": pk, "text": "写错的话", "mentions": [cast.li.id]})["id"]
    follow()
    patch = {"version": 1, "text": "改对的话", "mentions": [cast.li.id, cast.admin.id]}
    assert cast.zhao.patch(f"/comments/{made}", patch).status == 200
    follow()
    assert told(cast.li) == ["赵主管 在 云帆科技 提到你：改对的话"]
    assert told(cast.admin) == ["赵主管 在 云帆科技 提到你：改对的话"]
    assert cast.zhao.delete(f"/comments/{made}").status == 200
    follow()
    assert told(cast.li) == told(cast.admin) == ["一条提到你或回复你的评论已删除"]


def test_comments_on_my_records_can_be_kept_out_of_the_inbox_and_mentions_cannot(
    cast: Cast, place: Any, follow: Any
) -> None:
    pk, record = place
    assert cast.li.patch("/session/me", {"muted": ["comment"]}).status == 200
    assert cast.li.patch("/session/me", {"muted": ["mention"]}).status == 422
    for mentions in ([], [cast.li.id]):
        body = {"customer_id": pk, "followup_id": record, "text": "看一下", "mentions": mentions}
        assert cast.zhao.post("/comments", body).status == 201
    follow()
    assert told(cast.li) == ["赵主管 在 云帆科技 提到你：看一下"]


def test_the_follower_takes_as_many_statements_for_ten_comments_as_for_one(cast: Cast, place: Any) -> None:
    pk, record = place

    def statements(many: int) -> int:
        for _ in range(many):
            body = {"customer_id": pk, "followup_id": record, "text": "看", "mentions": [cast.li.id, cast.admin.id]}
            assert cast.zhao.post("/comments", body).status == 201
        events = list(Event.objects.filter(name="comment.added").order_by("-id").select_related("data")[:many])
        with CaptureQueriesContext(connection) as seen:
            FOLLOWERS["inbox"].run(events)
        return len(seen)

    assert statements(1) == statements(10)
    assert Notice.objects.filter(member_id=cast.li.id, kind="mention").count() == 11
