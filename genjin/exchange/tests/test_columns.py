"""map_columns(): headings of old sheets, with the reason for each guess (R-237)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.exchange.columns import header_key, load_columns, map_columns


def fields(headers: list[str], **more: object) -> list[str | None]:
    return [each.field for each in map_columns(headers, **more)]  # type: ignore[arg-type]


FOLLOWUP = ["跟进内容"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("客户名称 *", "customer.name"), ("单 位", "customer.name"), ("对接人", "contact.name"),
        ("手机/微信", "contact.info"), ("电话、邮箱", "contact.info"), ("拜访时间", "followup.contact_at"),
        ("日期", "followup.contact_at"), ("沟通方式", "followup.channel"), ("对方反馈", "followup.feedback"),
        ("下步安排", "followup.next_step"), ("完成时间", "followup.due"), ("录入时间", "followup.entered_at"),
        ("业务员", "followup.author"), ("负责人", "followup.step_owner"), ("预算（万）", "customer.budget"),
        ("Follow-up time", "followup.contact_at"), ("跟进时间(必填)", "followup.contact_at"), ("序号", None),
        ("签约时间", None), ("备注2", None), ("客户所属行业分类", "customer.industry"),
    ],
)  # fmt: skip
def test_headings_of_a_followup_sheet(header: str, field: str | None) -> None:
    assert fields([*FOLLOWUP, header])[1] == field


def test_the_same_heading_means_another_field_in_a_customer_list() -> None:
    assert fields(["客户名称", "电话", "负责人", "跟进时间"]) == [
        "customer.name",
        "contact.phone",
        "customer.owner",
        None,
    ]


def test_a_field_is_given_once_and_the_second_column_says_why() -> None:
    found = map_columns(["公司", "跟进内容", "沟通情况"])
    assert [each.field for each in found] == ["customer.name", "followup.summary", None]
    assert "跟进内容" in found[2].zh


def test_repeated_groups_are_numbered() -> None:
    found = map_columns(["客户", "第一次跟进时间", "第一次跟进内容", "第2次拜访", "第十二次跟进", "首次回访"])
    assert [(each.field, each.occurrence) for each in found] == [
        ("customer.name", 0), ("followup.contact_at", 1), ("followup.summary", 1), ("followup.summary", 2),
        ("followup.summary", 12), (None, 1),
    ]  # fmt: skip


def test_groups_of_two_level_headers_and_plain_repeats() -> None:
    found = map_columns(
        ["名称", "时间", "内容", "时间", "内容"],
        groups=["客户", "第一次跟进", "第一次跟进", "第二次跟进", "第二次跟进"],
    )
    assert [each.occurrence for each in found] == [0, 1, 1, 2, 2]
    plain = map_columns(["客户", "时间", "内容", "时间", "内容"])
    assert [(each.field, each.occurrence) for each in plain[1:]] == [
        ("followup.contact_at", 1), ("followup.summary", 1), ("followup.contact_at", 2), ("followup.summary", 2),
    ]  # fmt: skip


def test_values_speak_where_the_heading_does_not() -> None:
    samples = [["甲精密有限公司", "乙科技有限公司"], ["13800138000", "13900139000"], ["x", "y"]]
    found = map_columns(["谁", "号", "跟进内容"], samples)
    assert [each.field for each in found] == ["customer.name", "contact.info", "followup.summary"]
    assert all(each.confidence < 0.6 for each in found[:2])


def test_long_texts_under_progress_are_content() -> None:
    texts = ["客户问了 TL-200 的价格，要求下周送样品到厂里测试", "样品测了 200 个，合格 198 个，王工要看报告再定"]
    found = map_columns(["公司", "日期", "方式", "进展"], [[], [], [], texts])
    assert found[3].field == "followup.summary"
    assert fields(["公司", "沟通情况", "进展"], samples=[[], [], ["已联系", "待回复"]])[2] == "followup.status"


def test_a_bad_pack_names_what_is_missing(tmp_path: object) -> None:
    path = f"{tmp_path}/columns.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write("fields: {customer.name: {label: 客户}}\n")
    with pytest.raises(ValueError, match="en"):
        load_columns(path)


def test_no_name_is_shared_by_two_fields_of_one_kind() -> None:
    kinds = {key: [slug.split(".")[0] == "followup" for slug in slugs] for key, slugs in load_columns().known.items()}
    assert {key for key, sides in kinds.items() if len(sides) != len(set(sides))} == set()


@given(st.text(max_size=40))
def test_any_heading_is_survived(header: str) -> None:
    assert header_key(header_key(header)) == header_key(header)
    assert len(map_columns([header, header])) == 2
