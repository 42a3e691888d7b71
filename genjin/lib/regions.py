"""Addresses with a region: province, city, district and the rest. Pure.

    {"region": ["浙江", "杭州", "西湖区"], "street": "文三路 1 号"}

The province is one of the list (or 海外), the city one of its cities or a name typed in, the district is typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from genjin.lib.places import CITIES, MUNICIPALITIES, PROVINCES, words

ABROAD = "海外"
LEVELS = 3
LONGEST_PLACE = 20
_OF_PROVINCE = "省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区"
_TITLE = re.compile(rf"(?:{_OF_PROVINCE})$")
_TITLES = "市|自治州|地区|盟"
#: The first of each province's cities, as the list of all cities has them one province behind the other.
_CAPITALS = dict(
    zip(
        words("石家庄 太原 呼和浩特 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州 武汉 长沙 广州 南宁 海口 "
              "成都 贵阳 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐"),
        words("河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 "
              "四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"),
        strict=True,
    )
)  # fmt: skip
#: Behind it stand cities of counties, of all provinces.
_LAST = "石河子"
#: Cities that bear the name of a province.
_NAMESAKES = {"吉林": "吉林", "青海": "海南"}


def _cities() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {each: [] for each in PROVINCES}
    province = ""
    for city in CITIES[: CITIES.index(_LAST) + 1]:
        province = _CAPITALS.get(city, province)
        found[province].append(city)
    for province, city in _NAMESAKES.items():
        found[province].append(city)
    return {name: tuple(cities) for name, cities in found.items()} | {ABROAD: ()}


#: Province → its cities, in the usual order. A municipality has none: its districts are typed.
REGIONS: Mapping[str, tuple[str, ...]] = _cities()


def region_of(parts: list[str]) -> list[str] | None:
    """The levels by their short names (浙江省 → 浙江, 杭州市 → 杭州); None where the first is no province."""
    levels = [each.strip() for each in parts]
    while levels and not levels[-1]:
        levels.pop()
    if not levels:
        return []
    province = levels[0] if levels[0] in REGIONS else _TITLE.sub("", levels[0])
    if province not in REGIONS or not all(levels) or len(levels) > LEVELS:
        return None
    return [province, *(_city(province, each) if at == 0 else each for at, each in enumerate(levels[1:]))]


def _city(province: str, name: str) -> str:
    short = name.removesuffix("市")
    return short if short in REGIONS[province] else name


def address_text(value: Mapping[str, Any]) -> str:
    """An address in one line: 浙江 杭州 西湖区 文三路 1 号."""
    return " ".join(each for each in (*value["region"], value["street"]) if each)


def path_of(value: Mapping[str, Any]) -> str:
    """What filters and lists compare: each level of the region ends in a stroke, then the street."""
    levels = [*value["region"], "", "", ""][:LEVELS]
    return "".join(f"{each}/" for each in levels) + str(value["street"])


def read_address(text: str) -> dict[str, Any]:
    """A line as it is written in a sheet: 浙江 杭州 西湖区 文三路 1 号, 浙江省杭州市西湖区文三路1号, 杭州市文三路."""
    rest = text.strip()
    region: list[str] = []
    for province in (*PROVINCES, ABROAD):
        if rest.startswith(province):
            region, rest = (
                [province],
                _cut(rest, province, _OF_PROVINCE),
            )
            break
    place = region[0] if region else ""
    cities = ((place, city) for place in ([place] if place else REGIONS) for city in REGIONS[place])
    for province, city in cities:
        # 朝阳 is a city of 辽宁 and a district of 北京: without its province a city needs its title.
        if rest.startswith(city) and (place or re.match(rf"(?:{_TITLES}|\s)", rest[len(city) :])):
            region, rest = [province, city], _cut(rest, city, _TITLES)
            break
    district = re.match(r"[一-鿿]{1,8}?(?:新区|区|县|市|旗)", rest) if region else None
    if district and (len(region) == 2 or place in MUNICIPALITIES):
        region, rest = [*region, district[0]], rest[district.end() :].strip()
    return {"region": region, "street": rest}


def _cut(text: str, name: str, titles: str) -> str:
    return re.sub(rf"^(?:{titles})", "", text[len(name) :]).strip()
