"""subjective-claim: a judgement about the customer with neither quotation, figure nor observed fact (R-061, R-062)."""

from __future__ import annotations

import re

from genjin.quality.case import Case, Words
from genjin.quality.facts import Clause, clauses, has_code, has_figure, has_telling_date, is_concrete, quotations
from genjin.quality.lexicon import FACTUAL, NEED, OBJECTION, QUESTION, Lexicon
from genjin.quality.record import FEEDBACK, SUMMARY

RULE = "subjective-claim"
_BECAUSE = re.compile(
    r"因为|由于|理由|依据|比.{0,10}(?:高|低|贵|便宜|多|少|长|短|快|慢|好)|超出|超过|主动|已经?(?:让|把|安排|付|打|签|提)|当场|当面|问了|要求|让我们?|原话|他说|她说|说[:“\"]"
)


# 感觉 alone opens a judgement only when it goes on about the customer or the result.
_OPENER = re.compile(
    r"(?:我|个人)?(?:感觉|觉得|认为|估计)$|貌似|似乎|好像|看来|看样子|看起来|估计|估摸|应该|很可能|极有可能|有可能|多半|大概|不太可能|说不定|想必|料想|预感|直觉|凭"
)
_ABOUT_THEM = re.compile(
    r"客户|对方|[他她]|[总姐哥工]|经理|主任|厂长|老板|能成|快成|成了|谈成|签|戏|希望|机会|合作|意向|想|嫌|敷衍|犹豫|不会|没问题|没什么问题|比价|压价|黄"
    r"|选我|会[买选定签下]|买不起|套价|压价|快定|要定|能[做拿定]|认可|满意|问题不大|跑不了|稳"
)
_OUR_SIDE = ("我们", "我司", "我方", "咱们", "的", "了")
_MANY = 200
_SHORT, _LEAST = 100, 3
_DIGIT = re.compile(r"\d")
# What the customer said is his, not ours, even without a figure.
_SAID = re.compile(
    r"(?<!可以)(?<!应该)(?<!老实)(?<!坦白)说(?!话|实话|白了|不定|起|真的)|回复|回信|原话|称|讲|反映|回邮件|来信"
)
# 听得很认真 is how he listened, seen by us.
_SEEN = ("听得", "看得", "记得", "问得", "学得", "听的")


def check(case: Case) -> None:
    """At most one finding a field, on the first judgement that nothing backs."""
    if case.attempt:
        return
    for field, text in ((SUMMARY, case.summary), (FEEDBACK, case.feedback)):
        span = _in_field(case, field, text) if text else None
        # In a pasted chat everything is somebody's own words, a long text without substance is to be written anew:
        # those findings speak about the whole of it.
        if span and not _judged_whole(case, field):
            claim = text[span[0] : span[1]]
            case.add(RULE, field, _words(claim), span)


def _judged_whole(case: Case, field: str) -> bool:
    return any(finding.rule in ("chat-log", "no-substance") and finding.field == field for finding in case.findings)


def _words(claim: str) -> Words:
    short = claim if len(claim) <= 16 else claim[:15] + "…"
    return Words(
        f"“{short}”是判断，换成他的原话或数字", "写客户说了什么、做了什么、差多少",
        f'"{short}" is a judgement; use his words or a figure', "Write what the customer said or did, or by how much",
        "“比预算 80 万高 10%，要压到 75 万”", "下一个看的人需要原话或数字",
    )  # fmt: skip


def only_judges(case: Case) -> bool:
    """True when the summary says nothing but judgements nobody backs: a judgement is no fact (R-061, R-062)."""
    text = case.summary
    # A figure is a fact, whatever is judged beside it.
    if len(text) > _SHORT or _DIGIT.search(text) or _in_field(case, SUMMARY, text) is None:
        return False
    claims = case.standard.lexicon.claims(text)
    kept = text
    for part in clauses(text, case.standard.lexicon):
        if any(part.start <= start < part.end for start, _, _ in claims):
            kept = kept[: part.start] + "他" * (part.end - part.start) + kept[part.end :]
    return not is_concrete(
        kept, case.standard.lexicon, _LEAST, lambda: clauses(kept, case.standard.lexicon, case.names)
    )


def _in_field(case: Case, field: str, text: str) -> tuple[int, int] | None:
    """unbacked(), asked once for the summary, which two rules want to know about."""
    if field is not SUMMARY:
        return unbacked(case, text)
    if case.judgement is False:
        case.judgement = unbacked(case, text)
    return case.judgement


def unbacked(case: Case, text: str) -> tuple[int, int] | None:
    """The span of the first judgement in the text that nothing backs."""
    claims = case.standard.lexicon.claims(text)
    if not claims:
        return None
    del claims[_MANY:]
    start, end, _ = claims[0]
    if len(text) - (end - start) <= 3 and text[:start].isalpha() and not text[end:].strip("。.!"):
        return (start, end)
    # The judgement itself is no ground for the judgement: it is masked by an empty word of the same length.
    rest = text
    for name in case.names:
        if name in rest:
            rest = rest.replace(name, "他" * len(name))
    for start, end, _ in claims:
        rest = rest[:start] + "他" * (end - start) + rest[end:] if len(claims) < 50 else rest
    quotes = quotations(text)
    backed = bool(quotes) or has_figure(rest) or has_code(rest) or has_telling_date(rest, anywhere=True)
    if backed and not any(kind == "outcome" for _, _, kind in claims):
        return None
    parts = clauses(rest, case.standard.lexicon, case.names)
    backing = _Backing(rest, parts, quotes, backed=backed)
    index = 0
    for start, end, kind in claims:
        while index < len(parts) and parts[index].end <= start:
            index += 1
        if index == len(parts) or any(first <= start < last for first, last in quotes):
            continue
        part = parts[index]
        if _OPENER.match(text[start:end]) and not _ABOUT_THEM.search(text, start, min(part.end, end + 40)):
            continue
        if kind == "attitude" and (
            (start >= 2 and text.startswith(_SEEN, start - 2))
            or _is_reported(rest, part, start, end, case.standard.lexicon)
        ):
            continue
        if kind == "outcome" and _is_explained(rest, part, start, end, case.standard.lexicon):
            continue
        if not (backing.of_attitude(index) if kind == "attitude" else backing.of_outcome(index)):
            return (start, part.end) if part.end - start <= 24 else (start, end)
    return None


def _is_reported(rest: str, part: Clause, start: int, end: int, lexicon: Lexicon) -> bool:
    """客户说很满意 is his word; 最重视交期, 很喜欢灰色那款 name what it is about."""
    if _SAID.search(rest, part.start, min(start, part.start + 40)):
        return True
    if rest.startswith(_OUR_SIDE, end):
        return False
    return sum(after.residue for after in clauses(rest[end : min(part.end, end + 40)], lexicon)) >= 2


def _is_explained(rest: str, part: Clause, start: int, end: int, lexicon: Lexicon) -> bool:
    """他说没戏：设备款全压在新厂房上了: his verdict, with his ground in the same breath."""
    if not _SAID.search(rest, part.start, start):
        return False
    return sum(after.residue for after in clauses(rest[end : min(part.end, end + 40)], lexicon)) >= 5


def _observes(part: Clause, kinds: int = NEED | OBJECTION | QUESTION) -> bool:
    """A clause that reports something seen or asked for."""
    return part.residue >= 5 or (part.residue >= 2 and part.factual & kinds > 0)


class _Backing:
    """What stands behind a judgement: asked clause by clause, looked up once."""

    def __init__(self, text: str, parts: list[Clause], quotes: list[tuple[int, int]], *, backed: bool) -> None:
        self._words = [text[part.start : part.end] for part in parts]
        self._parts = parts
        self._quotes = quotes
        self._attitude: bool | None = backed or None
        self._outcome: dict[int, bool] = {}

    def of_attitude(self, index: int) -> bool:
        """Anything factual in the same field carries an attitude: a figure, a product, a request, an act."""
        if self._attitude is None:
            self._attitude = any(_BECAUSE.search(words) for words in self._words)
        own = self._parts[index]
        if self._attitude or own.residue >= 5 or (own.residue >= 3 and own.factual & NEED):
            return True
        return any(_observes(part, FACTUAL) for number, part in enumerate(self._parts) if number != index)

    def of_outcome(self, index: int) -> bool:
        """A guess about the result needs its ground in the same clause or right beside it."""
        if index not in self._outcome:
            self._outcome[index] = self._near(index)
        return self._outcome[index]

    def _near(self, index: int) -> bool:
        first = self._parts[max(0, index - 1)].start
        last = self._parts[min(len(self._parts) - 1, index + 1)].end
        if any(start < last and end > first for start, end in self._quotes[:50]):
            return True
        own = self._words[index]
        if _hard(own) or _BECAUSE.search(own):
            return True
        if index + 1 < len(self._parts):
            following, words = self._parts[index + 1], self._words[index + 1]
            if _hard(words) or _BECAUSE.search(words) or _observes(following):
                return True
        return index > 0 and _BECAUSE.search(self._words[index - 1]) is not None


def _hard(words: str) -> bool:
    return has_figure(words) or has_code(words)
