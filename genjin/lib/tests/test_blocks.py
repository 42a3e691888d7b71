"""Rich text as a tree of blocks: one normal form, one plain text, nothing but text inside (R-013–R-015)."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib import blocks

#: Shared with the web client, whose reading must be the same.
CASES = json.loads((Path(__file__).parent / "blocks.json").read_text("utf-8"))

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12) | st.sampled_from(
    ["", " ", "\n", "“太贵”", "「好」", '"x"', "<script>alert(1)</script>", '" onclick="x', "&amp;", "\t价\r\n", "•"]
)
spans = st.lists(
    st.fixed_dictionaries(
        {"text": texts},
        optional={"bold": st.booleans(), "mark": st.sampled_from([None, "task", "risk", "feedback"])},
    ),
    max_size=4,
)


def lists(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    item = st.fixed_dictionaries({"text": spans}, optional={"list": inner})
    return st.fixed_dictionaries({"type": st.sampled_from(["bullets", "numbers"]), "items": st.lists(item, max_size=3)})


table = st.fixed_dictionaries({"type": st.just("table"), "rows": st.lists(st.lists(spans, max_size=4), max_size=4)})
text_block = st.fixed_dictionaries({"type": st.sampled_from(["paragraph", "quote"]), "text": spans})
trees = st.lists(text_block | table | lists(lists(lists(st.none()))), max_size=5)


def span(text: str, **look: Any) -> dict[str, Any]:
    return {"text": text, **look}


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_the_written_cases(case: dict[str, Any]) -> None:
    """R-013, R-014, R-015: the cases that server and browser must read alike."""
    tree = blocks.validate(case["tree"])
    assert tree == case["tree"]
    text = blocks.plain(tree)
    assert text == case["plain"]
    assert blocks.quotes(tree) == case["quotes"]
    assert blocks.preview(tree, case["preview_most"]) == case["preview"]
    for (part,), places in case["located"]:
        start = text.index(part)
        found = blocks.locate(tree, start, start + len(part))
        assert [[list(path), first, last] for path, first, last in found] == places


@given(trees)
def test_the_normal_form_is_stable_and_reads_the_same(raw: list[Any]) -> None:
    """Validating twice changes nothing; the runs joined are the plain text; it begins and ends with a sign."""
    tree = blocks.validate(raw)
    assert blocks.validate(tree) == tree
    text = blocks.plain(tree)
    assert "".join(run[0] for run in blocks.to_runs(tree)) == text
    assert text == text.strip() or not text.strip()
    assert json.loads(json.dumps(tree)) == tree


def text_at(tree: blocks.Tree, path: tuple[int, ...]) -> str:
    block: Any = tree[path[0]]
    if block["type"] == "table":
        return "".join(each["text"] for each in block["rows"][path[1]][path[2]])
    for depth, number in enumerate(path[1:]):
        block = block["items"][number] if depth == 0 else block["list"]["items"][number]
    return "".join(each["text"] for each in block["text"])


@given(trees, st.integers(0, 80), st.integers(0, 80))
def test_every_character_is_found_again(raw: list[Any], start: int, length: int) -> None:
    """A span of the plain text leads to the same characters in the tree, in order."""
    tree = blocks.validate(raw)
    wanted = blocks.plain(tree)[start : start + length]
    rest = wanted
    for path, first, last in blocks.locate(tree, start, start + length):
        part = text_at(tree, path)[first:last]
        assert part and part in rest
        rest = rest[rest.index(part) + len(part) :]
    whole = blocks.locate(tree, 0, 100_000)
    assert [text_at(tree, path) for path, _, _ in whole] == [
        text_at(tree, path) for path in dict.fromkeys(each.path for each in blocks.pieces(tree) if each.path)
    ]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[Any, ...]]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(trees)
def test_html_holds_only_the_tags_of_the_tree(raw: list[Any]) -> None:
    """R-013: whatever is typed, no tag, attribute or entity of its own gets into the page."""
    tree = blocks.validate(raw)
    read = Tags()
    read.feed(blocks.to_html(tree))
    read.close()
    assert read.open == []
    allowed = {"p", "blockquote", "ul", "ol", "li", "table", "tr", "th", "td", "strong", "br", "mark"}
    for tag, attrs in read.tags:
        assert tag in allowed
        assert attrs in ((), (("class", "mark-task"),), (("class", "mark-risk"),), (("class", "mark-feedback"),))
    typed = "".join(each.text for each in blocks.pieces(tree) if each.path is not None)
    assert read.text.replace("\r", "") == typed.replace("\n", "").replace("\r", "")


def test_a_quotation_is_kept_without_its_marks_and_read_with_them() -> None:
    """R-015: 客户原话 stands in “” in the plain text; marks within it become single ones."""
    raw = [{"type": "quote", "text": [span(" “王总说"), span("“太贵”", bold=True), span("了” ")]}]
    tree = blocks.validate(raw)
    assert blocks.plain(tree) == "“‘王总说‘太贵’了’”"
    assert blocks.plain(blocks.validate([{"type": "quote", "text": [span("「再看看」")]}])) == "“再看看”"


def test_nothing_marked_needs_no_tree() -> None:
    assert blocks.bare(blocks.validate([{"type": "paragraph", "text": [span("一", bold=False)]}]))
    assert not blocks.bare(blocks.validate([{"type": "paragraph", "text": [span("一", bold=True)]}]))
    assert not blocks.bare(blocks.validate([{"type": "quote", "text": [span("一")]}]))


def test_empty_parts_are_dropped() -> None:
    """Blank paragraphs, items, rows and columns say nothing; a list under an empty item moves up."""
    inner = {"type": "bullets", "items": [{"text": [span("一")]}]}
    tree = blocks.validate(
        [
            {"type": "paragraph", "text": [span(" \n")]},
            {"type": "bullets", "items": [{"text": [], "list": inner}, {"text": [span(" ")]}]},
            {"type": "table", "rows": [[[], []], [[], [span("甲")], []]]},
            {"type": "table", "rows": [[[]]]},
        ]
    )
    assert tree == [inner, {"type": "table", "rows": [[[span("甲")]]]}]


def nested(depth: int) -> dict[str, Any]:
    item: dict[str, Any] = {"text": [span("一")]}
    if depth > 1:
        item["list"] = nested(depth - 1)
    return {"type": "numbers", "items": [item]}


@pytest.mark.parametrize(
    ("raw", "zh"),
    [
        ({}, "要填一组段落"),
        (["<b>x</b>"], "只能有段落、列表、表格和客户原话"),
        ([{"type": "image", "src": "x"}], "只能有段落、列表、表格和客户原话"),
        ([{"type": "paragraph", "text": "x"}], "有一段没有文字"),
        ([{"type": "paragraph", "text": [{"text": "x", "link": "javascript:x"}]}], "里有不认识的格式"),
        ([{"type": "paragraph", "text": [], "html": "<b>"}], "里有不认识的格式"),
        ([{"type": "paragraph", "text": [span("x", mark="red")]}], "只能加粗，或标为任务、风险、反馈"),
        ([{"type": "paragraph", "text": [span("x", bold=1)]}], "只能加粗，或标为任务、风险、反馈"),
        ([{"type": "paragraph", "text": [span(7)]}], "只能加粗，或标为任务、风险、反馈"),  # type: ignore[arg-type]
        ([{"type": "paragraph", "text": [span("x\x00")]}], "里有无法保存的字符"),
        ([{"type": "paragraph", "text": [span("x\ud800")]}], "里有无法保存的字符"),
        ([{"type": "paragraph", "text": [span("字" * 20_001)]}], "太长，最多 20000 个字"),
        ([{"type": "paragraph", "text": []}] * 2_001, "分得太碎，最多 2000 段；分成两条来写"),
        ([{"type": "quote", "text": [span(f"第{n}句")]} for n in range(51)], "最多标 50 段客户原话"),
        ([nested(4)], "的列表最多 3 层"),
        ([{"type": "bullets"}], "列表要有条目"),
        ([{"type": "bullets", "items": [{"text": [], "list": {"type": "table", "rows": []}}]}],
         "只能有段落、列表、表格和客户原话"),
        ([{"type": "table", "rows": {}}], "表格要有行"),
        ([{"type": "table", "rows": [7]}], "表格的行要有格子"),
        ([{"type": "table", "rows": [[[]] * 21]}], "的表格太大，最多 20 列、600 格；大表作为附件上传"),
        ([{"type": "table", "rows": [[[]] * 20] * 31}], "的表格太大，最多 20 列、600 格；大表作为附件上传"),
    ],
)  # fmt: skip
def test_what_is_no_tree_is_refused_in_a_sentence(raw: Any, zh: str) -> None:
    """R-014: bounded in depth, size and cells."""
    with pytest.raises(blocks.BlocksError) as wrong:
        blocks.validate(raw)
    assert wrong.value.zh == zh
    assert wrong.value.en and not any("\u4e00" <= sign <= "\u9fff" for sign in wrong.value.en)


def test_three_levels_and_fifty_numbers_are_allowed() -> None:
    assert blocks.plain(blocks.validate([nested(3)])) == "① 一\n  ① 一\n    ① 一"
    many = {"type": "numbers", "items": [{"text": [span("一")]}] * 51}
    assert blocks.plain(blocks.validate([many])).splitlines()[-2:] == ["㊿ 一", "(51) 一"]
