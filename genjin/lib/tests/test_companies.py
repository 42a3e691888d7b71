"""Company names compared (R-121, R-131, R-185)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genjin.lib.companies import display_name, duplicate_groups, name_key, parse_company, short_name, similar


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("广州云帆科技有限公司", "广州云帆科技股份有限公司"), ("广州云帆科技有限公司", " 广州 云帆科技 "),
        ("上海（云帆）科技有限公司", "上海(云帆)科技有限公司"), ("苏州艾柯KT自动化有限公司", "苏州艾柯ｋｔ自动化"),
        ("寧波望汀海運有限公司", "宁波望汀海运有限公司"), ("Yunfan Co., Ltd.", "yunfan"), ("A公司", "A有限公司"),
    ],
)  # fmt: skip
def test_one_firm_has_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("成都溪榛餐饮管理有限公司", "重庆溪榛餐饮管理有限公司"), ("无锡棠砚机电有限公司", "无锡棠研机电有限公司"),
        ("云帆科技有限公司", "云帆科技有限公司苏州分公司"),
    ],
)  # fmt: skip
def test_two_firms_have_two_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("宁波甬渡精密机械有限公司", "甬渡精机", True), ("上海岚栖信息技术有限公司", "岚栖信息（上海）", True),
        ("杭州云蘅电子商务有限公司", "云蘅电商", True), ("江苏恒锐科技有限公司", "苏州恒锐科技有限公司", True),
        ("成都溪榛餐饮管理有限公司", "重庆溪榛餐饮管理有限公司", False), ("恒锐物流", "恒锐精机", False),
        ("无锡棠砚机电有限公司", "无锡棠研机电有限公司", False), ("苏州银行", "杭州银行", False), ("", "甲公司", False),
        ("佛山市南海区华悦陶瓷有限公司", "佛山华悦陶瓷", True),
    ],
)  # fmt: skip
def test_similar(one: str, other: str, same: bool) -> None:
    assert similar(one, other) is same
    assert similar(other, one) is same


def test_parts_of_a_name() -> None:
    parsed = parse_company("宁波甬渡精密机械有限公司")
    assert (parsed.places, parsed.brand, parsed.trade) == (("宁波",), "甬渡", "精密机械")
    assert short_name("内蒙古乌兰察布市蒙源乳业（集团）股份有限公司") == "蒙源"
    assert display_name("内蒙古乌兰察布市蒙源乳业（集团）股份有限公司") == "内蒙古乌兰察布市蒙源乳业（集团）"
    assert short_name("公司") == "公司"


def test_groups_hold_each_spelling_once() -> None:
    names = ["甬渡精机", "苏州甲机电", "宁波甬渡精密机械有限公司", "甬渡精机", "乙公司"]
    assert duplicate_groups(names) == [["甬渡精机", "宁波甬渡精密机械有限公司"]]


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_the_key(name: str) -> None:
    # I12: normalise(normalise(x)) = normalise(x)
    key = name_key(name)
    assert name_key(key) == key
    assert bool(parse_company(name).brand) == bool(key)
