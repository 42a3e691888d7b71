"""A team's own standard: what it says otherwise than the pack, laid over the pack's data (R-213, design §2). Pure.

    {"rules": {"late-entry": {"severity": "error", "weight": 8}},
     "required": {"客户反馈": {"severity": "off"}},
     "thresholds": {"late_hours": 48},
     "words": {"documents": {"add": ["检验报告"], "drop": ["样册"]}},
     "glossary": {"MES": "制造执行系统", "KP": ""}}

Only what differs is kept, so that a better pack still reaches the team. An abbreviation with an empty meaning is one
that everybody here knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.lib.errors import Invalid, Problem
from genjin.lib.standard import read_standard
from genjin.quality.standard import ADVICE, SEVERITIES, WORD_LISTS

Body = dict[str, dict[str, Any]]
PARTS = ("rules", "required", "thresholds", "words", "glossary")
#: Smallest and largest value of each threshold, and what it counts.
THRESHOLDS: Mapping[str, tuple[float, float, str, str]] = {
    "late_hours": (1, 720, "几小时以后才写算补填", "Hours after the contact that an entry is late"),
    "long_text": (40, 5000, "超过多少字要看有没有内容", "Characters beyond which a text must hold substance"),
    "residue": (1, 50, "去掉空话至少剩几个字", "Characters that must be left without empty phrases"),
    "chat_turns": (2, 50, "几句对话算聊天记录", "Turns of a dialogue that make a chat"),
    "axis_factor": (1, 10, "分项扣分是总分的几倍", "Points of an axis for one point in all"),
    "attempts_in_row": (
        2,
        20,
        "连续几次没联系上就建议换方式",
        "Attempts in a row before advice",
    ),
}
#: Word lists that a team may add to: what they are called, and what a word there does.
LISTS: Mapping[str, tuple[str, str]] = {
    "documents": ("资料和文件", "Documents"),
    "commitments": ("承诺、答复、要求", "Commitments and demands"),
    "objections": ("顾虑和障碍", "Objections"),
    "acts": ("能直接去做的动作", "Acts that can be done"),
    "self_sufficient_acts": ("说清了要做什么的动作", "Acts that say it all"),
    "departments": ("部门和岗位", "Departments"),
    "titles": ("称呼", "Titles"),
    "generic": ("不带事实的空话", "Empty words"),
    "vague_acts": ("说了等于没说的动作", "Acts that say nothing"),
    "judgements": ("对结果下的结论", "Judgements"),
    "attitudes": ("对客户的评价", "Claims about the customer"),
    "social": ("与生意无关的闲谈", "Small talk"),
    "attempts": ("没联系上的说法", "Words for not reached"),
}
MOST_WORDS = 500
_LONGEST_WORD = 20


def name_of(part: str, key: str) -> tuple[str, str]:
    """What a rule, a required cell, a threshold or a word list is called; an abbreviation is its own name."""
    if part == "rules":
        rule = read_standard("quality")["rules"].get(key, {})
        return rule.get("zh", key), rule.get("en", key)
    if part == "required":
        return key, read_standard("quality")["required"].get(key, {}).get("en", key)
    if part == "thresholds" and key in THRESHOLDS:
        return THRESHOLDS[key][2:]
    return LISTS.get(key, (key, key)) if part == "words" else (key, key)


def laid_over(data: Mapping[str, Any], body: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The pack's parsed data with a team's words laid over it."""
    made = dict(data)
    for part in ("rules", "required"):
        made[part] = {name: {**value, **body.get(part, {}).get(name, {})} for name, value in data[part].items()}
    made["thresholds"] = {**data["thresholds"], **body.get("thresholds", {})}
    for name, said in body.get("words", {}).items():
        dropped = set(said.get("drop", ()))
        kept = [word for word in str(data[name]).split() if word not in dropped]
        made[name] = " ".join(dict.fromkeys([*kept, *said.get("add", ())]))
    glossary = {**data["glossary"], **body.get("glossary", {})}
    made["glossary"] = {word: meaning for word, meaning in glossary.items() if meaning}
    return made


def checked(sent: Mapping[str, Mapping[str, Any]]) -> Body:
    """The document as it is kept: only what differs from the pack, in one order. Raises `Invalid` naming every rule,
    list, threshold or word that cannot be so; nothing of it is kept then."""
    data, problems = read_standard("quality"), list[Problem]()
    body: Body = {
        "rules": _settings("rules", sent, data["rules"], problems),
        "required": _settings("required", sent, data["required"], problems),
        "thresholds": _thresholds(sent.get("thresholds", {}), data["thresholds"], problems),
        "words": _words(sent.get("words", {}), data, problems),
        "glossary": _glossary(sent.get("glossary", {}), data["glossary"], problems),
    }
    if problems:
        raise Invalid(problems[0].zh, problems[0].en, field=problems[0].field, problems=tuple(problems))
    return {part: said for part, said in body.items() if said}


def _settings(
    part: str, sent: Mapping[str, Mapping[str, Any]], known: Mapping[str, Any], problems: list[Problem]
) -> dict[str, Any]:
    usual = {"severity": "error"} if part == "required" else {}
    found: dict[str, Any] = {}
    for name, said in sent.get(part, {}).items():
        place = f"{part}.{name}"
        if name not in known:
            problems.append(Problem(place, "unknown", f"没有“{name}”这条规则", f"There is no rule “{name}”"))
            continue
        zh = known[name].get("zh", name)
        if said.get("severity", "off") not in SEVERITIES:
            problems.append(
                Problem(place, "severity", f"“{zh}”的级别只能是 error、warning、hint、off", f"No such severity: {name}")
            )
        if name in ADVICE and said.get("severity", "off") not in ("hint", "off"):
            problems.append(
                Problem(place, "advice", f"“{zh}”只能提示或不查：它不算分", f"“{name}” is advice only: a hint or off")
            )
        if not 0 <= said.get("weight", 0) <= 100:
            problems.append(
                Problem(place, "weight", f"“{zh}”的分值要在 0 到 100 之间", f"The weight of “{name}” is 0 to 100")
            )
        own = {key: value for key, value in said.items() if value != {**usual, **known[name]}.get(key)}
        found |= {name: own} if own else {}
    return {name: found[name] for name in known if name in found}


def _thresholds(sent: Mapping[str, Any], known: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    for name, value in sent.items():
        place = f"thresholds.{name}"
        if name not in THRESHOLDS:
            problems.append(Problem(place, "unknown", f"没有“{name}”这个门槛", f"There is no threshold “{name}”"))
            continue
        least, most, zh, en = THRESHOLDS[name]
        if not least <= value <= most:
            problems.append(
                Problem(place, "range", f"“{zh}”要在 {least:g} 到 {most:g} 之间", f"“{en}” is {least:g} to {most:g}")
            )
    return {name: sent[name] for name in known if name in sent and sent[name] != known[name]}


def _words(sent: Mapping[str, Mapping[str, Any]], data: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, said in sent.items():
        if name not in LISTS or name not in WORD_LISTS:
            problems.append(
                Problem(f"words.{name}", "unknown", f"没有“{name}”这个词表", f"There is no word list “{name}”")
            )
            continue
        known = set(str(data[name]).split())
        add = [word for word in _plain(f"words.{name}", said.get("add", ()), problems) if word not in known]
        drop = [word for word in _plain(f"words.{name}", said.get("drop", ()), problems) if word in known]
        own = {key: words for key, words in (("add", add), ("drop", drop)) if words}
        found |= {name: own} if own else {}
    return {name: found[name] for name in LISTS if name in found}


def _plain(place: str, words: Any, problems: list[Problem]) -> list[str]:
    """Each word once, without blanks around it; a word holds none, since lists are written with blanks between."""
    plain = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    bad = next((word for word in plain if len(word) > _LONGEST_WORD or len(word.split()) > 1), None)
    if bad is not None:
        problems.append(
            Problem(
                place,
                "word",
                f"“{bad[:24]}”不能当词：不能有空格，最长 {_LONGEST_WORD} 个字",
                f"“{bad[:24]}” is no word: no blanks, {_LONGEST_WORD} characters at most",
            )
        )
    if len(plain) > MOST_WORDS:
        problems.append(
            Problem(place, "many", f"一个词表最多加 {MOST_WORDS} 个词", f"At most {MOST_WORDS} words a list")
        )
    return plain


def _glossary(sent: Mapping[str, str], known: Mapping[str, str], problems: list[Problem]) -> dict[str, str]:
    words = dict(zip(_plain("glossary", list(sent), problems), (each.strip() for each in sent.values()), strict=False))
    for word, meaning in words.items():
        if not meaning and word not in known:
            problems.append(Problem(f"glossary.{word}", "meaning", f"写上“{word}”的意思", f"Say what “{word}” means"))
        if len(meaning) > 60:
            problems.append(
                Problem(f"glossary.{word}", "long", f"“{word}”的解释最长 60 个字", f"“{word}”: 60 characters at most")
            )
    return {word: meaning for word, meaning in words.items() if meaning != known.get(word)}
