"""Addresses as they are written in sheets, and the provinces with their cities."""

from __future__ import annotations

import pytest

from genjin.lib.places import CITIES, PROVINCES
from genjin.lib.regions import ABROAD, REGIONS, address_text, path_of, read_address, region_of


def test_every_city_lies_in_one_province() -> None:
    assert list(REGIONS) == [*PROVINCES, ABROAD]
    cities = [city for each in REGIONS.values() for city in each]
    assert len(cities) == len(set(cities))
    assert set(cities) - set(CITIES) == {"吉林", "海南"}
    counted = {name: len(REGIONS[name]) for name in ("河北", "内蒙古", "吉林", "广东", "青海", "新疆", "上海")}
    assert counted == {"河北": 11, "内蒙古": 12, "吉林": 9, "广东": 21, "青海": 8, "新疆": 14, "上海": 0}


@pytest.mark.parametrize(
    ("text", "region", "street"),
    [
        ("浙江 杭州 西湖区 文三路 1 号", ["浙江", "杭州", "西湖区"], "文三路 1 号"),
        ("浙江省杭州市西湖区文三路1号", ["浙江", "杭州", "西湖区"], "文三路1号"),
        ("杭州市文三路", ["浙江", "杭州"], "文三路"),
        ("上海市浦东新区张江路", ["上海", "浦东新区"], "张江路"),
        ("广西壮族自治区南宁市青秀区", ["广西", "南宁", "青秀区"], ""),
        ("吉林省吉林市昌邑区", ["吉林", "吉林", "昌邑区"], ""),
        ("朝阳区建国路", [], "朝阳区建国路"),
        ("海外 东京", ["海外"], "东京"),
        ("文三路 1 号", [], "文三路 1 号"),
    ],
)
def test_an_address_is_read(text: str, region: list[str], street: str) -> None:
    found = read_address(text)
    assert found == {"region": region, "street": street}
    assert read_address(address_text(found)) == found


def test_levels_get_their_short_names() -> None:
    assert region_of(["浙江省", "杭州市", "西湖区"]) == ["浙江", "杭州", "西湖区"]
    assert region_of(["浙江", "昆山市"]) == ["浙江", "昆山市"]
    assert region_of(["浙江", ""]) == ["浙江"]
    assert region_of([]) == []
    assert region_of(["杭州"]) is region_of(["浙江", "", "x"]) is region_of(["浙江", "a", "b", "c"]) is None
    assert path_of({"region": ["浙江"], "street": "x"}) == "浙江///x"
