"""Pinyin of names, and the tokens by which records are found (one tokenizer for both databases).

A text is reduced to its letters, digits and Chinese characters and cut into runs of one class. Chinese runs
give characters and pairs; digit runs pairs and fours; Latin runs and the
initials (广州科技 → gzkj) give letters, pairs and triples, the full pinyin (guangzhoukeji) the triple at each
syllable: nobody types from the middle of one, and an index half as long is written twice as fast. A query gives
the longest of these its runs allow, Latin ones only where a syllable must begin, so the records that hold all its
tokens include every record that `matches` it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pypinyin import lazy_pinyin
from pypinyin.seg.simpleseg import seg

MOST_READINGS = 8
LONGEST_NAME = 60  # beyond this many characters a text is prose, which nobody finds by pinyin
_RUN = re.compile(r"(?P<digits>[0-9]+)|(?P<latin>[a-z]+)|(?P<chinese>[^0-9a-z]+)")

# Readings that the dictionary does not give first but people type: surnames and place names.
_ALSO_READ = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "朴": "piao", "区": "ou", "查": "zha", "盖": "ge",
    "乐": "yue le", "翟": "zhai di", "覃": "qin tan", "缪": "miao", "尉": "yu wei", "柏": "bai bo",
    "卜": "bu bo", "种": "chong", "员": "yun", "召": "shao", "盛": "sheng cheng",
    "晟": "sheng cheng", "贾": "jia gu", "秘": "bi",
    "繁": "po", "冼": "xian", "逄": "pang", "折": "she", "车": "che ju", "会": "hui kuai",
    "厦": "xia sha", "重": "chong zhong", "长": "chang zhang", "行": "hang xing", "调": "tiao diao",
    "都": "du dou", "朝": "chao zhao", "六": "liu lu", "莘": "xin shen", "铅": "qian yan", "番": "pan fan",
    "埔": "pu bu", "圩": "xu wei", "堡": "bao pu", "传": "chuan zhuan", "弹": "tan dan", "荥": "xing ying",
    "藏": "zang cang", "蔚": "wei yu", "角": "jiao jue",
}  # fmt: skip


def syllables(text: str) -> list[str]:
    """The pinyin of each Chinese character, other letters and digits as they are: 广州3M → guang zhou 3 m."""
    return [syllable for syllable in _reading(compact(text)) if syllable]


def initials(text: str) -> str:
    """The first letter of each character's pinyin: 广州科技 → gzkj; letters and digits stay."""
    return "".join(syllable[:1] for syllable in syllables(text))


def compact(text: str) -> str:
    """Letters, digits and characters of `text` only: widths unified, lower case, without blanks and marks."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ü", "v")
    # Letter by letter only where it must be: most names hold nothing else.
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def search_tokens(*texts: str) -> list[str]:
    """Every token under which a record with these texts (name, telephone …) is found; sorted, no blanks."""
    return sorted(token_set(*texts))


def token_set(*texts: str) -> frozenset[str]:
    """As `search_tokens`, in no order, for an index that keeps its own."""
    return frozenset().union(*map(_tokens_of, texts))


@lru_cache(maxsize=8192)
def _tokens_of(text: str) -> frozenset[str]:
    """Kept for a while: a customer's row and that of its contact hold the same telephone."""
    tokens: set[str] = set()
    plain = compact(text)
    for kind, run in _runs(plain):
        tokens.update(run, _grams(run, 2), _grams(run, _WIDTH[kind]))
    for short, tails, starts in _spellings(plain):
        tokens.update(starts, short, _grams(short, 2), _grams(short, 3), (tail[:3] for tail in tails if len(tail) > 2))
    return frozenset(tokens)


def number_tokens(text: str) -> set[str]:
    """Under what a number by which people are reached is found: each three signs of it in a row."""
    return set(_grams(compact(text), 3))


def query_runs(query: str) -> list[tuple[str, list[str]]]:
    """Each run of letters, digits or characters of a query with the tokens that every record holding it has.

    Empty when the query has nothing to look for.
    """
    found = []
    for kind, run in _query_runs(query):
        size = next(size for size in (_WIDTH[kind], 2, 1) if size <= len(run))
        if kind == "latin" and size == 3:
            grams = [run[at : at + 3] for at in range(len(run) - 2) if not at or run[at] in _BEGINS]
        else:
            grams = list(_grams(run, size))
        found.append((run, list(dict.fromkeys(grams))))
    return found


_WIDTH = {"digits": 4, "latin": 3, "chinese": 2}
#: Letters that stand nowhere in a pinyin syllable but at its beginning.
_BEGINS = frozenset("bpmfdtlkjqxzcsyw")


def _runs(plain: str) -> Iterator[tuple[str, str]]:
    for match in _RUN.finditer(plain):
        yield str(match.lastgroup), match[0]


def _query_runs(query: str) -> Iterator[tuple[str, str]]:
    for word in query.split():
        yield from _runs(compact(word))


def _grams(run: str, size: int) -> Iterator[str]:
    return map("".join, zip(*(run[at:] for at in range(size))))


def _no_reading(unknown: str) -> Any:
    """One empty syllable for each character; the library takes a list, though its annotation says text."""
    return [""] * len(unknown)


@lru_cache(maxsize=32_768)
def _word(word: str) -> tuple[str, ...]:
    """The syllables of one word; names share most of theirs."""
    return tuple(lazy_pinyin(word, errors=_no_reading))


@lru_cache(maxsize=8192)
def _reading(plain: str) -> tuple[str, ...]:
    """One syllable a character; letters and digits stand for themselves, "" for a character without any."""
    found: list[str] = []
    for kind, run in _runs(plain):
        if kind == "chinese":
            for word in seg(run):
                found += _word(word)
        else:
            found += run
    return tuple(found)


def _spellings(plain: str) -> Iterator[tuple[str, list[str], set[str]]]:
    """Initials, the pinyin from each syllable on, and the first two letters of each, for each way the text may be read.

    One character at a time takes its other reading: names with two surprises are rare, products explode.
    """
    name = plain[:LONGEST_NAME]
    if name.isascii():
        return
    usual = _reading(name)
    readings = [usual] + [
        [*usual[:at], other, *usual[at + 1 :]]
        for at, character in enumerate(name)
        for other in _ALSO_READ.get(character, "").split()
        if other != usual[at]
    ]
    for reading in readings[:MOST_READINGS]:
        heard = [each for each in reading if each]
        full, at, tails = "".join(heard), 0, []
        for each in heard:
            tails.append(full[at:])
            at += len(each)
        yield "".join(each[:1] for each in heard), tails, {each[:2] for each in heard}
