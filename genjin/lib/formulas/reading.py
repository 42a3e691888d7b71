"""Text → tree: a small grammar with the usual precedence, in full-width signs too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from genjin.lib.errors import Refusal

LONGEST = 1000
DEEPEST = 30
MOST_PARTS = 200
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,15}(?:\.\d{1,6})?)|(?P<name>\{[^{}]{1,80}\})|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<word>[A-Za-z一-鿿]+)|(?P<sign><>|<=|>=|!=|[-+*/&=<>(),]))"
)
_HALF = str.maketrans("（），＋－×÷＊／＆＝＜＞“”−", '(),+-*/*/&=<>""-')
_COMPARING = ("=", "<>", "<", "<=", ">", ">=")
#: Function → how many values it takes.
FUNCTIONS: dict[str, tuple[int, int]] = {
    "ROUND": (1, 2),
    "MIN": (1, 20),
    "MAX": (1, 20),
    "SUM": (1, 20),
    "DAYS": (2, 2),
    "IF": (3, 3),
    "IFBLANK": (2, 2),
    "ISBLANK": (1, 1),
    "AND": (1, 20),
    "OR": (1, 20),
    "NOT": (1, 1),
}
_ALSO = {"四舍五入": "ROUND", "最小": "MIN", "最大": "MAX", "求和": "SUM", "相差天数": "DAYS", "如果": "IF",
         "为空则": "IFBLANK", "为空": "ISBLANK", "且": "AND", "或": "OR", "非": "NOT"}  # fmt: skip


@dataclass(eq=False)
class FormulaError(Refusal):
    """A formula that cannot be read, or whose parts do not go together."""

    code: str = "invalid_formula"


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """The value of a field."""

    key: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or an operator under its sign; `-` of one part is the negative."""

    word: str
    parts: tuple[Formula, ...]


Formula = Number | Text | Name | Call


def names_in(formula: Formula) -> Iterator[str]:
    """Every field that it asks for, as often as it does."""
    if isinstance(formula, Name):
        yield formula.key
    if isinstance(formula, Call):
        for each in formula.parts:
            yield from names_in(each)


def read(text: str) -> Formula:
    """The tree of a formula; `FormulaError` with one sentence for what is none."""
    if not text.strip():
        raise FormulaError("公式还没写", "The formula is blank")
    if len(text) > LONGEST:
        raise FormulaError(f"公式最多 {LONGEST} 个字", f"A formula has at most {LONGEST} characters")
    tokens = list(_tokens(text))
    if len(tokens) > MOST_PARTS:
        raise FormulaError(f"公式最多 {MOST_PARTS} 个词和符号", f"A formula has at most {MOST_PARTS} words and signs")
    return _Reader(tokens).whole()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each part. Signs are taken in both widths, but never inside names and quoted texts."""
    plain = re.sub(r"\{[^{}]*\}|[\"“][^\"“”]*[\"”]|.", _narrowed, text, flags=re.S)
    at = 0
    while plain[at:].strip():
        found = _TOKEN.match(plain, at)
        if found is None:
            rest = plain[at:].strip()[:10]
            raise FormulaError(f"看不懂“{rest}”这里", f"Nothing can be read at “{rest}”")
        yield str(found.lastgroup), found[0].strip()
        at = found.end()


def _narrowed(found: re.Match[str]) -> str:
    part = found[0]
    if part[0] == "{":
        return part
    return f'"{part[1:-1]}"' if len(part) > 1 else part.translate(_HALF)


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    def whole(self) -> Formula:
        found = self.comparison()
        if self.at < len(self.tokens):
            self.stray()
        return found

    def stray(self) -> None:
        if self.at >= len(self.tokens):
            raise FormulaError("公式没写完", "The formula breaks off")
        text = self.tokens[self.at][1][:20]
        raise FormulaError(f"“{text}”放在这里不对", f"“{text}” has no place here")

    def sign(self, *signs: str) -> str:
        """Takes one of these signs if it comes next."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def comparison(self) -> Formula:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(f"公式最多套 {DEEPEST} 层", f"A formula nests at most {DEEPEST} deep")
        left = self.joined()
        if sign := self.sign(*_COMPARING, "!="):
            left = Call("<>" if sign == "!=" else sign, (left, self.joined()))
        self.depth -= 1
        return left

    def joined(self) -> Formula:
        left = self.sum()
        while self.sign("&"):
            left = Call("&", (left, self.sum()))
        return left

    def sum(self) -> Formula:
        left = self.product()
        while sign := self.sign("+", "-"):
            left = Call(sign, (left, self.product()))
        return left

    def product(self) -> Formula:
        left = self.one()
        while sign := self.sign("*", "/"):
            left = Call(sign, (left, self.one()))
        return left

    def one(self) -> Formula:
        negative = False
        while self.sign("-"):
            negative = not negative
        found = self.primary()
        return Call("-", (found,)) if negative else found

    def primary(self) -> Formula:
        if self.sign("("):
            inner = self.comparison()
            if not self.sign(")"):
                raise FormulaError("少一个右括号", "A closing bracket is missing")
            return inner
        if self.at >= len(self.tokens):
            self.stray()
        kind, text = self.tokens[self.at]
        if kind == "sign":
            self.stray()
        self.at += 1
        if kind == "number":
            return Number(Decimal(text))
        if kind == "text":
            return Text(text[1:-1].replace('""', '"'))
        return Name(text[1:-1].strip()) if kind == "name" else self.call(text)

    def call(self, word: str) -> Formula:
        name = _ALSO.get(word, word.upper())
        if name not in FUNCTIONS:
            raise FormulaError(
                f"没有“{word[:20]}”这个函数；字段写在花括号里，文字写在引号里",
                f"There is no function “{word[:20]}”; fields stand in braces, texts in quotes",
            )
        if not self.sign("("):
            raise FormulaError(f"{name} 后面要有括号", f"{name} takes brackets")
        parts = [] if self.sign(")") else [self.comparison()]
        while parts and self.sign(","):
            parts.append(self.comparison())
        if parts and not self.sign(")"):
            raise FormulaError("少一个右括号", "A closing bracket is missing")
        least, most = FUNCTIONS[name]
        if not least <= len(parts) <= most:
            many = str(least) if least == most else f"{least}–{most}"
            raise FormulaError(f"{name} 要 {many} 个值", f"{name} takes {many} values")
        return Call(name, tuple(parts))
