"""Pure rules of a team's own record types: what its document may say beyond the form. No statements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from genjin.fields.ground import Ground
from genjin.lib.errors import Problem
from genjin.lib.pinyin import syllables
from genjin.schema.own_kinds import CUSTOMER_MODES, LONGEST_SLUG, TYPE_PARTS

MOST_STATES = 30
LONGEST_NAME = 20
#: Where nobody says anything else.
USUAL_STATES: Sequence[Mapping[str, Any]] = (
    {"key": "open", "zh": "待处理", "en": "Open"},
    {"key": "done", "zh": "已完成", "en": "Done", "closed": True},
)
_SAID = ("color", "closed")


def slug_for(zh: str, taken: Sequence[str]) -> str:
    """A free slug from the pinyin of a name: 样品申请 → x_yangpinshenqing."""
    letters = re.sub(r"[^a-z0-9]", "", "".join(syllables(zh)))
    stem = f"x_{letters if letters[:1].isalpha() else 'type' + letters}"
    slug, number = stem[:LONGEST_SLUG], 1
    while slug in taken:
        number += 1
        slug = f"{stem[: LONGEST_SLUG - len(str(number))]}{number}"
    return slug


def type_of_body(body: Mapping[str, Any]) -> dict[str, Any]:
    """What a document says of its type, beyond the form."""
    return {name: body[name] for name in TYPE_PARTS if name in body}


def type_parts(sent: Mapping[str, Any], ground: Ground, problems: list[Problem]) -> dict[str, Any]:
    """The same as it is stored: what was not sent stays as it is in force. Empty for a type of the code; what cannot
    be so is added to `problems`."""
    if not ground.kind.made_of:
        return {}
    live = ground.live
    zh = str(sent.get("zh") or live.get("zh") or "").strip()
    other = ground.names.get(zh)
    if not zh or len(zh) > LONGEST_NAME:
        problems.append(_wrong("zh", f"名称写 1 到 {LONGEST_NAME} 个字", f"The name has 1 to {LONGEST_NAME} letters"))
    elif other not in (None, ground.kind.slug):
        problems.append(_wrong("zh", f"已经有叫“{zh}”的记录，换个名字", f"There is a type “{zh}” already"))
    en = sent.get("en") if "en" in sent else live.get("en", "")
    mode = sent.get("customer") or live.get("customer") or "optional"
    if mode not in CUSTOMER_MODES:
        problems.append(
            _wrong("customer", "客户这一项只能是必填、选填或没有", "A customer is required, optional or none")
        )
    states = _states(sent.get("states", live.get("states", ())), live, ground, problems)
    keys = {each["key"] for each in states}
    past = [each for each in (*live.get("past", ()), *live.get("states", ())) if each["key"] not in keys]
    past = [{name: each[name] for name in ("key", "zh", "en") if name in each} for each in past]
    retired = bool(sent.get("retired", live.get("retired")))
    said = {
        "en": "" if en == zh else en,
        "past": list({each["key"]: each for each in past}.values()),
        "retired": retired,
    }
    more = {name: value for name, value in said.items() if value}
    return {"zh": zh, "customer": mode, "states": states, **more}


def _wrong(field: str, zh: str, en: str) -> Problem:
    return Problem(field, "type", zh, en)


def _states(
    sent: Sequence[Mapping[str, Any]], live: Mapping[str, Any], ground: Ground, problems: list[Problem]
) -> list[dict[str, Any]]:
    """States with their keys, made where none was sent."""
    if not sent:
        problems.append(_wrong("states", "至少留一个状态", "At least one state must remain"))
    if len(sent) > MOST_STATES:
        problems.append(_wrong("states", f"最多 {MOST_STATES} 个状态", f"At most {MOST_STATES} states"))
    known = {each["key"] for each in (*live.get("states", ()), *live.get("past", ()))}
    known |= {str(each["key"]) for each in sent if each.get("key")}
    keys: list[str] = []
    for at, each in enumerate(sent):
        key = str(each.get("key") or _free(known))
        known.add(key)
        labels = [str(one["zh"]).strip() for one in sent[:at]]
        if key in keys or str(each["zh"]).strip() in labels:
            problems.append(
                _wrong(
                    f"states.{at}",
                    f"状态“{each['zh']}”写了两次，留一个",
                    f"The state “{each['zh']}” stands there twice",
                )
            )
        keys.append(key)
    by_label = {str(each["zh"]).strip(): key for each, key in zip(sent, keys, strict=True)}
    states = [_state(each, at, keys, by_label, problems) for at, each in enumerate(sent)]
    _demand_empty([each for each in live.get("states", ()) if each["key"] not in keys], ground, problems)
    return states


def _free(known: set[str]) -> str:
    number = 1
    while f"s_{number}" in known:
        number += 1
    return f"s_{number}"


def _state(
    each: Mapping[str, Any], at: int, keys: Sequence[str], by_label: Mapping[str, str], problems: list[Problem]
) -> dict[str, Any]:
    zh, en = str(each["zh"]).strip(), str(each.get("en") or "").strip()
    state: dict[str, Any] = {"key": keys[at], "zh": zh, **({"en": en} if en and en != zh else {})}
    state |= {name: each[name] for name in _SAID if each.get(name)}
    if each.get("next") is None:
        return state
    following = []
    for name in each["next"]:
        key = name if name in keys else by_label.get(name)
        if key is None:
            problems.append(
                _wrong(f"states.{at}", f"“{zh}”之后的“{name}”不是这里的状态，先加上它",
                       f"“{name}” after “{zh}” is no state here; add it first")
            )  # fmt: skip
        elif key != keys[at] and key not in following:
            following.append(key)
    return {**state, "next": following}


def _demand_empty(gone: Sequence[Mapping[str, Any]], ground: Ground, problems: list[Problem]) -> None:
    """A state in which rows stand stays."""
    held = ground.standing([each["key"] for each in gone]) if gone else {}
    for each in gone:
        if many := held.get(each["key"]):
            problems.append(
                Problem(
                    "states",
                    "in_use",
                    f"“{each['zh']}”里还有 {many} 条，先把它们移到别的状态，再去掉它",
                    f"{many} records are in {each.get('en') or each['zh']}; move them to another state first",
                )
            )


def type_difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """What a document changes of its type, in both languages."""
    if "zh" not in after:
        return [], []
    if "zh" not in before:
        return [f"新建了“{after['zh']}”"], [f"made {after.get('en') or after['zh']}"]
    zh: list[str] = []
    en: list[str] = []
    if before["zh"] != after["zh"]:
        zh, en = [f"改名为“{after['zh']}”"], [f"renamed to {after.get('en') or after['zh']}"]
    old, new = ({each["key"]: each for each in body["states"]} for body in (before, after))
    parts = [
        ("加了状态", "added states", [new[key]["zh"] for key in new if key not in old]),
        ("去掉了状态", "removed states", [old[key]["zh"] for key in old if key not in new]),
        ("改了状态", "changed states", [new[key]["zh"] for key in new if key in old and new[key] != old[key]]),
    ]
    zh += [word + "、".join(f"“{each}”" for each in names) for word, _, names in parts if names]
    en += [f"{word} {', '.join(names)}" for _, word, names in parts if names]
    kept = [[key for key in each if key in old and key in new] for each in (old, new)]
    if kept[0] != kept[1]:
        zh, en = [*zh, "换了状态的顺序"], [*en, "moved states"]
    if before.get("customer") != after.get("customer"):
        word = {"required": ("客户必填", "a customer is required"), "optional": ("客户选填", "a customer is optional"),
                "none": ("不挂客户", "no customer")}[after["customer"]]  # fmt: skip
        zh, en = [*zh, word[0]], [*en, word[1]]
    if bool(before.get("retired")) != bool(after.get("retired")):
        zh = [*zh, "停用了" if after.get("retired") else "重新启用"]
        en = [*en, "put away" if after.get("retired") else "brought back"]
    return zh, en
