"""The pack's word lists compiled into two automata: one that cuts a text into known words, one for judgements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import ahocorasick

# Kinds of words; one word may be of several kinds.
GENERIC, SOCIAL, OBJECTION, COMMITMENT, QUESTION, DOCUMENT = 1, 2, 4, 8, 16, 32
ACT, SELF_ACT, VAGUE_ACT, ASPIRATION, OUTCOME, LOOSE, DEPARTMENT, REASON, NO_REASON, TITLE, BREAK, NEED = (
    64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072,
)  # fmt: skip
# SOFT: a factual word that turns up in stories and small talk just as well. ADVERT: only advertising speaks so.
SOFT, ADVERT = 262144, 524288
FACTUAL = OBJECTION | COMMITMENT | QUESTION | DOCUMENT | NEED
EMPTY = GENERIC | SOCIAL | TITLE | NEED

_KIND_OF_LIST = {
    "generic": GENERIC, "social": SOCIAL, "objections": OBJECTION, "commitments": COMMITMENT,
    "questions": QUESTION, "documents": DOCUMENT, "acts": ACT, "self_sufficient_acts": SELF_ACT,
    "vague_acts": VAGUE_ACT, "aspirations": ASPIRATION, "outcomes": OUTCOME, "loose_times": LOOSE,
    "departments": DEPARTMENT, "reasons": REASON, "no_reason": NO_REASON,
    "titles": TITLE, "needs": NEED, "soft_facts": SOFT, "advertising": ADVERT | GENERIC,
}  # fmt: skip


Token = tuple[int, int, int]  # start, end, kinds


class Lexicon:
    """Cuts text greedily into the longest known words. Linear in the length of the text."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], glossary: Mapping[str, str]) -> None:
        kinds: dict[str, int] = {}
        for name, kind in _KIND_OF_LIST.items():
            for word in words[name]:
                kinds[word] = kinds.get(word, 0) | kind
        kinds |= dict.fromkeys(",;。!?\n，；！？…", BREAK)
        self._words = _automaton({word: (len(word), kinds[word]) for word in _common_first(kinds)})
        # Yields (offset of the last character, (length, kinds)) of words that do not overlap, in order.
        self.words_in = self._words.iter_long
        self._claims = _automaton({claim: (len(claim), sort) for claim, sort in _claims(words).items()})
        self._social = _automaton(dict.fromkeys(words["social"], True))
        self.glossary = dict(glossary)

    def has_small_talk(self, text: str) -> bool:
        """Any word that has nothing to do with business."""
        return next(self._social.iter(text), None) is not None

    def cut(self, text: str) -> list[Token]:
        """The known words of a half-width text, not overlapping, in order."""
        return [(end - size + 1, end + 1, kinds) for end, (size, kinds) in self._words.iter_long(text)]

    def claims(self, text: str) -> list[tuple[int, int, str]]:
        """Judgement words: (start, end, "outcome" | "attitude"); longest first where they overlap."""
        return [(end - size + 1, end + 1, kind) for end, (size, kind) in self._claims.iter_long(text)]


def _automaton(values: Mapping[str, object]) -> ahocorasick.Automaton:
    made = ahocorasick.Automaton()
    for word, value in values.items():
        made.add_word(word, value)
    made.make_automaton()
    return made


def _common_first(kinds: Mapping[str, int]) -> list[str]:
    """The letters a word may begin with are tried in the order of adding: those of many words before those of few."""
    begin = Counter(word[0] for word in kinds)
    return sorted(kinds, key=lambda word: -begin[word[0]])


def _claims(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    claims = {degree + word: "attitude" for degree in words["degrees"] for word in words["evaluations"]}
    claims |= dict.fromkeys(words["attitudes"], "attitude")
    objects = [word if word != "-" else "" for word in words["opinion_objects"]]
    claims |= {
        verb + thing + word: "attitude"
        for verb in words["opinion_verbs"]
        for thing in objects
        for word in words["opinion_words"]
    }
    claims |= {copula + sort: "attitude" for copula in words["copulas"] for sort in words["sorts"]}
    claims |= {grade + feeling: "attitude" for grade in words["grades"] for feeling in words["feelings"]}
    claims |= {
        state + degree + word: "attitude"
        for state in words["states"]
        for degree in ("", *words["degrees"])
        for word in words["state_words"]
    }
    return claims | dict.fromkeys(words["judgements"], "outcome")
