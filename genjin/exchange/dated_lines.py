"""One cell with many dated lines ("6.10 电话…⏎6.15 拜访…") taken apart (R-237). Pure."""

from __future__ import annotations

import re
from datetime import datetime

from genjin.lib.dates import half_width, read_datetime

_CHANNEL_FIRST = re.compile(
    r"(企业微信|企微|微信|电话|电联|致电|来电|短信|邮件|上门拜访|拜访|上门|面谈|面访|腾讯会议|钉钉会议|视频会议|线上会议)"
)
#: Stands for "some year": every day of a calendar exists in it.
LEAP_YEAR = datetime.fromisoformat("2024-12-31")
_DATED_LINE = re.compile(
    r"\s*[【\[(（]?(?P<date>(?:(?:20)?\d{2}[-./年])?\d{1,2}[-./月]\d{1,2}(?:[日号])?(?:\s*(?:上午|下午|早上|晚上|中午)?\s*\d{1,2}(?:[:：]\d{2}|点半?|时))?)"
    r"[】\])）]?\s*[,，:：、;；.\-—]?\s*(?P<rest>\S.*)"
)


def split_dated_lines(text: str) -> list[tuple[str, str]]:
    """ "6.10 电话…\\n6.15 拜访…" → [("6.10", "电话…"), ("6.15", "拜访…")]. Others belong to the line before.

    [] when the first line has no date or the numbers are an outline (1.1, 1.2 …), so that nothing is guessed.
    """
    found: list[tuple[str, str]] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not line.strip():
            continue
        match = _DATED_LINE.fullmatch(half_width(line).rstrip())
        if match and _is_day(match.group("date")):
            found.append((match.group("date").strip(), line[match.start("rest") :].strip()))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line.strip()}")
        else:
            return []
    outline = [f"{when}" for when, _ in found]
    if outline[:2] in (["1.1", "1.2"], ["2.1", "2.2"]) or (len(outline) > 1 and len(set(outline)) == 1 == len(found)):
        return []
    return found


def _is_day(text: str) -> bool:
    return read_datetime(text, now=LEAP_YEAR).value is not None


def leading_channel(text: str) -> str:
    """The channel a dated line begins with ("电话，要报价" → 电话); "" when it begins with something else."""
    found = _CHANNEL_FIRST.match(text)
    return found.group(1) if found else ""
