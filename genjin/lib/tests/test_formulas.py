"""Formulas: read, typed, worked out; whatever is typed gives a value, a blank or one sentence, never an error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genjin.lib.formulas import FormulaError, Type, read, type_of, work_out
from genjin.lib.formulas.reading import FUNCTIONS, MOST_PARTS, Call, Formula, Name, Number, Text, names_in
from genjin.lib.formulas.working import written

TYPES = {"n": Type.NUMBER, "m": Type.MONEY, "d": Type.DATE, "t": Type.TEXT, "b": Type.BOOL, "x": Type.NUMBER}
VALUES: dict[str, Any] = {
    "n": Decimal(3),
    "m": Decimal("12.5"),
    "d": date(2026, 1, 31),
    "t": "甲",
    "b": True,
    "x": None,
}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("{m} * {n}", "money", Decimal("37.5")),
        ("1 + 2 * 3 - 4 / 2", "number", Decimal(5)),
        ("-(1 + 2) * -2", "number", Decimal(6)),
        ("ROUND({m} / {n}, 2)", "money", Decimal("4.17")),
        ("round(2.5)", "number", Decimal(3)),
        ("{m} / {m}", "number", Decimal(1)),
        ("{d} + 1", "date", date(2026, 2, 1)),
        ("{d} - 31", "date", date(2025, 12, 31)),
        ("DAYS({d} + 10, {d})", "number", Decimal(10)),
        ("{d} - {d}", "number", Decimal(0)),
        ("MAX({n}, {x}, 2) + MIN(5, {m})", "money", Decimal(8)),
        ("SUM({n}, {x})", "number", Decimal(3)),
        ("{n} + {x}", "number", None),
        ("{n} / 0", "number", None),
        ("{n} / ({n} - 3)", "number", None),
        ("IF({n} > 2 , \"大\", \"小\") & {t} & 1.50", "text", "大甲1.5"),
        ("如果（{n} ＜ 2，“大”，“小”）", "text", "小"),
        ("IF({x} > 1, 1, 2)", "number", Decimal(2)),
        ("IFBLANK({x}, {n}) + 1", "number", Decimal(4)),
        ("AND({b}, {n} = 3, NOT(ISBLANK({n})))", "bool", True),
        ("OR({n} <> 3, {t} = \"乙\")", "bool", False),
        ("{n} × {n} ÷ 2", "number", Decimal("4.5")),
        ("\"say \"\"hi\"\"\"", "text", 'say "hi"'),
        ("{x} & {x}", "text", None),
    ],
)  # fmt: skip
def test_what_a_formula_gives(text: str, kind: str, value: Any) -> None:
    formula = read(text)
    assert (type_of(formula, TYPES), work_out(formula, VALUES)) == (kind, value)


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("", "公式还没写"),
        ("1 +", "公式没写完"),
        ("(1 + 2", "少一个右括号"),
        ("1 2", "“2”放在这里不对"),
        ("@", "看不懂“@”这里"),
        ("{n}; DROP TABLE x", "看不懂“; DROP TAB”这里"),
        ("__import__(1)", "看不懂“__import__”这里"),
        ("eval(1)", "没有“eval”这个函数；字段写在花括号里，文字写在引号里"),
        ("ROUND", "ROUND 后面要有括号"),
        ("ROUND()", "ROUND 要 1–2 个值"),
        ("IF(1, 2, 3)", "IF 的第一项要是条件，像 {数量} > 10"),
        ("{none}", "没有“none”这个能算的字段"),
        ("{n} + {t}", "数字和文字不能用 +；接文字用 &"),
        ("{m} * {m}", "金额和金额不能用 *"),
        ("{d} + {d}", "日期和日期不能用 +"),
        ("{n} > {t}", "数字和文字不能用 >"),
        ("IF({b}, 1, \"a\")", "数字和文字不能用 IF"),
        ("1" + "+1" * 500, "公式最多 1000 个字"),
        ("+".join("1" * 101), "公式最多 200 个词和符号"),
        ("(" * 40 + "1" + ")" * 40, "公式最多套 30 层"),
    ],
)  # fmt: skip
def test_what_is_no_formula_is_said_in_one_sentence(text: str, zh: str) -> None:
    with pytest.raises(FormulaError) as wrong:
        type_of(read(text), TYPES)
    assert wrong.value.zh == zh


_numbers = st.decimals(0, 10**9, places=2).map(Number)
_leaves = st.one_of(_numbers, st.sampled_from([Name(each) for each in TYPES]), st.text('甲a" ,)', max_size=3).map(Text))
_signs = ("+", "-", "*", "/", "&", "=", "<>", "<", "<=", ">", ">=")


def _grown(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    pairs = st.builds(lambda sign, left, right: Call(sign, (left, right)), st.sampled_from(_signs), inner, inner)
    called = st.sampled_from(sorted(FUNCTIONS)).flatmap(
        lambda word: st.lists(inner, min_size=FUNCTIONS[word][0], max_size=min(FUNCTIONS[word][1], 3)).map(
            lambda parts: Call(word, tuple(parts))
        )
    )
    return pairs | called | inner.map(lambda one: Call("-", (one,)))


_formulas = st.recursive(_leaves, _grown, max_leaves=8)


def _said(formula: Formula) -> str:
    match formula:
        case Number(value):
            return f"{value:f}"
        case Text(value):
            return '"' + value.replace('"', '""') + '"'
        case Name(key):
            return f"{{{key}}}"
        case Call("-", (one,)):
            return f"(-{_said(one)})"
        case Call(word, parts) if word in FUNCTIONS:
            return f"{word}({', '.join(map(_said, parts))})"
        case Call(word, parts):
            return "(" + f" {word} ".join(map(_said, parts)) + ")"


@settings(max_examples=300)
@given(_formulas)
def test_a_tree_that_is_written_is_read_as_itself(formula: Formula) -> None:
    assert read(_said(formula)) == formula
    assert set(names_in(formula)) <= TYPES.keys()


def _typed(made: Callable[[], Formula]) -> Type | None:
    """None for what is refused, in one sentence in each language."""
    try:
        return type_of(made(), TYPES)
    except FormulaError as error:
        wrong = error
    assert wrong.zh and wrong.en and "\n" not in wrong.zh + wrong.en
    return None


_FITS = {Type.NUMBER: Decimal, Type.MONEY: Decimal, Type.TEXT: str, Type.DATE: date, Type.BOOL: bool}


@settings(max_examples=400)
@given(_formulas, st.fixed_dictionaries({
    "n": st.none() | st.decimals(-(10**6), 10**6, places=2), "m": st.none() | st.decimals(0, 10**6, places=2),
    "d": st.none() | st.dates(), "t": st.none() | st.text(max_size=4), "b": st.none() | st.booleans(),
    "x": st.just(None),
}))  # fmt: skip
def test_a_typed_formula_gives_its_type_or_a_blank(formula: Formula, values: dict[str, Any]) -> None:
    kind = _typed(lambda: formula)
    if kind is None:
        return
    found = work_out(formula, values)
    assert found is None or isinstance(found, _FITS[kind])
    assert len(written(found)) <= 600


@settings(max_examples=300)
@given(st.text('ROUNDIF(){}nm"“”,+-*/&<>=0123456789. （，甲', max_size=40))
def test_any_text_is_a_formula_or_a_sentence(text: str) -> None:
    kind = _typed(lambda: read(text))
    if kind is None:
        return
    found = work_out(read(text), VALUES)
    assert found is None or isinstance(found, _FITS[kind])


def test_the_longest_formula_is_no_burden() -> None:
    formula = read("+".join("1" * (MOST_PARTS // 2)))
    assert work_out(formula, {}) == MOST_PARTS // 2
