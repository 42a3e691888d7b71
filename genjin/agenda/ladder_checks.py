"""What is wrong with the rules of ladders, and each of them in a sentence. No statements but for `ground_of`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genjin.access.actor import Actor
from genjin.access.models import Grant, Role
from genjin.agenda.ladder_rules import BASES, FOR, ROLE
from genjin.agenda.ladder_settings import KINDS, NODE
from genjin.lib.errors import Invalid, Problem
from genjin.schema.queries import Options, options_of

#: Clock → about how many hours, to compare rungs of different clocks.
_HOURS = {"hours": 1, "workhours": 1, "days": 24, "workdays": 24}
_LISTS = {"classes": ("intent_class", "等级", "class"), "sources": ("source", "来源", "source"),
          "nodes": ("stage", "节点", "node")}  # fmt: skip
#: What higher folders know: has the team a place that a rung needs? `fn(org_id) -> bool` by deed.
NEEDS: dict[str, tuple[Callable[[int], bool], tuple[str, str]]] = {}


def needs(deed: str, zh: str, en: str) -> Callable[[Callable[[int], bool]], Callable[[int], bool]]:
    """Register what there must be before a rung may do this."""

    def register(fn: Callable[[int], bool]) -> Callable[[int], bool]:
        NEEDS[deed] = (fn, (zh, en))
        return fn

    return register


@dataclass(frozen=True)
class Ground:
    """Options, roles (key → both names; `held` by somebody active), deeds for which something is lacking → its
    words."""

    options: Options
    roles: Mapping[str, tuple[str, str]]
    held: frozenset[str]
    lacking: Mapping[str, tuple[str, str]]


def ground_of(actor: Actor) -> Ground:
    roles = Role.objects.filter(org_id=actor.org_id).order_by("position", "id").values_list("key", "zh", "en")
    held = Grant.objects.filter(org_id=actor.org_id, member__active=True).values_list("role__key", flat=True)
    lacking = {deed: said for deed, (fn, said) in NEEDS.items() if not fn(actor.org_id)}
    options = options_of(actor.org_id, actor.config_version)
    return Ground(options, {key: (zh, en) for key, zh, en in roles}, frozenset(held), lacking)


def problems_of(rules: Sequence[Mapping[str, Any]], ground: Ground, *, people: bool = True) -> list[Problem]:
    """Everything that is wrong, by place; `people`: must somebody hold the roles already?"""
    return [problem for at, rule in enumerate(rules) for problem in _of_rule(at, rule, ground, people)]


def refuse(found: Sequence[Problem]) -> None:
    if found:
        more = f"（共 {len(found)} 处）" if len(found) > 1 else ""
        raise Invalid(f"{found[0].zh}{more}", found[0].en, field=found[0].field, problems=tuple(found))


def _of_rule(at: int, rule: Mapping[str, Any], ground: Ground, people: bool) -> Iterator[Problem]:
    zh, en, place = f"第 {at + 1} 条", f"Rule {at + 1}", f"rules.{at}"
    if rule["kind"] not in KINDS:
        yield Problem(f"{place}.kind", "kind", f"{zh}：没有“{rule['kind']}”这种待办", f"{en}: no such kind of to-do")
    for name, (options, word, word_en) in _LISTS.items():
        for key in rule[name]:
            choice = ground.options.get(options, {}).get(key)
            if choice is None or choice.retired:
                said, said_en = (choice.zh, choice.en) if choice else (key, key)
                yield Problem(f"{place}.{name}", "option", f"{zh}：没有“{said}”这个{word}，或者已停用",
                              f"{en}: “{said_en}” is no {word_en}, or is retired")  # fmt: skip
    if rule["nodes"] and rule["kind"] != NODE:
        yield Problem(f"{place}.nodes", "nodes", f"{zh}：只有流程节点的待办能按节点分", f"{en}: only nodes go by node")
    if not rule["rungs"]:
        yield Problem(f"{place}.rungs", "rungs", f"{zh}：至少要有一级", f"{en}: at least one rung")
    yield from _rungs(place, zh, en, rule["rungs"], ground, people)


def _rungs(
    place: str, zh: str, en: str, rungs: Sequence[Mapping[str, Any]], ground: Ground, people: bool
) -> Iterator[Problem]:
    before: tuple[int, float] | None = None
    for number, rung in enumerate(rungs):
        spot, said, told = f"{place}.rungs.{number}", f"{zh}第 {number + 1} 级", f"{en}, rung {number + 1}"
        if rung["clock"] in ("days", "workdays") and rung["amount"] != int(rung["amount"]):
            yield Problem(spot, "amount", f"{said}：按天算的要填整数", f"{told}: days are whole numbers")
        if rung["from"] != "due" and not rung["amount"]:
            yield Problem(spot, "amount", f"{said}：写明开始后或到期前多久", f"{told}: say how long after or before")
        moment = _moment(rung)
        if before is not None and moment < before:
            yield Problem(spot, "order", f"{said}比上一级早，按先后排", f"{told} comes before the one above it")
        before = moment
        yield from _whom(spot, said, told, rung["to"], ground, people)
        if rung["do"] in ground.lacking:
            lack, lack_en = ground.lacking[rung["do"]]
            yield Problem(spot, "pool", f"{said}：{lack}", f"{told}: {lack_en}")


def _moment(rung: Mapping[str, Any]) -> tuple[int, float]:
    """What rungs are put in order by: the base, then how far from it."""
    far = rung["amount"] * _HOURS[rung["clock"]]
    return BASES.index(rung["from"]), -far if rung["from"] == "before" else far


def _whom(spot: str, said: str, told: str, to: str, ground: Ground, people: bool) -> Iterator[Problem]:
    if not to.startswith(ROLE):
        if to not in FOR:
            yield Problem(spot, "to", f"{said}：不认识“{to}”", f"{told}: “{to}” is nobody")
        return
    key = to.removeprefix(ROLE)
    if key not in ground.roles:
        yield Problem(spot, "to", f"{said}：没有“{key}”这个角色", f"{told}: there is no role “{key}”")
    elif people and key not in ground.held:
        zh, en = ground.roles[key]
        yield Problem(spot, "to", f"{said}：角色“{zh}”现在没有人担任", f"{told}: nobody holds the role “{en}”")


_UNITS = {"hours": ("小时", "h"), "workhours": ("个工作小时", "working h"), "days": ("天", "days"),
          "workdays": ("个工作日", "working days")}  # fmt: skip
_TO = {"owner": ("负责人", "the owner"), "department": ("被问的部门", "the department that was asked"),
       "superior": ("主管", "the superior"), "head": ("上一级主管", "the next superior")}  # fmt: skip
_DO = {"remind": ("提醒{}", "remind {}"), "alert": ("告诉{}已逾期", "tell {} that it is late"),
       "copy": ("抄送{}", "copy {}"), "reassign": ("交给{}改派", "let {} reassign it"),
       "pool": ("回公海", "back to the pool")}  # fmt: skip


def sentence(rule: Mapping[str, Any], ground: Ground) -> dict[str, str]:
    """A 类客户 · 流程节点：到期前 1 天提醒负责人 → 到期告诉负责人已逾期 → …"""
    zh, en = KINDS.get(rule["kind"], (rule["kind"], rule["kind"]))
    whose = [_choices(rule[name], ground.options.get(options, {})) for name, (options, *_) in _LISTS.items()]
    tails = (("客户", "customers"), ("来源", "source"), ("节点", "node"))
    said = [f"{names[0]}{'' if tail[0] == '客户' and not names[0] else tail[0]}"
            for names, tail in zip(whose, tails, strict=True) if names[0]]  # fmt: skip
    told = [f"{tail[1]} {names[1]}" for names, tail in zip(whose, tails, strict=True) if names[1]]
    rungs = [_rung(each, ground) for each in rule["rungs"]]
    return {
        "zh": f"{'、'.join(said) or '所有客户'} · {zh}：{' → '.join(each[0] for each in rungs)}",
        "en": f"{en}, {', '.join(told) or 'all customers'}: {' → '.join(each[1] for each in rungs)}",
    }


def _choices(keys: Sequence[str], choices: Mapping[str, Any]) -> tuple[str, str]:
    known = [choices[key] for key in keys if key in choices]
    return "、".join(each.zh for each in known), "/".join(each.en for each in known)


def _rung(rung: Mapping[str, Any], ground: Ground) -> tuple[str, str]:
    unit, unit_en = _UNITS[rung["clock"]]
    amount = f"{rung['amount']:g}"
    unit_en = unit_en.removesuffix("s") if amount == "1" else unit_en
    key = rung["to"].removeprefix(ROLE)
    to = _TO.get(rung["to"]) or ground.roles.get(key, (key, key))
    when = {"enter": f"开始 {amount} {unit}后", "before": f"到期前 {amount} {unit}", "due": f"超 {amount} {unit}"}
    when_en = {"enter": f"{amount} {unit_en} after the start", "before": f"{amount} {unit_en} before it is due",
               "due": f"{amount} {unit_en} late"}  # fmt: skip
    now = rung["from"] == "due" and not rung["amount"]
    do, do_en = _DO[rung["do"]]
    return (f"{'到期' if now else when[rung['from']]}{do.format(to[0])}",
            f"{'when due' if now else when_en[rung['from']]} {do_en.format(to[1])}")  # fmt: skip
