"""Concrete facts in a text: figures, product codes, quotations, dates, objections, commitments, questions, papers.

A text is empty talk when, its stock phrases taken away, nothing is left. That is how an empty sentence with no
listed phrase is found, and how a listed phrase inside a sentence full of facts does no harm (R-057, R-062).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from genjin.quality.lexicon import DOCUMENT, EMPTY, FACTUAL, GENERIC, OBJECTION, SOCIAL, TITLE, Lexicon, Token

_COUNT = r"(?:\d{1,6}(?:\.\d{1,3})?|[一二两三四五六七八九十几半]{1,3})"
_TOKEN = re.compile(
    r"(?P<contact>(?:聊|谈|沟通|交流|坐|通话|见面|会面|面谈|拜访|电话|打|联系|等|待|跑|去|发|回访|跟进)(?:了|过)?"
    r"(?:大概|大约|约|将近|差不多|近|快|整整|共|有)?" + _COUNT + r"个?[多半]?(?:小时|分钟|钟头|次|趟|回|遍|通|天|下午|上午))"
    r"|(?P<nth>第" + _COUNT + r"[次回趟])"
    r"|(?P<date>20\d{2}\s?[-/.年](?:\s?\d{1,2}(?:\s?[-/.月](?:\s?\d{1,2}[日号]?)?)?)?"
    r"|\d{1,2}月(?:\d{1,2}[日号]?|[初底末中份])?|\d{1,2}[日号](?![线机楼车库门仓厂])|\d{1,2}:\d{2}|(?:上午|下午|早上|晚上)\d{1,2}点"
    r"|[上下本这]?(?:周|星期)[一二三四五六日天]|(?<![\d.])(?:1[0-2]|[1-9])[./](?:3[01]|[12]\d|[1-9])(?![\d.%万元台])(?=[日号前\s,，]))"
    r"|(?P<figure>\d)"
    r"|(?P<spelled>(?:[二两三四五六七八九十百千]{1,4}|一百|一千|一)(?:台|套|条线|条产线|万|千|百|吨|公斤|元|块钱|折|成|倍|款|箱|批|亩|平米|层|年|个月|季度|"
    r"分之)|[二两三四五六七八九十]{1,3}(?:条|家|个|人|种|份|张|件|期|点|位|处|项|支|辆|部|轮|步|班|天|周))"
)
# Words in Latin letters that name no product.
_PLAIN_LATIN = frozenset("vx wx qq ok kp vip ceo cfo cto wechat weixin email mail e app hi hello no yes tel ps".split())
_LATIN = re.compile(r"[A-Za-zΦμ℃][A-Za-z0-9]*")
_QUOTE = re.compile(r"[“\"「『]([^“”\"「」『』\n]{2,200})[”\"」』]")
_CLAUSE = re.compile(r"[^,;。!?\n，；！？…]+")
_NOT_CJK = re.compile(r"[^\u4e00-\u9fff]+")
_NUMBER = re.compile(r"[\d一二两三四五六七八九十百千]")
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
    return [match.start() for match in _TOKEN.finditer(text) if match.lastgroup in ("figure", "spelled")]


def has_figure(text: str) -> bool:
    """As figures(), but stops at the first one."""
    if not _NUMBER.search(text):
        return False
    return any(match.lastgroup == "figure" or match.lastgroup == "spelled" for match in _TOKEN.finditer(text))


def has_code(text: str) -> bool:
    """A product, model or technical name in Latin letters: TL-200, ERP, SKU."""
    return any(match.group(0).lower() not in _PLAIN_LATIN for match in _LATIN.finditer(text))


def has_telling_date(text: str) -> bool:
    """A date that says something: not the leading 6月10日 that only repeats when the contact was."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "date" and (match.start() >= 4 or text.startswith(_LATE_DATE_WORDS, match.end())):
            return True
    return False


def clauses(text: str, lexicon: Lexicon, known_names: tuple[str, ...] = ()) -> list[Clause]:
    """Cut a half-width text into clauses with their words; names of people do not count as content."""
    for name in known_names:
        if name in text:
            text = text.replace(name, "他" * len(name))
    tokens = lexicon.cut(text)
    parts = []
    index, last = 0, len(tokens)
    for match in _CLAUSE.finditer(text):
        start, end = match.span()
        first = index
        covered = kinds = factual = 0
        while index < last and tokens[index][0] < end:
            word_start, word_end, kind = tokens[index]
            index += 1
            kinds |= kind
            if kind & EMPTY:
                covered += word_end - word_start
                if kind & TITLE and word_start > start and not _ends_at(tokens, index - 2, word_start):
                    covered += 1
            if kind & FACTUAL and not kind & GENERIC:
                factual |= kind & FACTUAL
        words = [(word_start - start, word_end - start, kind) for word_start, word_end, kind in tokens[first:index]]
        residue = len(_NOT_CJK.sub("", match.group(0))) - covered
        parts.append(Clause(start, end, words, residue if residue > 0 else 0, bool(kinds & SOCIAL), factual))
    return parts


def _ends_at(tokens: list[Token], index: int, position: int) -> bool:
    return index >= 0 and tokens[index][1] == position and bool(tokens[index][2] & EMPTY)


def is_concrete(text: str, lexicon: Lexicon, names: tuple[str, ...], least: int) -> bool:
    """True when the half-width text tells at least one fact (R-062). `least`: characters of content that suffice."""
    if has_figure(text) or has_code(text):
        return not lexicon.has_small_talk(text) or not _only_social(text, lexicon)
    if any(_tells(text[start:end], lexicon, least) for start, end in quotations(text)) or has_telling_date(text):
        return True
    return _tells(text, lexicon, least, names)


def _only_social(text: str, lexicon: Lexicon) -> bool:
    parts = clauses(text, lexicon)
    if not any(part.social for part in parts):
        return False
    rest = [text[part.start : part.end] for part in parts if not part.social]
    return not any(has_figure(words) or has_code(words) or _tells(words, lexicon, 4) for words in rest)


def _tells(text: str, lexicon: Lexicon, least: int, names: tuple[str, ...] = ()) -> bool:
    parts = [part for part in clauses(text, lexicon, names) if not part.social]
    residue = sum(part.residue for part in parts)
    strong = any(part.factual and (part.residue >= 2) for part in parts)
    if len(text) > 60:
        return strong and residue * 5 >= len(text) or residue * 2 >= len(text)
    return residue >= least or strong


def substance(text: str, lexicon: Lexicon) -> bool:
    """A need, objection, figure, commitment or action anywhere outside small talk (R-066)."""
    if quotations(text):
        return True
    for part in clauses(text, lexicon):
        words = text[part.start : part.end]
        if part.social:
            continue
        if has_figure(words) or has_code(words) or has_telling_date("0000" + words):
            return True
        if part.factual & (OBJECTION | DOCUMENT) or (part.factual and part.residue >= 3):
            return True
    return False
