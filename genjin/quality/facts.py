"""Concrete facts in a text: figures, product codes, quotations, dates, objections, commitments, questions, papers.

A text is empty talk when, its stock phrases taken away, nothing is left. That is how an empty sentence with no
listed phrase is found, and how a listed phrase inside a sentence full of facts does no harm (R-057, R-062).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from genjin.quality.lexicon import (
    ADVERT,
    BREAK,
    COMMITMENT,
    DOCUMENT,
    EMPTY,
    FACTUAL,
    NEED,
    OBJECTION,
    QUESTION,
    SOCIAL,
    SOFT,
    TITLE,
    Lexicon,
    Token,
)

_COUNT = r"(?:\d{1,6}(?:\.\d{1,3})?|[一二两三四五六七八九十几半]{1,3})"
_HOW_LONG = (
    r"(?:了|过)?(?:大概|大约|约|将近|差不多|近|快|整整|共|有)?"
    + _COUNT
    + r"个?[多半]?(?:小时|分钟|钟头|次|趟|回|遍|通|天|下午|上午)"
)
_CONTACTS = "沟通|交流|通话|见面|会面|面谈|拜访|电话|联系|回访|跟进"
# Where something counted begins, looked at from behind its first character.
_OPENS = r"(?<![^\n;。:].)"
_POINT = r"(?:[、)]|\.)(?![\d.])"
_MEASURE = r"(?:台|套|条线|条产线|万|千|百|吨|公斤|元|块钱|折|成|倍|款|箱|批|亩|平米|层|年|个月|季度|分之)"
# Each alternative begins with a character of its own, by which the search passes over it at once; an empty group at the
# end of it names what was found. What has no name (聊了30分钟, 第三次) is passed over.
_TOKEN = re.compile(
    # 1. 2、(3) before a line or sentence count what is said; they say nothing.
    rf"[ \t]{_OPENS}[ \t]*\(?\d\d?{_POINT}|\({_OPENS}\d\d?{_POINT}|\d{_OPENS}\d?{_POINT}"
    rf"|[聊谈坐打等待跑去发]{_HOW_LONG}|[沟交通见会面拜电联回跟].(?<={_CONTACTS}){_HOW_LONG}"
    rf"|第{_COUNT}[次回趟]"
    r"|20\d{2}\s?[-/.年](?:\s?\d{1,2}(?:\s?[-/.月](?:\s?\d{1,2}[日号]?)?)?)?(?P<full_date>)"
    r"|\d\d?(?:月(?:\d{1,2}[日号]?|[初底末中份])?|[日号](?![线机楼车库门仓厂])|:\d{2})(?P<date>)"
    r"|[上下]午\d{1,2}点(?P<hour>)|[早晚]上\d{1,2}点(?P<early_hour>)"
    r"|[上下本这](?:周|星期)[一二三四五六日天](?P<that_weekday>)"
    r"|周[一二三四五六日天](?P<weekday>)|星期[一二三四五六日天](?P<long_weekday>)"
    r"|[1-9](?<![\d.].)(?:(?<=1)[0-2])?[./](?:3[01]|[12]\d|[1-9])(?![\d.%万元台])(?=[日号前\s,，])(?P<short_date>)"
    r"|\d(?P<figure>)"
    rf"|[二两三四五六七八九十百千][二两三四五六七八九十百千]{{0,3}}{_MEASURE}(?P<spelled>)|一[百千]?{_MEASURE}(?P<one>)"
    r"|[二两三四五六七八九十][二两三四五六七八九十]{0,2}"
    r"(?:条|家|个|人|种|份|张|件|期|位|处|项|支|辆|部|轮|步|班|天|周)(?P<counted>)"
)
_DATES = frozenset(("full_date", "date", "hour", "early_hour", "that_weekday", "weekday", "long_weekday", "short_date"))
_FIGURES = frozenset(("figure", "spelled", "one", "counted"))
# Words in Latin letters that name no product.
_PLAIN_LATIN = frozenset(
    [
        "vx",
        "wx",
        "qq",
        "ok",
        "kp",
        "vip",
        "ceo",
        "cfo",
        "cto",
        "wechat",
        "weixin",
        "email",
        "mail",
        "e",
        "app",
        "hi",
        "hello",
        "no",
        "yes",
        "tel",
        "ps",
    ]
)
_LATIN = re.compile(r"[A-Za-zΦμ℃][A-Za-z0-9]*")
_QUOTE = re.compile(r"[“\"「『]([^“”\"「」『』\n]{2,200})[”\"」』]")
# A figure that is business even in the middle of small talk; a decimal or a numbered paper is always measured or filed.
_BUSINESS_FIGURE = re.compile(
    r"\d\s?(?:万|元|块|台|套|%|％|折|箱|吨|公斤|千克|kg|mm|毫米|厘米|立方|平米|件|批|条线|个点|工位|小时内|天内|个工作日)"
    r"|\d\.\d|[A-Za-z]{1,6}-?\d{3}"
)
# Hours, ages, storeys, rounds of golf: figures of everyday life, which prove nothing by themselves.
_LIFE_FIGURE = re.compile(
    r"(?:\d+|[一二两三四五六七八九十百千几半]{1,4})[多来余]?\s?(?:号?楼|层|岁|点|分|刻|小时|钟头|年|个月|月|天|周|日|号|次|回|趟|遍|路|公里|里|度|届|代"
    r"|口|杯|桌|顿|瓶|局|盘|洞|杆|个|人|位|名|家|条|种|份|张|期|处|项|支|辆|部|轮|步|班|季度|成|套|款|批|台|箱|百|千|倍|万[别能幸要]|方百)"
)
_NOT_LETTER = re.compile(r"[^A-Za-z\u4e00-\u9fff]+")
_DATE_SIGN = re.compile(r"[\d周星]")
_NUMBER = re.compile(r"[\d一二两三四五六七八九十百千]")
_NUMBER_OR_DATE = re.compile(r"[\d一二两三四五六七八九十百千周星]")
_ENOUGH = 8_000
# Longer than this, stray words no longer count as content; something of substance must be said.
_MIDDLING, _LONG = 60, 100
# So many words of advertising make a text praise of ourselves; so many soft facts together are a fact.
_TERSE = 3
_PRAISE = 3
_TOGETHER = 3
_THEIR_DATE = ("客户", "对方", "甲方", "业主", "他们", "总", "经理", "说", "约", "定", "预计", "计划", "到")
_LATE_DATE_WORDS = ("前", "之前", "以前", "上线", "到货", "开会", "启动", "要", "截止", "开标")


class Clause(NamedTuple):
    """A stretch between marks: text[start:end], its known words (offsets within the clause), how many of its
    characters no list of empty words explains, whether it is small talk, and the kinds of fact it names."""

    start: int
    end: int
    tokens: list[Token]
    residue: int
    social: bool
    factual: int


def quotations(text: str) -> list[tuple[int, int]]:
    """Spans of quoted words (without the marks), at least two characters long."""
    return [match.span(1) for match in _QUOTE.finditer(text)] if _has_mark(text) else []


def _has_mark(text: str) -> bool:
    return "“" in text or '"' in text or "「" in text or "『" in text


def figures(text: str) -> list[int]:
    """Offsets of figures that are neither dates nor the length or number of our own contacts."""
    return [match.start() for match in _TOKEN.finditer(text) if match.lastgroup in _FIGURES]


def has_figure(text: str) -> bool:
    """As figures(), but stops at the first one."""
    if not _NUMBER.search(text):
        return False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind in _FIGURES:
            return True
    return False


def has_code(text: str, names: tuple[str, ...] = ()) -> bool:
    """A product, model or technical name in Latin letters: TL-200, ERP, SKU; Diego is none when `names` has him."""
    for match in _LATIN.finditer(text):
        word = match.group(0)
        if word.lower() not in _PLAIN_LATIN and not (names and any(word in name for name in names)):
            return True
    return False


def has_telling_date(text: str, *, anywhere: bool = False) -> bool:
    """A date that says something: not the leading 6月10日 that only repeats when the contact was."""
    if not _DATE_SIGN.search(text):
        return False
    for match in _TOKEN.finditer(text):
        if match.lastgroup in _DATES and (
            anywhere
            or match.start() >= 4
            or text.startswith(_LATE_DATE_WORDS, match.end())
            or text.endswith(_THEIR_DATE, 0, match.start())
        ):
            return True
    return False


def clauses(
    text: str, lexicon: Lexicon, known_names: tuple[str, ...] = (), *, keep_words: bool = False
) -> list[Clause]:
    """Cut a half-width text into clauses; names of people do not count as content.

    One pass, linear in the length of the text. `keep_words` fills the clauses' tokens.
    """
    for name in known_names:
        if name in text:
            text = text.replace(name, "他" * len(name))
    parts: list[Clause] = []
    tokens: list[Token] = []
    start = previous = residue = kinds = 0
    for last, (size, kind) in lexicon.words_in(text):
        end = last + 1
        begin = end - size
        if begin > previous:
            gap = text[previous:begin]
            if gap.isalpha():
                residue += len(gap)
            elif not gap.isdigit():
                residue += len(_NOT_LETTER.sub("", gap))
            if kind & TITLE:
                residue -= 1
        previous = end
        kinds |= kind
        if keep_words:
            tokens.append((begin - start, end - start, kind))
        if kind & EMPTY:
            continue
        if kind != BREAK:
            residue += size
            continue
        if begin > start:
            if keep_words:
                tokens.pop()
            parts.append(_clause(start, begin, tokens, residue, kinds))
        start, tokens, residue, kinds = end, [], 0, 0
    if len(text) > start:
        residue += len(_NOT_LETTER.sub("", text[previous:]))
        parts.append(_clause(start, len(text), tokens, residue, kinds))
    return parts


def _clause(start: int, end: int, tokens: list[Token], residue: int, kinds: int) -> Clause:
    """Small talk, unless the sentence asks for something: 想给两个孩子投保 is business."""
    social = kinds & SOCIAL > 0 and not (kinds & (NEED | OBJECTION | QUESTION) and residue >= 3)
    return tuple.__new__(Clause, (start, end, tokens, residue, social, kinds & FACTUAL))


def is_concrete(
    text: str, lexicon: Lexicon, least: int, cut: Callable[[], list[Clause]], names: tuple[str, ...] = ()
) -> bool:
    """True when the half-width text tells at least one fact (R-062).

    `least`: characters of content that suffice; `cut` gives the text's clauses and is asked only when needed; `names`
    of people neither tell anything nor make the text long.
    """
    if len(text) < 4 and text.strip().isdigit():
        return False
    if has_figure(text) or has_code(text, names):
        return not lexicon.has_small_talk(text) or not _only_social(text, cut())
    for start, end in quotations(text):
        if _tells(end - start, clauses(text[start:end], lexicon), least):
            return True
    if has_telling_date(text):
        return True
    parts = cut()
    length = len(text)
    if length > _MIDDLING:
        length -= sum(text.count(name) * len(name) for name in names)
    if length <= _LONG:
        return _tells(length, parts, least)
    return substance(text, lexicon, names) or sum(part.residue for part in parts) * 2 >= length


def _only_social(text: str, parts: list[Clause]) -> bool:
    """Every figure and name stands in small talk or right beside it: 聊到孩子高考，考了580分."""
    if not any(part.social for part in parts):
        return False
    return not any(
        _says_figure(text[part.start : part.end], near)
        or (not part.social and _tells(part.end - part.start, [part], 4))
        for part, near in _with_surroundings(parts)
    )


def _with_surroundings(parts: list[Clause]) -> Iterator[tuple[Clause, bool]]:
    """Each clause, and whether it or a neighbour is small talk."""
    last = len(parts) - 1
    for index, part in enumerate(parts):
        near = part.social or (index > 0 and parts[index - 1].social) or (index < last and parts[index + 1].social)
        yield part, near


def _says_figure(words: str, near_small_talk: bool) -> bool:
    if near_small_talk:
        return _BUSINESS_FIGURE.search(words) is not None
    return has_figure(words) or has_code(words)


def _tells(length: int, parts: list[Clause], least: int) -> bool:
    residue, strong = 0, False
    for part in parts:
        if not part.social:
            residue += part.residue
            strong = strong or (part.factual > 0 and part.residue >= 2)
    if length > _MIDDLING:
        return (strong and residue * 5 >= length) or residue * 2 >= length
    # 机器卡料 is short, and nearly all of it is content.
    return residue >= least or strong or (residue >= _TERSE and residue * 2 >= length)


def substance(text: str, lexicon: Lexicon, names: tuple[str, ...] = ()) -> bool:
    """A need, objection, figure, commitment or action anywhere outside small talk (R-066).

    A story is full of words that are facts in a business sentence (怕, 几天, 答应, 照片). Such soft words prove
    something only together; a figure with its measure, a quotation or a hard word (账期, 打样) proves it alone. Of very
    long texts the first 8,000 characters are read.
    """
    text = text[:_ENOUGH]
    if quotations(text):
        return True
    parts = clauses(text, lexicon, names, keep_words=True)
    praise = sum(1 for part in parts for token in part.tokens if token[2] & ADVERT) >= _PRAISE
    small_talk = any(part.social for part in parts)
    needs = soft = 0
    for part, near in _with_surroundings(parts):
        words = text[part.start : part.end]
        if _proves(words, part, near_small_talk=small_talk and near, names=names):
            return True
        if part.social:
            continue
        kinds = 0
        for start, _, kind in part.tokens:
            if kind & FACTUAL and not kind & SOFT and not words.startswith("得", start + 2):
                kinds |= kind & FACTUAL
        if _is_substantial(part, kinds, praise=praise):
            return True
        needs += kinds & NEED > 0 and part.residue >= 6
        soft += part.factual > 0 and part.residue >= 5 and not praise
    # One sentence that hopes or cares is manners; two that ask for something are a need.
    return needs >= 2 or soft >= max(_TOGETHER, len(text) // 45)


def _proves(words: str, part: Clause, *, near_small_talk: bool, names: tuple[str, ...]) -> bool:
    """A figure, code or date of the business, not of the day out."""
    if near_small_talk:
        return _BUSINESS_FIGURE.search(words) is not None
    for name in names:
        if name in words:
            words = words.replace(name, "他" * len(name))
    if _NUMBER_OR_DATE.search(words) is None:
        return has_code(words)
    factual = part.factual > 0
    for match in _TOKEN.finditer(words):
        kind = match.lastgroup
        if kind in _DATES:
            if factual and has_telling_date(words, anywhere=True):
                return True
        elif kind in _FIGURES:
            # 要30天 is a term, 不能三天打鱼 is a saying.
            about = factual if kind == "figure" else part.factual & ~NEED > 0
            if not _LIFE_FIGURE.match(words, match.start()) or (about and part.residue >= 2):
                return True
    return has_code(words)


def _is_substantial(part: Clause, kinds: int, *, praise: bool) -> bool:
    """An objection, paper or question with something beside it, a commitment about something.

    In `praise` of ourselves a product or paper is no fact about the customer.
    """
    if kinds & (OBJECTION | QUESTION) or (kinds & DOCUMENT and not praise):
        return part.residue >= 2
    return kinds & COMMITMENT > 0 and part.residue >= 4 and not kinds & NEED and not praise
