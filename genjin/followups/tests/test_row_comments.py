"""Comments on rows of own types: by the scope of the row, with names, answers and notices (R-178, R-213)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, Cast
from genjin.access.guard import unscoped
from genjin.followups.models import Comment
from genjin.history.followers import FOLLOWERS
from genjin.history.models import Event
from genjin.lib import moment
from genjin.notify.models import Notice
from genjin.records.tests.making import make_row, make_type


@pytest.fixture
def row(cast: Cast, new_customer: Any) -> int:
    """A row of 李销售 for his customer."""
    make_type(cast)
    return make_row(cast.li, "主轴样品", customer=new_customer(cast.li, "云帆科技"))


def place(row: int, rest: str = "") -> str:
    return f"/records/x_sample/{row}/comments{rest}"


def texts(threads: Any) -> list[Any]:
    return [(each["text"], [one["text"] for one in each["replies"]]) for each in threads["items"]]


def notices(person: Any) -> list[tuple[str, str, str]]:
    FOLLOWERS["inbox"].run(
        list(Event.objects.filter(name__startswith="comment.").order_by("id").select_related("data"))
    )
    found = Notice.objects.filter(member_id=person.id, kind__in=("mention", "comment")).order_by("pk")
    return [(each.kind, each.zh, each.link) for each in found]


def test_whoever_sees_a_row_comments_answers_and_is_told(cast: Cast, row: int) -> None:
    said = cast.zhao.post(place(row), {"text": "周五前寄出", "mentions": [cast.li.id]})
    assert said.status == 201, said
    assert cast.li.post(place(row), {"text": "今天就寄", "reply_to_id": said["id"]}).status == 201
    told = cast.li.get(place(row))
    assert texts(told) == [("周五前寄出", ["今天就寄"])]
    first = told["items"][0]
    assert ([each["id"] for each in first["mentions"]], first["can"]["take_down"]) == ([cast.li.id], True)
    assert told["can"] == {"comment": True}
    link = f"/records/x_sample/{row}#comment-"
    assert notices(cast.li) == [("mention", "赵主管 在 主轴样品 提到你：周五前寄出", f"{link}{said['id']}")]
    assert notices(cast.zhao) == [("comment", "李销售 回复了你的评论（主轴样品）：今天就寄", f"{link}{said['id'] + 1}")]


def test_a_word_about_my_row_reaches_me_without_a_name(cast: Cast, row: int) -> None:
    assert cast.zhao.post(place(row), {"text": "先放一放"}).status == 201
    assert [zh for _, zh, _ in notices(cast.li)] == ["赵主管 评论了你负责的“主轴样品”：先放一放"]


def test_nobody_else_reads_it_not_even_by_the_customer(cast: Cast, row: int) -> None:
    """The customer's page and its timeline show no word of a row, whoever may see the customer."""
    cast.li.post(place(row), {"text": "只给看得到的人"})
    assert cast.wang.get(place(row)).status == 404
    assert cast.wang.post(place(row), {"text": "x"}).status == 404
    customer = cast.li.get(f"/records/x_sample/{row}")["customer"]["id"]
    cast.li.post(f"/customers/{customer}/collaborators", {"member_id": cast.wang.id})
    line = cast.wang.get(f"/customers/{customer}/timeline")
    assert line.status == 200 and "只给看得到的人" not in str(line.body)
    assert "只给看得到的人" not in str(cast.wang.get(f"/customers/{customer}/timeline", kind="comment").body)
    other = cast.li.post("/records/x_sample", {"name": "另一份"})["id"]
    pk = unscoped(Comment, "test").get().pk
    assert cast.li.post(place(other), {"text": "x", "reply_to_id": pk}).status == 404
    assert cast.li.patch(place(other, f"/{pk}"), {"version": 1, "text": "x"}).status == 404
    assert cast.li.patch(f"/comments/{pk}", {"version": 1, "text": "x"}).status == 404


def test_who_cannot_see_the_row_is_said_before_anything_is_sent(cast: Cast, row: int) -> None:
    refused = cast.li.post(place(row), {"text": "@王销售 看看", "mentions": [cast.wang.id]})
    assert (refused.status, refused["code"], refused["zh"]) == (
        409, "unseen", "王销售看不到这条记录，让管理员给他的角色开范围")  # fmt: skip
    assert refused.body["unseen"] == [{"id": cast.wang.id, "name": "王销售"}]
    assert not unscoped(Comment, "test").exists()
    sent = cast.li.post(place(row), {"text": "@王销售 看看", "mentions": [cast.wang.id], "anyway": True})
    assert sent.status == 201
    ((kind, zh, _),) = notices(cast.wang)
    assert kind == "mention" and "主轴" not in zh and "看看" not in zh


def test_it_is_changed_for_a_quarter_of_an_hour_taken_back_and_taken_down(cast: Cast, row: int) -> None:
    pk = cast.li.post(place(row), {"text": "写错了"})["id"]
    changed = cast.li.patch(place(row, f"/{pk}"), {"version": 1, "text": "写对了"})
    assert (changed.status, texts(cast.li.get(place(row)))) == (200, [("写对了", [])])
    with moment.frozen(NOW + timedelta(minutes=16)):
        assert cast.li.patch(place(row, f"/{pk}"), {"version": 2, "text": "再改"}).status == 409
    assert cast.zhao.delete(place(row, f"/{pk}")).status == 403
    assert cast.zhao.post(place(row, f"/{pk}/take-down"), {"why": " "}).status == 422
    assert cast.zhao.post(place(row, f"/{pk}/take-down"), {"why": "不该写在这里"}).status == 200
    assert texts(cast.li.get(place(row))) == []
    mine = cast.li.post(place(row), {"text": "第二条"})["id"]
    assert cast.li.delete(place(row, f"/{mine}")).status == 200
    for text, field in (("  ", "text"), ("字" * 2001, "text")):
        refused = cast.li.post(place(row), {"text": text})
        assert (refused.status, refused["field"]) == (422, field), refused


def test_a_merge_of_customers_and_a_deleted_row_leave_them_alone(cast: Cast, row: int, new_customer: Any) -> None:
    cast.li.post(place(row), {"text": "留着"})
    customer = cast.li.get(f"/records/x_sample/{row}")["customer"]["id"]
    other = new_customer(cast.li, "云帆科技二部")
    assert cast.li.post("/customers/merge", {"into": other, "ids": [other, customer]}).status == 200
    assert texts(cast.li.get(place(row))) == [("留着", [])]
    cast.li.post("/records/x_sample/delete", {"ids": [row]})
    assert cast.li.get(place(row)).status == 404
