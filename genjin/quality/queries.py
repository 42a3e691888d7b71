"""The standard in force for a team, and what the screen of the standard shows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from genjin.access.actor import Actor
from genjin.door.action import demand
from genjin.fields.queries import published
from genjin.lib.standard import read_standard
from genjin.quality.models import TeamStandard
from genjin.quality.standard import ADVICE, Standard, load_standard, option_key, standard_from
from genjin.quality.team import LISTS, PARTS, THRESHOLDS, laid_over, name_of
from genjin.schema.queries import Choice, options_of
from genjin.schema.shapes import Whose

_IN_FORCE: OrderedDict[tuple[int, int], Standard] = OrderedDict()
_BY_BODY: OrderedDict[bytes, Standard] = OrderedDict()
_MOST_CACHED = 2_000
#: Compiled word lists take megabytes each; teams of one pack share one.
_MOST_COMPILED = 30


def standard_of(whose: Whose) -> Standard:
    """The standard of the actor's team: the pack's, with what the team says otherwise and its own channels and
    statuses. At most two statements per configuration."""
    key = (whose.org_id, whose.config_version)
    if key in _IN_FORCE:
        return _IN_FORCE[key]
    live = live_standard(whose.org_id)
    made = with_options(compiled(live.body if live else {}), options_of(*key))
    if whose.config_version:  # a job that does not know the number asks each time
        _keep(_IN_FORCE, key, made, _MOST_CACHED)
    return made


def live_standard(org_id: int) -> TeamStandard | None:
    """What the team says of the standard, where it says anything."""
    return TeamStandard.objects.filter(org_id=org_id, live=True).select_related("published_by").first()


def compiled(body: Mapping[str, Any]) -> Standard:
    """The standard under a checked document; word lists are compiled once for all who say the same."""
    if not body:
        return load_standard()
    name = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    if name not in _BY_BODY:
        made = standard_from(laid_over(read_standard("quality"), body))
        if "words" not in body and "glossary" not in body:
            _share_words(made, load_standard())
        _keep(_BY_BODY, name, made, _MOST_COMPILED)
    return _BY_BODY[name]


def _keep(cache: OrderedDict[Any, Standard], key: Any, made: Standard, most: int) -> None:
    cache[key] = made
    if len(cache) > most:
        cache.popitem(last=False)


def with_options(standard: Standard, options: Mapping[str, Mapping[str, Choice]]) -> Standard:
    """With the labels of the team's own channels and statuses, which are options of its lists like any other."""
    channels = _more(options.get("channel", {}), standard.channel_of)
    statuses = _more(options.get("followup_status", {}), standard.status_of)
    if not channels and not statuses:
        return standard
    made = replace(standard, channels={**standard.channels, **channels}, statuses={**standard.statuses, **statuses})
    _share_words(made, standard)
    return made


def _more(choices: Mapping[str, Choice], known: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {each.zh: (each.en, *each.synonyms) for each in choices.values() if option_key(each.zh) not in known}


def _share_words(made: Standard, like: Standard) -> None:
    """The same words, compiled once: cached properties lie in the instance."""
    for name in ("lexicon", "cells", "blank"):
        made.__dict__[name] = getattr(like, name)


def page(actor: Actor) -> dict[str, Any]:
    """Every rule, required cell, threshold and word list: what the pack says, what the team says, what holds."""
    demand(actor, "standard.publish")
    live = live_standard(actor.org_id)
    body, data, standard = live.body if live else {}, read_standard("quality"), compiled(live.body if live else {})
    return {
        "version": live.number if live else 0,
        "published": published(live) if live else None,
        "body": {part: body.get(part, {}) for part in PARTS},
        "rules": [
            {"key": key, "zh": each["zh"], "en": each["en"], "advice": key in ADVICE, "axes": each["axes"],
             "risk": data["risks"].get(each.get("risk")),
             "usual": {"severity": each["severity"], "weight": each["weight"]},
             "holds": {"severity": standard.rules[key].severity, "weight": standard.rules[key].weight}}
            for key, each in data["rules"].items()
        ],
        "required": [
            {"key": key, "zh": key, "en": each["en"], "usual": {"severity": "error", "weight": each["weight"]},
             "holds": {"severity": standard.required[key].severity, "weight": standard.required[key].weight}}
            for key, each in data["required"].items()
        ],
        "thresholds": [
            {"key": key, "zh": zh, "en": en, "least": least, "most": most, "usual": data["thresholds"][key],
             "holds": standard.thresholds[key]}
            for key, (least, most, zh, en) in THRESHOLDS.items()
        ],
        "lists": [
            {"key": key, "zh": zh, "en": en, "words": len(str(data[key]).split()), "few": str(data[key]).split()[:12]}
            for key, (zh, en) in LISTS.items()
        ],
        "glossary": data["glossary"],
    }  # fmt: skip


def versions(actor: Actor) -> dict[str, Any]:
    """All versions of the team's standard, newest first, each with what it changed in words."""
    demand(actor, "standard.publish")
    rows = TeamStandard.objects.filter(org_id=actor.org_id).select_related("published_by").order_by("number")
    items: list[dict[str, Any]] = []
    before: Mapping[str, Any] = {}
    for row in rows:
        said = difference(before, row.body)
        items.append({"number": row.number, "live": row.live, "took": row.took, **published(row), "said": said})
        before = row.body
    return {"items": items[::-1]}


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    """What differs between two documents, a sentence a rule, threshold, list or abbreviation."""
    data = read_standard("quality")
    found = []
    for part in PARTS:
        old, new = before.get(part, {}), after.get(part, {})
        for key in dict.fromkeys([*new, *old]):
            if old.get(key) != new.get(key):
                zh, en = name_of(part, key)
                then, now = (_said(part, key, each.get(key), data) for each in (old, new))
                found.append({"zh": f"“{zh}”：{then[0]} → {now[0]}", "en": f"{en}: {then[1]} → {now[1]}"})
    return found


_SEVERITY = {
    "error": ("必须补", "must"),
    "warning": ("建议补", "should"),
    "hint": ("提示", "hint"),
    "off": ("不查", "off"),
}


def _said(part: str, key: str, value: Any, data: Mapping[str, Any]) -> tuple[str, str]:
    """A setting in words; what the team does not say is what the pack says."""
    if part in ("rules", "required"):
        whole = {"severity": "error", **data[part][key], **(value or {})}
        zh, en = _SEVERITY[whole["severity"]]
        return f"{zh}，{whole['weight']:g} 分", f"{en}, {whole['weight']:g}"
    if part == "thresholds":
        number = data["thresholds"][key] if value is None else value
        return f"{number:g}", f"{number:g}"
    if part == "words":
        added, dropped = len((value or {}).get("add", ())), len((value or {}).get("drop", ()))
        return f"加 {added} 个、去 {dropped} 个词", f"{added} added, {dropped} dropped"
    meaning = data["glossary"].get(key, "—") if value is None else value or "—"
    return meaning, meaning
