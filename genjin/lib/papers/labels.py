"""The words of a label cell and of a value cell: what is the name, what a hint, a mark of duty, a list of options."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from genjin.lib.dates import half_width
from genjin.lib.papers.parts import LONGEST_HELP, LONGEST_LABEL

IsLabel = Callable[[str], bool]
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分|节|章)?[、.．,，:：]\s*|[(（][一二三四五六七八九十\d]{1,3}[)）]\s*|"
    r"\d{1,2}(?:\.\d{1,2})*[、.．)）]\s*|[①-⑳]\s*|[•·●▪◆■\-–—*]\s+)"
)
_FIRST = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分|节|章)?[、.．]|第[一二三四五六七八九十]{1,3}(?:部分|节|章))"
)
_STAR = re.compile(r"^[*＊★※]+\s*|\s*[*＊★※]+$")
_BRACKET = re.compile(r"[(（【\[]([^()（）【】\[\]]{0,200})[)）】\]]")
_WHOLE_BRACKET = re.compile(r"^[(（【\[<《]([^()（）【】\[\]<>《》]{1,300})[)）】\]>》]$")
_HINT = re.compile(
    r"^(?:请|如[:：]|例如|例[:：]|示例|比如|填写|注[:：]|提示|说明[:：]|要求[:：]|格式[:：]|如\d|e\.?g\.?)"
)
_UNIT = re.compile(
    r"^(?:单位[:：]?\s*)?([元万亿台件套个次人天日月年周小时分钟分吨平米㎡k]{1,4}|公里|美元|USD|RMB|%|％|百分比)$"
)
_SCALE = re.compile(r"(\d{1,3})\s*[-–—~～至到]\s*(\d{1,3})\s*分?")
_MARKS = "□☐○◯〇☑☒✓✔√■▢❏❑▣"
_TICKED = set("☑☒✓✔√■▣")
_OPTION = re.compile(rf"[{_MARKS}]\s*([^{_MARKS}]*)")
_BLANKS = re.compile(r"[_＿\s\u3000…—]+|\.{3,}")
_DATE_BLANK = re.compile(r"^[_＿\s]*年[_＿\s]*月[_＿\s]*日(?:[_＿\s]*[时点:：][_＿\s]*分?)?[_＿\s]*$")
_PAIR = re.compile(
    r"(?:^|(?<=[\s_＿;；]))(?P<label>[^\s:：_＿;；。，,！？□☐]{1,24}(?:[(（][^()（）]{0,60}[)）])?[*＊]?)\s*[:：](?!//)"
)
_NOTES = {"说明", "填表说明", "填写说明", "备注说明", "注", "提示", "注意", "填写要求", "使用说明"}
_REQUIRED = {"必填", "必填项", "标准必填", "必选", "必须填写", "必须"}
_OPTIONAL = {"选填", "可选", "可不填", "如有", "若有", "若可获取", "非必填"}


@dataclass(frozen=True, slots=True)
class Label:
    """A label without its marks. `low`, `high`: a scale; `many`: more than one option may be ticked."""

    text: str
    required: bool = False
    help: str = ""
    unit: str = ""
    options: tuple[str, ...] = ()
    scale: int = 0
    many: bool = False


def read_label(raw: str) -> Label:
    """The parts of 3. *跟进方式（必填，单选）：."""
    text = _BLANKS.sub(" ", _STAR.sub("", _NUMBERING.sub("", _one_line(raw)))).strip(" :：")
    required = bool(_STAR.search(_NUMBERING.sub("", _one_line(raw)).rstrip(" :：")))
    unit, help_, scale, many = "", [], 0, False
    options: tuple[str, ...] = ()
    for found in _BRACKET.findall(text):
        for part in filter(None, re.split(r"[,，;；]", found)):
            said = part.strip()
            plain = half_width(said)
            if said in _REQUIRED:
                required = True
            elif said in _OPTIONAL or said in ("单选", "单选题"):
                continue
            elif said in ("多选", "可多选", "多选题"):
                many = True
            elif spread := _UNIT.match(plain):
                unit = spread[1]
            else:
                scaled = _SCALE.search(plain)
                scale = int(scaled[2]) if scaled and scaled[1] in ("0", "1") else scale
                options = options or split_options(said)
                help_.append(said)
    bare = _STAR.sub("", _BRACKET.sub("", text)).strip(" :：")
    return Label(
        bare[:LONGEST_LABEL], required, "，".join(help_)[:LONGEST_HELP], unit, options if not scale else (), scale, many
    )


def _one_line(text: str) -> str:
    """A label broken over lines in a narrow cell is one word: 联系\n方式."""
    return re.sub(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])", "", text).replace("\n", " ").strip()


def split_options(text: str) -> tuple[str, ...]:
    """电话/面谈/微信 as options; () for what is a sentence or a date."""
    if not re.search(r"[/／|]", text):
        return ()
    parts = [part.strip(" .。…等") for part in re.split(r"[/／|]", text)]
    parts = [part for part in parts if part]
    fits = 2 <= len(parts) <= 30 and all(
        len(part) <= 12 and not re.search(r"[,，。;；]|\d{4}|[YMDHyd]{2}", part) for part in parts
    )
    return tuple(dict.fromkeys(parts)) if fits and not all(part.isdigit() for part in parts) else ()


def ticked_options(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(options, the ticked ones) of □电话 ☑面谈 □其他____; 电话□ 面谈□ is read too. () where nothing is to tick."""
    plain = half_width(text)
    if not any(mark in plain for mark in _MARKS):
        return (), ()
    behind = plain.strip()[0] not in _MARKS and plain.strip()[-1] in _MARKS
    found: list[tuple[str, bool]] = []
    if behind:
        for part in re.finditer(rf"([^{_MARKS}]+)([{_MARKS}])", plain):
            found.append((part[1], part[2] in _TICKED))
    else:
        found = [(part[1], part[0][0] in _TICKED) for part in _OPTION.finditer(plain)]
    named = [(_option(text), ticked) for text, ticked in found]
    named = [(name, ticked) for name, ticked in named if name]
    return tuple(dict.fromkeys(name for name, _ in named)), tuple(name for name, ticked in named if ticked)


def _option(text: str) -> str:
    text = re.sub(r"[(（][^()（）]*[)）]?", "", text)
    text = re.split(r"[:：_＿]", text)[0]
    return re.sub(r"\s+", " ", text).strip(" \t,，、;；/|。")[:60]


def is_blank(text: str) -> bool:
    """Nothing, or the line that a pen writes on."""
    return not _BLANKS.sub("", text) or bool(_DATE_BLANK.match(text)) or text.strip() in ("/", "无", "-", "N/A")


def is_day_blank(text: str) -> bool:
    """____年__月__日"""
    return bool(_DATE_BLANK.match(text))


def has_clock(text: str) -> bool:
    """Does it ask for a time of the day?"""
    return bool(re.search(r"HH|hh:mm|[时点][_＿\s]*分|精确到分|[日\s_][时点][_＿\s]*$", text))


def hint_of(text: str) -> str:
    """The hint that a value cell holds in place of a value: in brackets, grey words such as 请填写…; "" for none."""
    said = _one_line(text)
    whole = _WHOLE_BRACKET.match(said)
    if whole:
        return whole[1].strip()[:LONGEST_HELP]
    return said[:LONGEST_HELP] if _HINT.match(said) else ""


def is_label_like(text: str) -> bool:
    """Short, no sentence, no figure: it could name a field."""
    said = read_label(text).text
    return (
        0 < len(said) <= 20
        and not re.fullmatch(r"[\d.,:/\-年月日\s%]+", said)
        and not re.search(r"[。！？!?;；@]", said)
    )


def heading_level(text: str) -> int:
    """1 for 一、…, 第一部分 …; 2 for 1. …, （一）…; 0 for no numbered heading."""
    said = text.strip()
    if len(said) > 40 or re.search(r"[。；;！？]$", said):
        return 0
    if _FIRST.match(said):
        return 1
    return 2 if _NUMBERING.match(said) and said[0] not in "•·●▪◆■-–—*" else 0


def pairs_of(text: str) -> Iterator[tuple[str, str]]:
    """客户名称：____  联系人：张三 as (label, value); nothing where the text is prose or a note."""
    found = list(_PAIR.finditer(text))
    for at, pair in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        label, value = pair["label"], text[pair.end() : end].strip(" \t_＿;；")
        name = read_label(label).text
        if name and name not in _NOTES and not name[0].isdigit():
            yield label, value


def is_note(text: str) -> bool:
    """说明：… and other words to whoever fills in the paper."""
    return any(text.strip(" 　*※（(").startswith(word) for word in _NOTES)
