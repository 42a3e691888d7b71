"""Search by characters, pinyin and digits: gzkj finds 广州科技, whatever the width (security I8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from genjin.lib.pinyin import (
    _query_runs,
    _spellings,
    compact,
    initials,
    number_tokens,
    query_runs,
    search_tokens,
    syllables,
)

CHARACTERS = st.text("广州云帆科技有限公司曾单重庆长〇𠮷abz3M８ 138-（）ü", max_size=12)


def matches(text: str, query: str) -> bool:
    """Whether every run of `query` stands in `text`, for Latin letters also in its initials or pinyin."""
    plain = compact(text)
    return all(run in plain or (kind == "latin" and _spelled(run, plain)) for kind, run in _query_runs(query))


def _spelled(run: str, plain: str) -> bool:
    return any(
        run in short or run in starts or (len(run) > 2 and any(tail.startswith(run) for tail in tails))
        for short, tails, starts in _spellings(plain)
    )


def query_tokens(query: str) -> set[str]:
    return {token for _, tokens in query_runs(query) for token in tokens}


def finds(query: str, *texts: str) -> bool:
    """As the databases do: all tokens there, then the candidate checked."""
    wanted = query_tokens(query)
    return bool(wanted) and wanted <= set(search_tokens(*texts)) and any(matches(t, query) for t in texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("广州科技", "gzkj"),
        ("重庆长安", "cqca"),
        ("厦门 银行", "xmyh"),
        ("ABC科技(3M)", "abckj3m"),
        ("𠮷野", "y"),
        ("", ""),
    ],
)
def test_initials(text: str, expected: str) -> None:
    assert initials(text) == expected


def test_syllables() -> None:
    assert syllables("广州 3Ｍ") == ["guang", "zhou", "3", "m"]
    assert syllables("绿地") == ["lv", "di"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("gzkj", "广州科技有限公司"),
        ("kj", "广州科技有限公司"),
        ("guangzhou", "广州科技有限公司"),
        ("GuangZ", "广州科技有限公司"),
        ("lvdi", "绿地集团"),
        ("lüdi", "绿地集团"),
        ("ke", "广州科技有限公司"),
        ("g", "广州科技有限公司"),
        ("州科", "广州科技有限公司"),
        ("科", "广州科技有限公司"),
        ("广州 公司", "广州科技有限公司"),
        ("云帆", "云 帆（中国）"),
        ("云　帆", "云帆"),
        ("abckj", "ABC科技"),
        ("ＡＢＣ", "abc科技"),
        ("0013", "138 0013-8000"),
        ("13800138000", "+86 138-0013-8000"),
        ("8000", "１３８００１３８０００"),
        ("zeng", "曾先生"),
        ("sxh", "单小红"),
        ("shanxiaohong", "单小红"),
        ("chongqing", "重庆长安"),
        ("qiuy", "仇英"),
        ("〇", "二〇二四"),
        ("𠮷", "𠮷野家"),
        ("广州kj", "广州科技"),
    ],
)
def test_found(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("gzjk", "广州科技有限公司"),
        ("科州", "广州科技有限公司"),
        ("8001", "13900139000"),
        ("云帆", "帆云"),
        ("zgkj", "广州科技"),
        ("", "广州科技"),
        ("（ ）", "广州（科技）"),
        ("13800138001", "13800138000"),
        ("uangzhou", "广州科技"),
    ],
)
def test_not_found(query: str, text: str) -> None:
    assert not finds(query, text)


@given(CHARACTERS, st.data())
def test_every_part_of_a_text_is_found(text: str, data: st.DataObject) -> None:
    plain = compact(text)
    start = data.draw(st.integers(0, len(plain)))
    part = plain[start : data.draw(st.integers(start, len(plain)))]
    assert query_tokens(part) <= set(search_tokens(text))
    assert matches(text, part)


@given(CHARACTERS, CHARACTERS)
def test_no_match_is_lost_by_the_tokens(text: str, query: str) -> None:
    if matches(text, query):
        assert query_tokens(query) <= set(search_tokens(text))


@given(st.text("广州重庆长行会调", max_size=8), st.data())
def test_every_part_of_the_pinyin_is_found(text: str, data: st.DataObject) -> None:
    heard = syllables(text)
    start = data.draw(st.integers(0, len(heard)))
    spelled = "".join(heard[start:])
    for part in (initials(text)[start:], spelled, spelled[: data.draw(st.integers(0, len(spelled)))]):
        if len(part) > 2:
            assert finds(part, text)


@given(st.text(max_size=40))
def test_tokens_are_short_and_hold_neither_blanks_nor_marks(text: str) -> None:
    for token in search_tokens(text):
        assert 1 <= len(token) <= 4
        assert token.isalnum()
    assert compact(compact(text)) == compact(text)


@pytest.mark.parametrize("name", ["重庆银行长江支行", "朝阳重工行业", "单县乐清仇和", "苏州恒锐精密机械有限公司"])
def test_words_read_one_by_one_are_the_whole_read_at_once(name: str) -> None:
    """R-185: the kept syllables of single words change no reading."""
    assert initials(name) == "".join(each[0] for each in lazy_pinyin(name))


@given(st.text("0123456789 -+abc", max_size=16), st.data())
def test_three_signs_of_a_number_and_more_find_it(number: str, data: st.DataObject) -> None:
    plain = compact(number)
    start = data.draw(st.integers(0, len(plain)))
    part = plain[start : data.draw(st.integers(start, len(plain)))]
    assert number_tokens(part) <= number_tokens(number)
    assert bool(number_tokens(part)) == (len(part) > 2)
