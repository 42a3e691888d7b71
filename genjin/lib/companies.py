"""Company names compared: one key for one firm, a short name, and whether two names may be the same firm.

Sources: R-121, R-131, R-185. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from genjin.lib.places import CITIES, MUNICIPALITIES, PROVINCES, SIMPLIFIED, words

_DROPPED = re.compile(r"[\W_]+")
# Longest first, so that the whole of a legal form goes.
_LEGAL = (
    "有限责任公司", "股份有限公司", "集团有限公司", "limited", "coltd", "有限公司", "有限责任", "股份公司", "有限合伙",
    "普通合伙", "gmbh", "ltd", "inc", "llc", "公司",
)  # fmt: skip
_PLACE = "|".join(sorted((*PROVINCES, *CITIES), key=len, reverse=True))
_REGION = re.compile(
    rf"(?P<a>{_PLACE})(?:壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市|地区|盟)?"
    rf"(?:(?P<b>{_PLACE})(?:市|地区|盟|区|县)?)?(?:(?<=市)[^市区县]{{2,3}}(?:区|县))?"
)
_BRACKETED_PLACE = re.compile(rf"[(（\[【]\s*(?P<place>{_PLACE})(?:省|市)?\s*[)）\]】]")

# Words that say the line of business, longest first; two firms may share them without being the same.
_TRADES = words("""
    信息技术 信息科技 网络科技 电子商务 电子科技 供应链管理 供应链 餐饮管理 餐饮 企业管理 管理咨询 文化传媒
    文化创意 文化传播 文化用品 生物科技 生物医药 医疗器械 医疗 医药 制药 药业 精密机械 纺织机械 食品机械
    包装机械 机械设备 机械制造 机械 精机 精密 机电 电机 电气 电器 电子 电商 电力 光电 光学 光伏科技 光伏 新能源
    新材料 材料 自动化 智能科技 智能装备 智能制造 智能 装备制造 装备 设备 仪器仪表 仪器 汽车零部件 汽车配件
    汽车内饰 汽配 汽车 零部件 配件 五金制品 五金 金属制品 金属 模具 塑料 塑胶 橡塑 橡胶 化工 化学 涂料 建材 建筑
    建设 工程 装饰 家居 家具 家纺 卫浴 陶瓷 玻璃 照明 灯饰 服装 服饰 鞋业 鞋材 纺织 纺织品 针织 印染 面料 化妆品
    日化 日用品 玩具 文具 食品 乳业 乳品 酒业 茶业 粮油 水产 果业 农业 园艺 牧业 烘焙 冷链物流 冷链 物流 仓储
    货运 海运 船舶配件 船舶 船艺 游艇 包装 印刷 纸业 传媒 广告 科技 技术 信息 网络 软件 数据 通信 通讯 贸易 商贸
    进出口 国际贸易 实业 工业 制造 制品 工贸 发展 投资 控股 咨询 服务 教育 教育装备 培训 环保 水务 能源 石化
    矿业 钢铁 轴承 阀门 线缆 电缆 齿轮 铸造 芯片 芯微电子 半导体 微电子 集团 总厂 厂 商行 经营部 中心
""")
_ONE_TRADE = rf"(?:{'|'.join(sorted(_TRADES, key=len, reverse=True))})"
# The first one stands by itself, so that the search passes over every letter that none begins with.
_TRADE = re.compile(rf"{_ONE_TRADE}{_ONE_TRADE}*$")
_TRADITIONAL = re.compile(f"[{''.join(map(chr, SIMPLIFIED))}]")


class CompanyName(NamedTuple):
    """A name taken apart: `key` whole, `places` (widest first, may be empty), `brand` (字号), `trade`."""

    key: str
    places: tuple[str, ...]
    brand: str
    trade: str


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Equal for the same firm however it is typed: width, case, spaces, brackets, traditional characters, legal form.

    The region stays, so that firms of two cities keep two keys. Idempotent; "" for a name without a letter.
    """
    return _key(_plain(name))


@lru_cache(maxsize=64)
def _plain(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name)
    return plain.translate(SIMPLIFIED) if _TRADITIONAL.search(plain) else plain


def _key(plain: str) -> str:
    key = _DROPPED.sub("", plain.lower())
    while key.endswith(_LEGAL):
        form = next(form for form in _LEGAL if key.endswith(form))
        if key == form:
            break
        key = key.removesuffix(form)
    return key


@lru_cache(maxsize=65536)
def parse_company(name: str) -> CompanyName:
    """Take a name apart into places, brand and trade. The brand is never empty unless the name is."""
    plain = _plain(name)
    bracketed = _BRACKETED_PLACE.search(plain)
    key = name_key(name)
    body = name_key(_BRACKETED_PLACE.sub("", plain)) if bracketed else key
    places: tuple[str, ...] = (bracketed.group("place"),) if bracketed else ()
    start = _REGION.match(body)
    if start and len(body) - start.end() >= 2:
        places = tuple(place for place in start.groups() if place)
        rest = body[start.end() :]
    else:
        rest = body
    brand, trade = _split_trade(rest)
    if not brand:
        return CompanyName(key, (), body, "")
    return CompanyName(key, places, brand, trade)


def _split_trade(rest: str) -> tuple[str, str]:
    """Brand and trade; a brand has at least two characters, else the first two characters stand for it."""
    found = _TRADE.search(rest)
    if not found:
        return rest, ""
    if found.start() >= 2:
        return rest[: found.start()], found.group(0)
    return ("", rest) if found.start() == 0 else (rest, "")


def short_name(name: str) -> str:
    """The brand (字号): without region, line of business and legal form. 宁波甬渡精密机械有限公司 → 甬渡."""
    return parse_company(name).brand


def display_name(name: str) -> str:
    """The name as dense rows show it: as written, without the legal form."""
    shown = name.strip()
    return re.sub(r"(?:股份|集团)?有限(?:责任)?公司$", "", shown) or shown


def similar(a: str, b: str) -> bool:
    """May the two names be one firm (R-121)? Same key; or same brand, no two different regions, and a line of
    business that is missing in one or abbreviates the other's (精机 ~ 精密机械). One different character in the
    brand (棠砚, 棠研) is another firm."""
    first, second = parse_company(a), parse_company(b)
    if not first.key or not second.key:
        return False
    if first.key == second.key:
        return True
    if first.brand != second.brand or len(first.brand) < 2:
        return False
    if first.places and second.places and not _same_place(first.places, second.places):
        return False
    return _abbreviates(first.trade, second.trade) or _abbreviates(second.trade, first.trade)


def _same_place(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    # A province may hold the other's city; two cities or two provinces are two places.
    return bool(set(first) & set(second)) or _wide(first) != _wide(second)


def _wide(places: tuple[str, ...]) -> bool:
    return len(places) == 1 and places[0] in PROVINCES and places[0] not in MUNICIPALITIES


def _abbreviates(short: str, full: str) -> bool:
    letters = iter(full)
    return all(letter in letters for letter in short)


def duplicate_groups(names: list[str]) -> list[list[str]]:
    """Names that may be one firm, grouped; each spelling once, in order of first appearance. O(n) by brand."""
    by_brand: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        if brand := parse_company(name).brand:
            by_brand.setdefault(brand, []).append(name)
    groups: list[list[str]] = []
    for alike in by_brand.values():
        if len(alike) > 1:
            groups.extend(group for group in _grouped(alike[:200]) if len(group) > 1)
    return groups


def _grouped(names: list[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    for name in names:
        home = next((group for group in groups if all(similar(name, other) for other in group)), None)
        if home is None:
            groups.append([name])
        else:
            home.append(name)
    return groups
