"""Marks, lists, tables and quotations in 跟进内容: one tree, one plain text, shown everywhere (R-013–R-015)."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from conftest import Cast
from genjin.access.guard import unscoped
from genjin.customers.models import Customer
from genjin.followups.models import FollowUp
from genjin.history.models import Event

TREE: list[dict[str, Any]] = [
    {
        "type": "paragraph",
        "text": [{"text": "王总看了 3 号线 42 个点位的方案，"}, {"text": "11月30日前要分项价", "mark": "task"}],
    },
    {"type": "quote", "text": [{"text": "交期 45 天太长，30 天内能到就定"}]},
    {"type": "bullets", "items": [{"text": [{"text": "网络走独立网段"}]},
                                  {"text": [{"text": "预算未批", "mark": "risk"}]}]},
    {"type": "table", "rows": [[[{"text": "型号"}], [{"text": "数量"}]], [[{"text": "TL-200"}], [{"text": "8 台"}]]]},
]  # fmt: skip
PLAIN = (
    "王总看了 3 号线 42 个点位的方案，11月30日前要分项价\n“交期 45 天太长，30 天内能到就定”\n"
    "• 网络走独立网段\n• 预算未批\n型号 | 数量\nTL-200 | 8 台"
)
SAID = "交期 45 天太长，30 天内能到就定"


@pytest.fixture
def pk(cast: Cast, new_customer: Any) -> int:
    found: int = new_customer(cast.li, "苏州恒锐精密机械有限公司")
    return found


@pytest.fixture
def rich(pk: int, good: Any) -> dict[str, Any]:
    """The four inputs with the content as a tree; the quotation in it is what the customer said."""
    return {"customer_id": pk, **good, "summary": "", "summary_blocks": copy.deepcopy(TREE), "feedback": ""}


def row() -> FollowUp:
    found: FollowUp = unscoped(FollowUp, "test").get()
    return found


def test_a_tree_is_stored_beside_its_plain_text(cast: Cast, pk: int, rich: Any) -> None:
    """R-013, R-014, R-015: the column holds what rules and search read, the quotation is the customer's word."""
    answer = cast.li.post("/followups", rich)
    assert answer.status == 201, answer
    record = row()
    assert (record.summary, record.summary_blocks) == (PLAIN, TREE)
    assert (record.quotes, record.feedback) == ([SAID], f"“{SAID}”")
    assert unscoped(Customer, "test").get(pk=pk).last_words == SAID
    assert record.score == 100
    for shown in (cast.li.get(f"/followups/{record.pk}"), cast.li.get("/followups")["items"][0]):
        assert (shown["summary"], shown["summary_blocks"], shown["quotes"]) == (PLAIN, TREE, [SAID])
    (line,) = [each for each in cast.li.get(f"/customers/{pk}")["timeline"]["items"] if each["kind"] == "followup"]
    assert line["summary_blocks"] == TREE
    assert [each["id"] for each in cast.li.get("/find?q=独立网段")["followups"]] == [record.pk]


def test_previews_keep_the_marks(cast: Cast, pk: int, rich: Any) -> None:
    """R-013: the brief before the next contact and the find box show them on one line."""
    cast.li.post("/followups", rich)
    last = cast.li.get(f"/customers/{pk}/brief")["last"]
    assert last["preview"][:3] == [
        {"text": "王总看了 3 号线 42 个点位的方案，"},
        {"text": "11月30日前要分项价", "mark": "task"},
        {"text": " "},
    ]
    assert {"text": f"“{SAID}”", "quote": True} in last["preview"]
    (hit,) = cast.li.get("/find?q=独立网段")["followups"]
    assert hit["preview"][1] == {"text": "11月30日前要分项价", "mark": "task"}
    assert hit["text"] == PLAIN[:80]


def test_text_and_tree_together_must_say_the_same(cast: Cast, rich: Any) -> None:
    answer = cast.li.post("/followups", {**rich, "summary": "王总看了方案"})
    assert (answer.status, answer["field"]) == (422, "summary_blocks")
    assert answer["zh"] == "跟进内容的文字和带格式的内容不一样；只传其中一个"
    assert not unscoped(FollowUp, "test").exists()
    assert cast.li.post("/followups", {**rich, "summary": f" {PLAIN}\n"}).status == 201


def test_a_tree_without_marks_is_not_kept(cast: Cast, rich: Any, good: Any) -> None:
    rich["summary_blocks"] = [{"type": "paragraph", "text": [{"text": good["summary"]}]}]
    rich["feedback"] = good["feedback"]
    assert cast.li.post("/followups", rich).status == 201
    assert (row().summary, row().summary_blocks) == (good["summary"], [])


@pytest.mark.parametrize(
    ("tree", "zh"),
    [
        ([{"type": "html", "text": "<b>x</b>"}], "跟进内容只能有段落、列表、表格和客户原话"),
        ([{"type": "paragraph", "text": [{"text": "x", "href": "x"}]}], "跟进内容里有不认识的格式"),
        ([{"type": "table", "rows": [[[]] * 20] * 31}], "跟进内容的表格太大，最多 20 列、600 格；大表作为附件上传"),
        ([{"type": "paragraph", "text": [{"text": "字" * 20_001}]}], "跟进内容太长，最多 20000 个字"),
    ],
)
def test_what_is_no_tree_is_refused_and_nothing_changes(cast: Cast, pk: int, rich: Any, tree: Any, zh: str) -> None:
    """R-014: bounded; one sentence that names the field, in the form, the panel and a change."""
    rich["summary_blocks"] = tree
    for answer in (
        cast.li.post("/followups", rich),
        cast.li.post("/followups/check", {"customer_id": pk, "summary_blocks": tree}),
    ):
        assert (answer.status, answer["field"], answer["zh"]) == (422, "summary_blocks", zh)
    assert not unscoped(FollowUp, "test").exists()
    assert not Event.objects.filter(name="followup.logged").exists()
    assert cast.li.post("/followups", {**rich, "summary_blocks": "<p>x</p>"}).status == 422
    assert (
        cast.li.post("/followups", {**rich, "summary_blocks": [{"type": "paragraph", "text": ["\x00"]}]}).status == 422
    )


def test_the_rules_read_the_plain_text(cast: Cast, pk: int, rich: Any) -> None:
    """The number of an item is no fact; spans of findings are characters of the plain text."""
    rich["summary_blocks"] = [
        {"type": "numbers", "items": [{"text": [{"text": "已联系", "bold": True}]}, {"text": [{"text": "沟通顺利"}]}]}
    ]
    rich["feedback"] = "“30 天内能到就定”"
    answer = cast.li.post("/followups", rich)
    assert (answer.status, answer["code"], answer["field"]) == (422, "standard", "summary")
    checked = cast.li.post("/followups/check", {"customer_id": pk, "summary_blocks": TREE, "channel": "phone"})
    assert "feedback" not in {each["field"] for each in checked["findings"]}


def test_a_change_holds_the_tree_in_its_event(cast: Cast, rich: Any) -> None:
    """R-015, R-163: text, tree and quotations of before and after stand in the log."""
    made = cast.li.post("/followups", {**rich, "quotes": ["写在一边的话，要 30 台"]})
    assert row().quotes == [SAID, "写在一边的话，要 30 台"]
    tree = copy.deepcopy(TREE)
    tree[1]["text"][0]["text"] = "20 天能到就签"
    assert cast.li.patch(f"/followups/{made['id']}", {"version": 1, "summary_blocks": tree}).status == 200
    record = row()
    assert record.summary == PLAIN.replace(SAID, "20 天能到就签") and record.summary_blocks == tree
    assert record.quotes == ["20 天能到就签", "写在一边的话，要 30 台"]
    data = Event.objects.get(name="followup.updated").data.data
    assert (data["before"]["summary_blocks"], data["after"]["summary_blocks"]) == (TREE, tree)
    assert (data["before"]["summary"], data["after"]["summary"]) == (PLAIN, record.summary)
    assert data["after"]["quotes"] == record.quotes


def test_plain_text_alone_takes_the_marks_off(cast: Cast, rich: Any) -> None:
    made = cast.li.post("/followups", rich)
    url = f"/followups/{made['id']}"
    assert cast.li.patch(url, {"version": 1, "quotes": ["另一句，要 30 台"]}).status == 200
    assert row().quotes == [SAID, "另一句，要 30 台"]
    assert cast.li.patch(url, {"version": 2, "topic": "交期"}).status == 200
    assert row().summary_blocks == TREE
    assert cast.li.patch(url, {"version": 3, "summary": PLAIN}).status == 200
    assert (row().summary, row().summary_blocks) == (PLAIN, [])


def test_an_empty_tree_takes_the_marks_off_and_leaves_the_text(cast: Cast, rich: Any) -> None:
    made = cast.li.post("/followups", rich)
    assert cast.li.patch(f"/followups/{made['id']}", {"version": 1, "summary_blocks": []}).status == 200
    assert (row().summary, row().summary_blocks) == (PLAIN, [])


def test_a_refused_change_changes_nothing(cast: Cast, rich: Any) -> None:
    made = cast.li.post("/followups", rich)
    url = f"/followups/{made['id']}"
    wrong = cast.li.patch(url, {"version": 1, "summary": "别的", "summary_blocks": TREE})
    assert (wrong.status, wrong["field"]) == (422, "summary_blocks")
    assert cast.zhao.patch(url, {"version": 1, "summary_blocks": TREE[:2]}).status == 403
    assert cast.qian.patch(url, {"version": 1, "summary_blocks": TREE[:2]}).status == 404
    assert (row().version, row().summary_blocks) == (1, TREE)


def test_a_draft_holds_the_tree(cast: Cast, pk: int) -> None:
    """R-013: what is half typed keeps its marks too."""
    cast.li.put("/followups/drafts/d1", {"customer_id": pk, "body": {"summary": PLAIN, "summary_blocks": TREE}})
    (draft,) = cast.li.get("/followups/drafts")["items"]
    assert draft["body"]["summary_blocks"] == TREE


def test_the_field_list_says_that_the_field_is_rich(cast: Cast) -> None:
    fields = cast.li.get("/schema")["record_types"]["followup"]["fields"]
    assert [each["slug"] for each in fields if each["type"] == "richtext"] == ["summary"]
