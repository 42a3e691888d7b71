"""bad-contact-format: 联系方式 is no valid mobile, landline, e-mail or WeChat id (R-023)."""

from __future__ import annotations

import re

from genjin.lib.phones import channels
from genjin.quality.case import Case, Words
from genjin.quality.record import CONTACT_INFO

RULE = "bad-contact-format"
WORDS = Words(
    "联系方式打不通：不是手机、带区号的座机、邮箱或微信号",
    "核对号码位数，手机 11 位",
    "This reaches nobody: no mobile, landline with area code, e-mail or WeChat id",
    "Check the digits; a mobile has 11",
    "13800138000",
    "接手的人联系不上客户",
)
_O_FOR_ZERO = re.compile(r"[OoＯ〇]")
_L_FOR_ONE = re.compile(r"[lI]")


def check(case: Case) -> None:
    """One valid detail in the cell is enough."""
    text = case.contact_info
    if not text:
        return
    if len(text) == 11 and text.isascii() and text.isdigit() and "13" <= text[:2] <= "19":
        case.normalized[CONTACT_INFO] = text
        return
    found = channels(text)
    if found:
        case.normalized[CONTACT_INFO] = found[0].value
        return
    case.add(RULE, CONTACT_INFO, WORDS, (0, len(text)), _repaired(text))


def _repaired(text: str) -> str | None:
    """138OO760133 → 13800760133, offered as a one-tap fix when that makes a valid mobile."""
    candidate = _L_FOR_ONE.sub("1", _O_FOR_ZERO.sub("0", text))
    found = channels(candidate)
    return found[0].value if found and found[0].kind == "mobile" else None
