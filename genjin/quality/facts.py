"""Concrete facts in a text: figures, product codes, quotations, dates, objections, commitments, questions, papers.

A text is empty talk when, its stock phrases taken away, nothing is left. That is how an empty sentence with no
listed phrase is found, and how a listed phrase inside a sentence full of facts does no harm (R-057, R-062).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from genjin.quality.lexicon import DOCUMENT, FACTUAL, GENERIC, OBJECTION, SOCIAL, Lexicon, Token

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
_TITLED = re.compile(
    r"[\u4e00-\u9fff](?:总监|总经理|副总|总|经理|厂长|主任|主管|老板娘|老板|科长|处长|部长|院长|校长|局长|所长|师傅|工程师|工|姐|哥|女士|先生|小姐|老师|"
    r"博士|教授|董事长|董|秘书|助理|会计|店长|队长|书记)|[老小][\u4e00-\u9fff](?![\u4e00-\u9fff]{0,1}[板师])"
)
_LATE_DATE_WORDS = ("前", "之前", "以前", "上线", "到货", "开会", "启动", "要", "截止", "开标")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between marks: text[start:end], its known words and how many of its characters no list explains."""

    start: int
    end: int
    tokens: tuple[Token, ...]
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
    return any(match.lastgroup in ("figure", "spelled") for match in _TOKEN.finditer(text))


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
        if name and name in text:
            text = text.replace(name, "客" * len(name))
    text = _TITLED.sub(lambda match: "他" * len(match.group(0)), text)
    return [_clause(match, lexicon) for match in _CLAUSE.finditer(text)]


def _clause(match: re.Match[str], lexicon: Lexicon) -> Clause:
    words = match.group(0)
    tokens = lexicon.cut(words)
    covered = bytearray(len(words))
    kinds = factual = 0
    for token in tokens:
        kinds |= token.kinds
        if token.kinds & GENERIC or token.kinds & SOCIAL:
            covered[token.start : token.end] = b"\1" * (token.end - token.start)
        if token.kinds & FACTUAL and not token.kinds & GENERIC:
            factual |= token.kinds & FACTUAL
    residue = sum(1 for char, done in zip(words, covered, strict=True) if not done and "\u4e00" <= char <= "\u9fff")
    return Clause(match.start(), match.end(), tuple(tokens), residue, bool(kinds & SOCIAL), factual)


def is_concrete(text: str, lexicon: Lexicon, names: tuple[str, ...], least: int) -> bool:
    """True when the half-width text tells at least one fact (R-062). `least`: characters of content that suffice."""
    if has_figure(text) or has_code(text):
        return not _only_social(text, lexicon)
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
