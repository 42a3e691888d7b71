"""Contact details: which are valid, and how they are written (R-023, R-033)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib.phones import channels, is_valid_contact

VALID = [
    ("13800210035", "13800210035"),
    ("138 0021 7742", "13800217742"),
    ("138-0076-0021", "13800760021"),
    ("+86 13800280336", "13800280336"),
    ("0086-13800280336", "13800280336"),
    ("13800731906（微信同号）", "13800731906"),
    ("１３８００５３５６１８", "13800535618"),
    ("手机：13800138000", "13800138000"),
    ("王总13800138000", "13800138000"),
    ("0523-86000031", "0523-86000031"),
    ("02165432100", "021-65432100"),
    ("(021)65432100", "021-65432100"),
    ("021 6543 2100 转 8001", "021-65432100转8001"),
    ("400-800-1234", "4008001234"),
    ("liangyan@huicheng.example", "liangyan@huicheng.example"),
    ("Wang.Li@Example.COM", "wang.li@example.com"),
    ("邮箱：a_b-1@mail.example.cn", "a_b-1@mail.example.cn"),
    ("taomin_td", "taomin_td"),
    ("微信：chen88li", "chen88li"),
    ("wx:fl_rong88", "fl_rong88"),
    ("louqian-tg", "louqian-tg"),
]
INVALID = [
    "1380031",
    "138OO760133",
    "1.38E+10",
    "138007311890",
    "12800138000",
    "65432100",
    "见名片",
    "微信：石头老蔡",
    "tongxy@tinglan",
    "a@b",
    "abc12",
    "1abcdefg",
    "QQ:12345678",
    "wechat",
    "同上",
    "微信同号",
    "+1 415 555 0100",
    "无电话",
    "abcdefghijklmnopqrstuvwxyz",
    "@@@",
    "0512-1234",
]


@pytest.mark.parametrize(("raw", "wanted"), VALID)
def test_valid_details_are_normalised(raw: str, wanted: str) -> None:
    assert [channel.value for channel in channels(raw)] == [wanted]


@pytest.mark.parametrize("raw", INVALID)
def test_invalid_details_give_nothing(raw: str) -> None:
    assert channels(raw) == []
    assert not is_valid_contact(raw)


def test_several_details_in_one_cell() -> None:
    found = channels("13800756031 / wx:fl_rong88；0512-65432100 a@b.example")
    assert [(channel.kind, channel.value) for channel in found] == [
        ("mobile", "13800756031"),
        ("landline", "0512-65432100"),
        ("email", "a@b.example"),
        ("wechat", "fl_rong88"),
    ]


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(text: str) -> None:
    for channel in channels(text):
        assert channel in channels(channel.value)


@given(st.integers(min_value=13_000_000_000, max_value=19_999_999_999))
def test_every_mobile_with_blanks_is_read(number: int) -> None:
    text = str(number)
    assert channels(f" +86 {text[:3]} {text[3:7]}-{text[7:]} ")[0].value == text
