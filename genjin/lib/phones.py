"""Contact details in one cell: mainland mobiles, landlines with area code, e-mail, WeChat ids (R-023)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from genjin.lib.dates import half_width

Kind = Literal["mobile", "landline", "email", "wechat"]


class Channel(NamedTuple):
    kind: Kind
    value: str


_MOBILE = re.compile(r"(?<![\dA-Za-z.@+])(?:\+?(?:00)?86[-\s]?)?(1[3-9]\d(?:[-\s.]?\d){8})(?![\dA-Za-z]|\.\d|@)")
_PLAIN_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(
    r"(?<![\dA-Za-z.])(?:\+?86[-\s]?)?(?:\((0\d{2,3})\)|(0(?:10|2\d|[3-9]\d{2})))\s?[-\s]?(\d{3,4}[-\s]?\d{4})"
    r"(?:(?:[-\s转#*]|ext\.?)+(\d{1,6}))?(?!\d)"
)
_SERVICE = re.compile(r"(?<!\d)([48]00[-\s]?\d{3}[-\s]?\d{4}|[48]00[-\s]?\d{4}[-\s]?\d{3})(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9@])")
# A sign such as # or % beside it makes it a piece of something mistyped, not an id.
_WECHAT = re.compile(r"(?<![A-Za-z0-9_@.+#%&*=-])([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_@.+#%&*=\-\u4e00-\u9fff])")
_LABEL = re.compile(
    r"(?i)(?:微信号?|wechat|weixin|vx|wx|v信|企业微信|邮箱|email|e-mail|mail|手机号?|电话|tel|phone)(?:id)?\s?[::]"
)
_OTHER_NETWORK = re.compile(r"(?i)(?:qq|skype|line|telegram|whatsapp|钉钉|抖音|小红书)\s?(?:号)?\s?[::]?\s?[\w.-]+")
_NOT_AN_ID = frozenset(
    ("wechat", "weixin", "wxid", "e-mail", "mobile", "unknown", "number", "telephone", "nothing", "secret")
)


def channels(raw: str) -> list[Channel]:
    """Every valid contact detail in the cell, normalised, in the order mobile, landline, e-mail, WeChat id.

    A landline becomes 0512-65432100 (extension as 转8001). Text that fits no format gives an empty list.
    """
    return list(_channels(str(raw)))


def is_valid_contact(raw: str) -> bool:
    """True when the cell holds at least one valid contact detail (R-023)."""
    return bool(_channels(str(raw)))


@lru_cache(maxsize=8192)
def _channels(raw: str) -> tuple[Channel, ...]:
    text = half_width(raw[:400])
    if _PLAIN_MOBILE.fullmatch(text):
        return (Channel("mobile", text),)
    found: list[Channel] = []
    rest = text
    for match in _MOBILE.finditer(text):
        found.append(Channel("mobile", re.sub(r"\D", "", match.group(1))))
    rest = _MOBILE.sub(" ", rest)
    for match in _LANDLINE.finditer(rest):
        found.append(Channel("landline", _landline(match)))
    rest = _LANDLINE.sub(" ", rest)
    for match in _SERVICE.finditer(rest):
        found.append(Channel("landline", re.sub(r"\D", "", match.group(1))))
    for match in _EMAIL.finditer(rest):
        found.append(Channel("email", match.group(0).lower()))
    rest = _OTHER_NETWORK.sub(" ", _EMAIL.sub(" ", rest))
    for match in _WECHAT.finditer(_LABEL.sub(" ", rest)):
        if match.group(1).lower() not in _NOT_AN_ID:
            found.append(Channel("wechat", match.group(1)))
    return tuple(dict.fromkeys(found))


def _landline(match: re.Match[str]) -> str:
    area = match.group(1) or match.group(2)
    number = f"{area}-{re.sub(r'[^0-9]', '', match.group(3))}"
    return f"{number}转{match.group(4)}" if match.group(4) else number


_SEPARATORS = r"[\s\-－–—.·()（）]{0,2}"
_DIGITS = re.compile(
    r"(?P<date>(?<!\d)20\d\d[-./年]\d{1,2}[-./月]\d{1,2}(?!\d))"
    rf"|\+?\d(?:{_SEPARATORS}\d){{6,}}(?!\s?[元块万])"
)
HIDDEN = "（号码略）"


def without_phones(text: str) -> str:
    """`text` with every number that could be a phone replaced; dates and amounts of money stay.

    Seven digits and more count, also in full width or split by blanks, hyphens, dots and brackets.
    """
    plain = "".join(mark if mark.isprintable() else " " for mark in text)
    return _DIGITS.sub(lambda found: found.group(0) if found.group("date") else HIDDEN, plain)
