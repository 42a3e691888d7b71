"""The written standard as data: read from the pack's YAML, compiled once, never changed afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from genjin.lib.dates import half_width
from genjin.lib.standard import STANDARD, read_yaml
from genjin.quality.cells import Cells
from genjin.quality.lexicon import Lexicon
from genjin.quality.plan import PlanReading
from genjin.quality.record import AXES, Axis, Risk, Severity


@dataclass(frozen=True)
class RuleSetting:
    """How one rule is applied: `off` = not at all; a hint costs nothing, whatever its weight."""

    severity: Severity | Literal["off"]
    weight: float
    axes: tuple[Axis, ...]
    risk: Risk | None = None
    zh: str = ""
    en: str = ""

    @property
    def loss(self) -> float:
        return self.weight if self.severity in ("error", "warning") else 0.0


Losses = tuple[float, ...]
SEVERITIES = ("error", "warning", "hint", "off")
#: Rules outside the scored set: advice, never an error, never points (shared contract of the rules).
ADVICE = frozenset(
    {"short-name", "glossary", "scene-data-action", "no-goal", "unnamed-department", "plan-off-feedback",
     "third-attempt"}
)  # fmt: skip
#: What bad content in a required cell can cost in all; a blank costs at least as much, so that mending never does.
_COSTS_OF = {
    "联系方式": ("bad-contact-format",),
    "跟进时间": ("inexact-time", "late-entry"),
    "跟进方式": ("unknown-option",),
    "跟进内容": ("vague-summary", "subjective-claim", "chat-log", "no-substance"),
    "客户反馈": ("subjective-claim", "no-substance"),
    "下一步计划": ("vague-next-step", "next-step-no-owner", "next-step-no-date", "wait-without-checkback"),
}


class StandardError(ValueError):
    """A pack file that cannot be used; the message names the key."""


@dataclass(frozen=True)
class Standard:
    """Severities, weights, thresholds, option lists and word lists of one pack (design §2, third "one")."""

    rules: Mapping[str, RuleSetting]
    required: Mapping[str, RuleSetting]
    thresholds: Mapping[str, float]
    channels: Mapping[str, tuple[str, ...]]
    statuses: Mapping[str, tuple[str, ...]]
    closing_statuses: frozenset[str]
    attempt_statuses: frozenset[str]
    words: Mapping[str, tuple[str, ...]]
    glossary: Mapping[str, str]
    company_suffixes: tuple[str, ...]

    @cached_property
    def losses(self) -> dict[str, Losses]:
        """What a finding of each rule, or a blank in each required cell, costs: in all and on the axes of AXES."""
        return _losses(self.rules) | _losses(self.required)

    @cached_property
    def scored(self) -> frozenset[str]:
        """Rules that count: neither switched off nor advice."""
        return frozenset(rule for rule, each in self.rules.items() if each.severity in ("error", "warning"))

    @cached_property
    def known_points(self) -> dict[tuple[str, ...], tuple[int, dict[Axis, int]]]:
        """Points by what was found; few mixtures of findings come up, so each is added up once."""
        return {}

    @cached_property
    def cells(self) -> Cells:
        """Cells as the rules read them."""
        return Cells(self.blank)

    @cached_property
    def channel_of(self) -> dict[str, str]:
        return _spellings(self.channels)

    @cached_property
    def status_of(self) -> dict[str, str]:
        return _spellings(self.statuses)

    @cached_property
    def blank(self) -> frozenset[str]:
        return (
            frozenset(half_width(word).lower() for word in self.words["blank"]) | frozenset(self.words["blank"]) | {""}
        )

    @cached_property
    def attempt_phrases(self) -> frozenset[str]:
        return frozenset(self.words["attempts"])

    @cached_property
    def glossary_pattern(self) -> re.Pattern[str] | None:
        """One pattern for all abbreviations, standing alone among Latin letters; None when the glossary is empty."""
        if not self.glossary:
            return None
        words = "|".join(re.escape(word) for word in sorted(self.glossary, key=len, reverse=True))
        return re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])")

    @cached_property
    def known_plans(self) -> dict[str, PlanReading]:
        """Readings of short plans met before under this standard; filled by Case up to a limit."""
        return {}

    @cached_property
    def known_summaries(self) -> dict[str, bool]:
        """Whether short summaries met before tell a fact."""
        return {}

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.words, self.glossary)


def _losses(settings: Mapping[str, RuleSetting]) -> dict[str, Losses]:
    return {
        name: (each.loss, *(each.loss if axis in each.axes else 0.0 for axis in AXES))
        for name, each in settings.items()
    }


def _spellings(options: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    known = {}
    for value, synonyms in options.items():
        for spelling in (value, *synonyms):
            known[option_key(spelling)] = value
    return known


def option_key(text: str) -> str:
    """An option as it is compared: half-width, lower case, without blanks and closing marks."""
    return half_width(text).lower().replace(" ", "").strip("。.,，、;；:：!！()（）[]【】\"'“”‘’\t\r\n")


@lru_cache(maxsize=8)
def load_standard(path: str | Path | None = None) -> Standard:
    """Read a pack's quality.yaml; without a path the standard pack. Raises StandardError naming the bad key."""
    source = STANDARD / "quality.yaml" if path is None else Path(path)
    try:
        data = read_yaml(source)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise StandardError(f"规则包读不了：{source}（{error}）") from error
    if not isinstance(data, dict):
        raise StandardError(f"规则包不是一张表：{source}")
    return standard_from(data)


def standard_from(data: Mapping[str, Any]) -> Standard:
    """Build a Standard from the parsed YAML. Raises StandardError when a key is missing or of the wrong kind."""
    try:
        rules = {rule: _setting(rule, value, data["risks"]) for rule, value in data["rules"].items()}
        return Standard(
            rules=rules,
            required={name: _required(name, value, rules) for name, value in data["required"].items()},
            thresholds={name: float(value) for name, value in data["thresholds"].items()},
            channels=_options(data["channels"]),
            statuses=_options(data["statuses"]),
            closing_statuses=frozenset(data["closing_statuses"]),
            attempt_statuses=frozenset(data["attempt_statuses"]),
            words={name: tuple(str(data[name]).split()) for name in WORD_LISTS},
            glossary={str(word): str(meaning) for word, meaning in data["glossary"].items()},
            company_suffixes=tuple(str(suffix) for suffix in data["company_suffixes"]),
        )
    except KeyError as error:
        raise StandardError(f"规则包缺少 {error.args[0]}") from error
    except (AttributeError, TypeError) as error:
        raise StandardError(f"规则包的写法不对：{error}") from error


WORD_LISTS = (
    "blank", "attempts", "generic", "social", "objections", "commitments", "questions", "documents",
    "judgements", "attitudes", "degrees", "evaluations", "opinion_verbs", "opinion_objects",
    "opinion_words", "states", "state_words", "acts", "self_sufficient_acts", "vague_acts", "aspirations", "outcomes",
    "loose_times", "departments", "reasons", "no_reason", "titles", "needs",
    "soft_facts", "advertising", "copulas", "sorts", "grades", "feelings",
)  # fmt: skip


def _setting(name: str, value: Mapping[str, Any], risks: Mapping[str, Any] | None = None) -> RuleSetting:
    severity, weight, axes = value["severity"], value["weight"], tuple(value["axes"])
    if severity not in SEVERITIES or not set(axes) <= set(AXES) or not 0 <= weight <= 100:
        raise StandardError(f"规则包里 {name} 的级别、分值或分项不对")
    key = value.get("risk")
    if key is not None and (risks is None or key not in risks):
        raise StandardError(f"规则包里 {name} 的风险“{key}”没有列在 risks 里")
    risk = Risk(str(risks[key]["zh"]), str(risks[key]["en"])) if risks and key is not None else None
    return RuleSetting(severity, float(weight), axes, risk, str(value.get("zh", name)), str(value.get("en", name)))


def _required(name: str, value: Mapping[str, Any], rules: Mapping[str, RuleSetting]) -> RuleSetting:
    """A blank in a required cell costs no less than the worst content there (R-067); its risk is that of the rule."""
    missing = rules["missing-required"]
    setting = _setting(name, {"severity": missing.severity, **value})
    least = sum(rules[each].loss for each in _COSTS_OF.get(name, ()) if each in rules)
    return replace(setting, weight=max(setting.weight, least), risk=missing.risk)


def _options(value: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {str(name): tuple(str(word) for word in words or ()) for name, words in value.items()}
