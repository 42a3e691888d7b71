"""subjective-claim: a judgement about the customer with neither quotation, figure nor observed fact (R-061, R-062)."""

from __future__ import annotations

import re

from genjin.quality.case import Case, Words
from genjin.quality.facts import Clause, clauses, has_code, has_figure, quotations
from genjin.quality.record import FEEDBACK, SUMMARY

RULE = "subjective-claim"
_BECAUSE = re.compile(r"因为|由于|理由|依据|比[^较如]|超出|超过|主动|已经?(?:让|把|安排|付|打|签|提)|当场|当面|问了|要求|让我们?|原话|他说|她说|说[:“\"]")


def check(case: Case) -> None:
    """At most one finding a field, on the first judgement that nothing backs."""
    if case.attempt:
        return
    for field, text in ((SUMMARY, case.summary), (FEEDBACK, case.feedback)):
        span = _unbacked(case, text) if text else None
        if span:
            claim = text[span[0] : span[1]]
            case.add(RULE, field, _words(claim), span)


def _words(claim: str) -> Words:
    short = claim if len(claim) <= 16 else claim[:15] + "…"
    return Words(
        f"“{short}”是判断，换成他的原话或数字", "写客户说了什么、做了什么、差多少",
        f'"{short}" is a judgement; use his words or a figure', "Write what the customer said or did, or by how much",
        "“比预算 80 万高 10%，要压到 75 万”", "下一个看的人需要原话或数字",
    )  # fmt: skip


def _unbacked(case: Case, text: str) -> tuple[int, int] | None:
    claims = case.standard.lexicon.claims(text)
    if not claims:
        return None
    quotes = quotations(text)
    parts = clauses(text, case.standard.lexicon, case.names)
    for start, end, kind in claims:
        if any(first <= start < last for first, last in quotes):
            continue
        index = next((i for i, part in enumerate(parts) if part.start <= start < part.end), None)
        if index is None:
            continue
        if kind == "attitude" and _field_backs(text, parts, index, bool(quotes)):
            continue
        if kind == "outcome" and (quotes or _neighbours_back(text, parts, index)):
            continue
        return _whole_claim(text, parts[index], start, end)
    return None


def _whole_claim(text: str, part: Clause, start: int, end: int) -> tuple[int, int]:
    return (start, part.end) if part.end - start <= 24 else (start, end)


def _field_backs(text: str, parts: list[Clause], index: int, quoted: bool) -> bool:
    """Anything factual in the same field carries an attitude: a figure, a product, a request, an act."""
    if quoted:
        return True
    for number, part in enumerate(parts):
        words = text[part.start : part.end]
        if has_figure(words) or has_code(words) or _BECAUSE.search(words):
            return True
        if number != index and (part.residue >= 3 or part.factual):
            return True
    return parts[index].residue >= 4


def _neighbours_back(text: str, parts: list[Clause], index: int) -> bool:
    own = text[parts[index].start : parts[index].end]
    if has_figure(own) or has_code(own) or _BECAUSE.search(own):
        return True
    if index + 1 < len(parts):
        following = parts[index + 1]
        words = text[following.start : following.end]
        if has_figure(words) or _BECAUSE.search(words) or following.factual or following.residue >= 4:
            return True
    if index:
        before = text[parts[index - 1].start : parts[index - 1].end]
        return _BECAUSE.search(before) is not None
    return False
