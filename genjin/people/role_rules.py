"""Rules of roles: what one may say, who may say it, and what a change means for whom. No statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from genjin.access.actor import Actor, Grants, matches
from genjin.door.action import VERBS
from genjin.lib.errors import Forbidden, Invalid
from genjin.people.role_catalogue import (
    ACTS,
    MACHINE,
    MARKS,
    SCOPES,
    SUBJECTS,
    WHOLE,
    ScopedType,
    limited_fields,
    marks_of,
    scoped_types,
)
from genjin.people.rules import may_hand_out
from genjin.schema.extra import is_own
from genjin.schema.shapes import Whose, shaped

Said = tuple[list[str], list[str]]
#: Whoever may do both can give and take every right; somebody must be left who can.
ADMINISTERS = ("role.update", "member.update")
_COVERS = {"all": frozenset(SCOPES), "subtree": frozenset({"subtree", "department"})}
_MOST_NAMED = 3


def clean_verbs(verbs: Sequence[str]) -> list[str]:
    """Verb names, `customer.*` for a subject, `*` for all, without what a pattern covers; refuses what there is not."""
    wanted = list(dict.fromkeys(verbs))
    for name in wanted:
        subject, _, rest = name.partition(".")
        known = name == "*" or (subject in SUBJECTS and (rest == "*" or (name in VERBS and name not in MACHINE)))
        if not known:
            raise Invalid(f"没有“{name}”这个操作", f"There is no verb “{name}”", field="verbs")
        if subject in WHOLE and rest != "*":
            zh, en = SUBJECTS[subject]
            raise Invalid(f"“{zh}”只能整个给或不给", f"{en} is given as a whole or not at all", field="verbs")
    if "*" in wanted:
        return ["*"]
    patterns = frozenset(name for name in wanted if name.endswith(".*"))
    return [name for name in wanted if name in patterns or not matches(name, patterns)]


def clean_scopes(
    known: Mapping[str, ScopedType], scopes: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, dict[str, list[str]]]:
    """Every type and act with the rows it reaches; refuses unknown ones, and more to change than to see. `known`:
    the `scoped_types` of the team."""
    for slug in scopes:
        if slug not in known:
            raise Invalid(f"“{slug}”没有可以选的范围", f"There is no scope for “{slug}”", field="scopes")
    found: dict[str, dict[str, list[str]]] = {}
    for slug, each in known.items():
        sent = scopes.get(slug, {})
        for act in sent:
            if act not in each.acts:
                raise Invalid(f"“{each.kind.zh}”没有“{act}”这一项", f"{each.kind.en} has no “{act}”", field="scopes")
        acts = {act: _clean_names(each.kind.zh, each.kind.en, sent.get(act, ()), each.scopes) for act in each.acts}
        for act in each.acts[1:]:
            beyond = _reach(acts[act]) - _reach(acts["see"])
            if beyond:
                raise Invalid(
                    f"{each.kind.zh}：“{ACTS[act][0]}”比“能看”的多（{SCOPES[min(beyond)][0]}），先让他看得到",
                    f"{each.kind.en}: {ACTS[act][1].lower()} reaches further than seeing",
                    field="scopes",
                )
        found[slug] = acts
    return found


def _clean_names(zh: str, en: str, names: Sequence[str], known: Sequence[str]) -> list[str]:
    for name in names:
        if name not in known:
            raise Invalid(f"“{zh}”没有“{name}”这个范围", f"{en} has no scope “{name}”", field="scopes")
    covered = {less for name in names for less in _COVERS.get(name, frozenset()) if less != name}
    return [name for name in SCOPES if name in names and name not in covered]


def _reach(names: Iterable[str]) -> set[str]:
    return {each for name in names for each in _COVERS.get(name, frozenset({name}))}


def clean_fields(whose: Whose, fields: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Marks of fields; refuses unknown types and fields, names of rows, and marks a field cannot have."""
    found: dict[str, dict[str, str]] = {}
    for kind, marks in fields.items():
        known = limited_fields(whose, kind)
        if not known:
            raise Invalid(f"“{kind}”的字段不能限制", f"The fields of “{kind}” cannot be limited", field="fields")
        for slug, mark in marks.items():
            field = known.get(slug)
            if field is None and is_own(slug):
                continue  # gone with its field
            if field is None:
                raise Invalid(
                    f"{shaped(whose, kind).zh}没有可以限制的字段“{slug}”",
                    f"{shaped(whose, kind).en} has no field “{slug}” to limit",
                    field="fields",
                )
            if mark and mark not in marks_of(field):
                word = MARKS.get(mark, (mark, mark))
                raise Invalid(f"“{field.zh}”不能设成{word[0]}", f"{field.en} cannot be {word[1]}", field="fields")
            if mark:
                found.setdefault(kind, {})[slug] = mark
    return found


def demand_no_more_than(actor: Actor, zh: str, verbs: Sequence[str], scopes: Any, fields: Any) -> None:
    """Nobody writes a role that may do, see or read more than he does; patterns count for what they will cover."""
    named = [each for each in verbs if not actor.may(each)]
    names = [each for each in VERBS if matches(each, frozenset(verbs))]
    if named or not may_hand_out(actor, names, scopes, fields):
        beyond = next((VERBS[each].zh for each in names if not actor.may(each)), "")
        what = f"“{beyond}”" if beyond else "更大的范围或更多的字段"
        raise Forbidden(
            f"“{zh}”里有{what}，你自己没有，不能给别人", "The role would hold more than you do", field="verbs"
        )


def administers(held: Iterable[tuple[int, Any]]) -> bool:
    """Is there somebody among (member, verbs of one of his roles) who may change rights?"""
    by_member: dict[int, set[str]] = {}
    for member, verbs in held:
        by_member.setdefault(member, set()).update(each for each in verbs if isinstance(each, str))
    return any(all(matches(verb, frozenset(own)) for verb in ADMINISTERS) for own in by_member.values())


def difference(whose: Whose, before: Grants, after: Grants) -> Said:
    """What somebody gains and loses, in words; empty when nothing changes for him."""
    zh, en = _verbs_moved(before, after)
    for slug, each in scoped_types(whose).items():
        for act in each.acts:
            old, new = before.scope(slug, act), after.scope(slug, act)
            if _reach(old) != _reach(new):
                zh.append(f"{ACTS[act][0]}的{each.kind.zh}：{_rows(old, 0)}改为{_rows(new, 0)}")
                en.append(f"{ACTS[act][1].lower()} {each.kind.en}s: {_rows(old, 1)} → {_rows(new, 1)}")
    kinds = {**before.fields, **after.fields}
    for kind in kinds:
        for slug, field in limited_fields(whose, kind).items():
            was, is_ = (grants.fields.get(kind, {}).get(slug, "") for grants in (before, after))
            if was != is_:
                zh.append(f"{shaped(whose, kind).zh}的“{field.zh}”{MARKS[is_][0]}")
                en.append(f"{shaped(whose, kind).en} {field.en.lower()}: {MARKS[is_][1]}")
    return zh, en


def _verbs_moved(before: Grants, after: Grants) -> Said:
    had, has = ({name for name in VERBS if matches(name, each.verbs)} for each in (before, after))
    zh, en = [], []
    for names, word, word_en in ((has - had, "多了", "gain "), (had - has, "少了", "lose ")):
        moved = [VERBS[name] for name in VERBS if name in names and name not in MACHINE]
        if moved:
            more, more_en = (f"等 {len(moved)} 项", f" and {len(moved) - 4} more") if len(moved) > 4 else ("", "")
            zh.append(word + "、".join(each.zh for each in moved[:4]) + more)
            en.append(word_en + ", ".join(each.en for each in moved[:4]) + more_en)
    return zh, en


def _rows(names: Iterable[str], language: int) -> str:
    held = _clean_names("", "", list(names), tuple(SCOPES))
    none = ("没有", "none")[language]
    return ("、", ", ")[language].join(SCOPES[name][language] for name in held) or none


def people(names: Sequence[str]) -> tuple[str, str]:
    """3 人（李晓婷、王志远、陈默）: how many and who first, in both languages."""
    few, more = names[:_MOST_NAMED], len(names) > _MOST_NAMED
    zh = f"{len(names)} 人（{'、'.join(few)}{'等' if more else ''}）"
    return zh, f"{len(names)} people ({', '.join(few)}{', …' if more else ''})"


def sentence(said: Said, affected: Sequence[str], untouched: int) -> dict[str, str]:
    """What the change means for whom, in one sentence."""
    if not affected:
        if untouched:
            return {"zh": f"用这个角色的 {untouched} 人权限都不变", "en": f"Nothing changes for its {untouched} people"}
        return {
            "zh": "现在没有人用这个角色，保存后谁的权限都不变",
            "en": "Nobody holds this role; nothing changes for anyone",
        }
    zh, en = people(affected)
    rest = f"；另外 {untouched} 人有别的角色，不受影响" if untouched else ""
    rest_en = f"; {untouched} more keep their rights by other roles" if untouched else ""
    return {"zh": f"{zh}：{'；'.join(said[0])}{rest}", "en": f"{en}: {'; '.join(said[1])}{rest_en}"}
