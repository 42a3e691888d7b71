"""Pasted chats: are these lines a dialogue, who speaks, what was asked, quoted and dated (R-065, R-240)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from genjin.lib.dates import DateSpan, find_dates, half_width, read_datetime
from genjin.quality.facts import clauses, is_concrete
from genjin.quality.lexicon import Lexicon
from genjin.quality.standard import Standard, load_standard

_LABELS_TEXT = """
需求 预算 异议 竞品 结论 问题 答复 背景 反馈 结果 计划 备注 说明 地址 电话 时间 地点 主题 目标
痛点 现状 进展 产品 型号 数量 价格 报价 交期 付款 质保 要求 方案 风险 原因 下一步 附件 参会人
参与人 客户需求 客户反馈 客户异议 沟通内容 主要内容 跟进内容 其中 例如 比如 包括 如下 注 关注点
顾虑 决策人 决策链 行动 事项 总结 内容 问 答 Q A q a http https 第一 第二 第三 一
二 三 优点 缺点 参数 规格 尺寸 颜色 品牌 客户提问 我方答复 我方回应 客户关注 核心需求 次要需求
对比 配置 服务 售后 商务 技术 交货期 付款方式 联系人 联系方式 邮箱 微信 手机 公司 行业 来源
"""
_LABELS = frozenset(_LABELS_TEXT.split())
_ASKER = frozenset(("Q", "A", "q", "a", "问", "答", "客户问", "我答", "他问"))
_NAME = r"[^\s:\d,;!?\n\"“”。()\[\]]"
_TURN = re.compile(rf"(?:^|[\n。;!?\s”\"])\s{{0,4}}({_NAME}{{1,10}}?)(?:\s?\([^)\n]{{1,12}}\))?\s?:(?!\d\d)")
_DAY = (
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?|昨天|今天|前天"
    r"|星期[一二三四五六日天]|周[一二三四五六日天])"
)
_CLOCK = r"(?:上午|下午|晚上|早上|中午|凌晨)?\s?\d{1,2}:\d{2}(?::\d{2})?"
_STAMP = rf"(?:{_DAY}\s{{0,3}})?{_CLOCK}"
_NAME_FIRST = re.compile(
    rf"^\s{{0,4}}([^\s:\d\[][^\n:\[]{{0,19}}?)\s{{1,4}}[\[(]?({_STAMP})[\])]?\s{{0,4}}:?\s{{0,4}}$"
)
_TIME_FIRST = re.compile(
    rf"^\s{{0,4}}[\[(【]?({_STAMP})[\])】]?\s{{0,4}}([^\s:\d][^\s:\n]{{0,15}})(?:\s{{0,2}}:\s{{0,2}}(.{{0,2000}})|\s{{0,4}})$"
)
_NAME_TIME_WORDS = re.compile(rf"^\s{{0,4}}({_NAME}{{1,8}})\s{{1,3}}({_STAMP})\s{{1,4}}(\S.{{0,200}})$")
_SPOKEN = re.compile(
    r"[吗呢吧么啊哈嗯哦呀咯嘛哇亲哥嘞呗噢喔喽]|\?|^(?:好的?|行|可以|收到|谢谢|在的?|你好|您好|晚安|早|ok|OK|嗯+|得嘞|没问题|是的?|对|不用|明白|中|成|要得)(?:$|[,。!,，])|\[[^\]]{1,4}\]$"
    r"|[咋啥哪]|多少|怎么|几时|([\u4e00-\u9fff])[不没]\1|[没不了][?!。]?$"
)
# Turns without a colon: a name and dashes, a bar or an angle; the name in brackets; dashes alone for "the other one".
_MARK = r"(?:[—–─]{1,3}|-{2,3}|>{1,2}|\||~)"
_MARK_SIGN = re.compile(r"[—–─>|~]|--")
_MARKED_TURN = re.compile(rf"^\s{{0,4}}({_NAME}{{1,8}}?)\s?{_MARK}\s?\S")
_MARK_ALONE = re.compile(rf"^\s{{0,4}}(?:{_MARK}|-)\s?(\S.{{0,30}})$")
_BRACKETED_TURN = re.compile(r"(?:\[|【|<)([^\s\[\]【】<>:\d]{1,8})(?:\]|】|>)(?!\s?(?:\[|【|<|$))")
_CLOCKED_TURN = re.compile(rf"(?:^|[\s;。])\d{{1,2}}:\d{{2}}\s{{1,2}}({_NAME}{{1,6}})[\s:]")
# The marks of a transcript; 问…答… in a sentence are a note-taker's verbs.
_ASKED = re.compile(r"(?:^|[\n。;!?\s])([QqAa甲乙])\s?:")
_QUOTES_IN_A_ROW = re.compile(r"(?:[“\"][^“”\"\n]{1,40}[”\"][,，。、\s]{0,2}){4,}")
_LISTED = re.compile(r"\s?(?:[-*·•●]|\d{1,2}\s?[.、)）:]|[一二三四五六七八九十][、.]|[①-⑩]|\S{2,6}[:：])")
_COLON = re.compile(
    rf"^\s{{0,4}}({_NAME}[^:\n,。;!?\"“”\d]{{0,11}}?)(?:\s?\({_STAMP}\))?\s?:\s{{0,4}}(?!\d\d)(.{{0,2000}})$"
)
_INLINE = re.compile(rf"(?<=[。;!?\s”\"])({_NAME}{{1,8}}):(?!\d\d)")
_SEPARATOR = re.compile(rf"^[\s—\-=_*]{{0,20}}({_DAY}(?:\s{{0,3}}{_CLOCK})?|{_CLOCK})[\s—\-=_*]{{0,20}}$")
_NOISE = re.compile(
    r"^\[?(?:图片|语音|视频|文件|表情|动画表情|链接|位置|名片|红包|转账|聊天记录|小程序|引用)[^\]]{0,40}\]?.{0,6}$|撤回了一条消息|以上是打招呼|通过了你的朋友验证|已添加了|拍了拍"
)
_ASKS = re.compile(
    r"\?|吗[。!]?$|呢[。!]?$|多少|多久|几天|几台|能不能|能否|可不可以|可以.{0,6}吗|有没有|是不是|会不会|怎么|什么时候|为什么|哪[个家款天]|如何|啥时候"
)
_PROMISE = re.compile(
    r"(?:我|我们|咱们?|这边)?[^,。;!?]{0,12}(?:发|寄|给|送|打|回|报|做|出|改|补|安排|确认|联系|上门|过去)"
)
_MAX = 50_000


class ChatLine(NamedTuple):
    speaker: str
    text: str
    at: datetime | None
    ours: bool


class Question(NamedTuple):
    """What the customer asked, and our first words after it (R-040); None when we did not answer."""

    asked: str
    answer: str | None


class ChatReading(NamedTuple):
    """A pasted chat taken apart, with parts of a record filled in for confirmation (R-240)."""

    speakers: tuple[str, ...]
    ours: tuple[str, ...]
    lines: list[ChatLine]
    quotes: list[str]
    questions: list[Question]
    dates: list[DateSpan]
    started_at: datetime | None
    summary: str
    feedback: str
    next_step: str


def dialogue_turns(text: str, *, known: tuple[str, ...] = ()) -> int:
    """Number of turns when the text is a dialogue (two speakers or more, one of them twice), else 0.

    `known`: the contact and the author; two lines headed by them with a clock time are enough.
    """
    text = text[:_MAX]
    if "：" in text:
        text = half_width(text)
    if "\n" in text:
        headed = _headed_speakers(text) if ":" in text else []
        if len(headed) >= 2:
            return max(len(headed), 3) if len(set(headed)) > 1 or len(headed) > 2 else 0
        bare = _bare_turns(text)
        if bare:
            return bare
    marked = _marked_turns(text)
    if marked or ":" not in text:
        return marked
    named = _TURN.findall(text)
    # 问：… 答：… within a sentence is a noted question; line by line it is a dialogue.
    lined = text.count("\n") >= 3
    pair = named.count("A") > 1 and named.count("B") > 1
    speakers = [name for name in named if name not in _LABELS or (lined and name in _ASKER) or (pair and name == "A")]
    return _taking_turns(speakers)


def _marked_turns(text: str) -> int:
    """Turns set off otherwise than by a colon: 洪姐——…, --…, [王总] …, 10:23 王总 …, three questions with answers."""
    turns = 0
    if "\n" in text and _MARK_SIGN.search(text):
        turns = _taking_turns([found.group(1) for found in map(_MARKED_TURN.match, text.split("\n", 400)) if found])
    if not turns and ("[" in text or "【" in text or "<" in text):
        named = [name for name in _BRACKETED_TURN.findall(text) if name not in _LABELS]
        turns = _taking_turns([name for name in named if not _NOISE.match(f"[{name}]")])
    if not turns and ":" in text:
        turns = _taking_turns(_CLOCKED_TURN.findall(text))
        asked = [] if turns else _ASKED.findall(text)
        # One question with its answer is a note; a third makes it the talk itself.
        if len(asked) >= 5 and _ASKED.match(text) and 2 <= sum(mark in "Qq甲" for mark in asked) <= len(asked) - 2:
            turns = len(asked)
    if not turns and ("“" in text or '"' in text) and _QUOTES_IN_A_ROW.search(text):
        turns = 4
    return turns


def _taking_turns(speakers: list[str]) -> int:
    """Their number when two or more speak and somebody again; a list of labels names each once."""
    distinct = len(set(speakers))
    return len(speakers) if len(speakers) >= 3 and distinct >= 2 and distinct * 4 <= len(speakers) * 3 else 0


def _bare_turns(text: str) -> int:
    """Number of lines when they read like a chat without names: short, spoken, none of them a list entry."""
    lines = [line.strip() for line in text.split("\n", 400) if line.strip()]
    if len(lines) < 4 or sum(map(len, lines)) > 20 * len(lines):
        return 0
    spoken = sum(1 for line in lines if _SPOKEN.search(line))
    dashed = sum(1 for line in lines if _MARK_ALONE.match(line))
    listed = sum(
        1 for line in lines if _LISTED.match(line) and not (dashed * 2 > len(lines) and _MARK_ALONE.match(line))
    )
    return len(lines) if spoken * 5 >= len(lines) * 2 and listed * 4 < len(lines) else 0


def _headed_speakers(text: str) -> list[str]:
    speakers = []
    for line in text.split("\n"):
        if len(line) > 120 or ":" not in line:
            continue
        found = _NAME_FIRST.match(line)
        if found:
            speakers.append(found.group(1))
            continue
        found = _TIME_FIRST.match(line)
        if found:
            speakers.append(found.group(2))
            continue
        found = _NAME_TIME_WORDS.match(line)
        if found:
            speakers.append(found.group(1))
    return speakers


def tidy_chat(
    text: str, *, now: datetime, our_names: Sequence[str] = (), standard: Standard | None = None
) -> ChatReading:
    """Take a pasted chat apart (R-240): speakers, lines, quotes, question-answer pairs, dates, a draft record.

    Reads the shapes "张三 2024-06-12 14:30⏎…", "张三: …", "14:30 张三⏎…", "[时间] 张三: …" and separator lines with a
    date. Of very long texts the first 50,000 characters are read. Never raises; a text that is no chat gives no lines.
    """
    lexicon = (standard or load_standard()).lexicon
    lines = _lines(text[:_MAX], now, frozenset(our_names) | {"我", "me", "Me"})
    speakers = tuple(dict.fromkeys(line.speaker for line in lines))
    theirs = [line for line in lines if not line.ours]
    quotes = [line.text for line in theirs if _is_telling(line.text, lexicon)]
    questions = _questions(lines)
    started = next((line.at for line in lines if line.at), None)
    joined = "\n".join(line.text for line in lines)
    return ChatReading(
        speakers=speakers,
        ours=tuple(dict.fromkeys(line.speaker for line in lines if line.ours)),
        lines=lines,
        quotes=quotes,
        questions=questions,
        dates=find_dates(joined, now=started or now),
        started_at=started,
        summary=_summary(questions, quotes, theirs),
        feedback="；".join(f"“{quote.strip('。.')}”" for quote in _telling(quotes)[:2]),
        next_step=_next_step(lines, started or now),
    )


def _is_telling(words: str, lexicon: Lexicon) -> bool:
    plain = half_width(words)
    return is_concrete(plain, lexicon, 3, lambda: clauses(plain, lexicon))


def _lines(text: str, now: datetime, our_names: frozenset[str]) -> list[ChatLine]:
    lines: list[ChatLine] = []
    speaker = ""
    day, at = now, None
    for raw in _rows(text):
        row = half_width(raw)
        found = _heading(row)
        if found:
            speaker, stamp, begins = found
            at = (_time(stamp, day) or at) if stamp else at
        else:
            separator = _SEPARATOR.match(row)
            if separator:
                at = _time(separator.group(1), day)
            begins = len(raw) if separator else 0
        day = at or day
        said = raw[begins:].strip()
        if speaker and said and not _NOISE.search(half_width(said)):
            lines.append(ChatLine(speaker, said, at, speaker in our_names))
    return lines


def _rows(text: str) -> list[str]:
    if "\n" in text or _TIME_FIRST.match(half_width(text)):
        return text.split("\n")
    rows, last = [], 0
    for match in _INLINE.finditer(half_width(text)):
        rows.append(text[last : match.start()])
        last = match.start()
    return [*rows, text[last:]]


def _heading(row: str) -> tuple[str, str, int] | None:
    """(speaker, stamp or "", offset of the words) when the half-width row opens a turn."""
    found = _NAME_FIRST.match(row) if len(row) < 80 else None
    if found:
        return found.group(1).strip(), found.group(2), len(row)
    found = _TIME_FIRST.match(row)
    if found and not found.group(2).isdigit():
        return found.group(2), found.group(1), found.start(3) if found.group(3) else len(row)
    found = _NAME_TIME_WORDS.match(row)
    if found:
        return found.group(1), found.group(2), found.start(3)
    found = _COLON.match(row)
    if found and found.group(1) not in _LABELS:
        return found.group(1).strip(), "", found.start(2)
    return None


def _time(stamp: str, day: datetime) -> datetime | None:
    reading = read_datetime(stamp, now=day)
    if reading.value is not None:
        return reading.value
    reading = read_datetime(f"{day:%Y-%m-%d} {stamp}", now=day)
    return reading.value


def _questions(lines: list[ChatLine]) -> list[Question]:
    found = []
    for number, line in enumerate(lines):
        if line.ours or not _ASKS.search(half_width(line.text)):
            continue
        answer = []
        for later in lines[number + 1 : number + 4]:
            if not later.ours:
                break
            answer.append(later.text)
        found.append(Question(line.text, "，".join(answer) or None))
    return found


def _telling(quotes: list[str]) -> list[str]:
    """Statements before questions: what the customer holds says more than what he asks."""
    return [quote for quote in quotes if not _ASKS.search(quote)] or quotes


def _summary(questions: list[Question], quotes: list[str], theirs: list[ChatLine]) -> str:
    if not theirs:
        return ""
    who = theirs[0].speaker
    parts = []
    for number, question in enumerate(questions[:4]):
        asked = question.asked.strip("。?！! ")
        parts.append(
            f"{who if number == 0 else ''}问{asked}" + (f"，答{question.answer}" if question.answer else "，还没答复")
        )
    asked_texts = {question.asked for question in questions}
    said = [quote.strip("。! ") for quote in quotes if quote not in asked_texts][:2]
    if said:
        parts.append(f"{who}说" + "，".join(said))
    return "；".join(parts) + "。" if parts else ""


def _next_step(lines: list[ChatLine], now: datetime) -> str:
    """Our last words that promise something for a day."""
    for line in reversed(lines):
        if line.ours and _PROMISE.search(line.text) and find_dates(line.text, now=now):
            return line.text.strip("。 ")
    return ""
