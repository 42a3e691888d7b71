"""Decisions on rows that wait: cells mended, rows skipped, merged or kept apart, one by one or all of a kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q

from genjin.door.change import Change
from genjin.exchange.knowing import known_of
from genjin.exchange.models import ImportLine, ImportRun
from genjin.exchange.own_columns import book_of
from genjin.exchange.reading import settle
from genjin.exchange.record_lines import judge_records, target_of
from genjin.exchange.rows import draft_entry
from genjin.exchange.stored import entry_of_line, reading_of
from genjin.exchange.verdicts import READY
from genjin.lib.errors import Invalid, NotFound
from genjin.quality.queries import standard_of

_ALIASES = {
    "customer": "customer.name",
    "contact": "contact.name",
    "contact_at": "followup.contact_at",
    "channel": "followup.channel",
    "summary": "followup.summary",
}


def decide(change: Change, run: ImportRun, rows: Sequence[Mapping[str, Any]], same_kind: str | None) -> int:
    """Apply decisions and judge the lines again; returns how many changed. Refuses rows that are not there."""
    lines: dict[int, ImportLine] = {}
    known = book_of(change.actor, target_of(run)).fields
    for said in rows:
        line = _line(run, said)
        _apply(line, said, known)
        lines[line.pk] = line
        if same_kind:
            for other in _same(run, line, said, same_kind, known):
                lines.setdefault(other.pk, other)
    _judge_again(change, run, list(lines.values()))
    return len(lines)


def _line(run: ImportRun, said: Mapping[str, Any]) -> ImportLine:
    found = run.lines.filter(sheet=said["sheet"], number=said["row"], part=said.get("part") or 0).first()
    if found is None:
        raise NotFound()
    if found.made:
        raise Invalid("这一行已经导入了", "This row has been taken over", field="rows")
    return found


def _apply(line: ImportLine, said: Mapping[str, Any], known: Collection[str]) -> None:
    decision = dict(line.decision)
    for name in ("skip", "separate", "merge_into"):
        if said.get(name) is not None:
            decision[name] = said[name]
    if said.get("skip") is None and (said.get("set") or said.get("separate") or said.get("merge_into")):
        decision.pop("skip", None)
    cells = {_slug(slug, known): text for slug, text in (said.get("set") or {}).items()}
    if cells:
        decision["set"] = {**decision.get("set", {}), **cells}
    line.decision = decision


def _slug(slug: str, known: Collection[str]) -> str:
    name = _ALIASES.get(slug, slug)
    if name not in known:
        raise Invalid(f"没有“{slug}”这个字段", "There is no such field", field="rows")
    return name


def _same(
    run: ImportRun, line: ImportLine, said: Mapping[str, Any], code: str, known: Collection[str]
) -> list[ImportLine]:
    """The other lines with the same trouble: each takes its own proposal, the same word the same answer."""
    found = []
    waiting = run.lines.filter(made={}).exclude(pk=line.pk).exclude(Q(verdict=READY) | Q(verdict="skipped"))
    for other in waiting.order_by("id"):
        problem = next((each for each in other.problems if each["code"] == code), None)
        if problem is None:
            continue
        answer = _answer(line, other, problem, said)
        if answer is not None:
            _apply(other, answer, known)
            found.append(other)
    return found


def _answer(
    line: ImportLine, other: ImportLine, problem: Mapping[str, Any], said: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    if said.get("skip"):
        return {"skip": True}
    if said.get("separate"):
        return {"separate": True}
    if said.get("merge_into"):
        return next((fix for fix in problem["fixes"] if "merge_into" in fix), None)
    field = problem["field"]
    if problem["code"] == "unknown-option":
        same = other.values["cells"].get(field) == line.values["cells"].get(field)
        return {"set": said.get("set")} if same else None
    return next((fix for fix in problem["fixes"] if "set" in fix), None)


def _judge_again(change: Change, run: ImportRun, lines: Sequence[ImportLine]) -> None:
    columns = ["verdict", "problems", "findings", "effect", "decision"]
    if target_of(run):
        judge_records(change, run, lines)
        ImportLine.objects.bulk_update(lines, columns, batch_size=500)
        return
    actor, standard = change.actor, standard_of(change.actor)
    local = change.now.astimezone(actor.zone).replace(tzinfo=None)
    sheets = {each["name"]: each for each in run.sheets}
    readings = {
        name: reading_of(sheet, [c for c in run.mapping if c["sheet"] == name]) for name, sheet in sheets.items()
    }
    found = []
    for line in lines:
        entry = entry_of_line(line)
        people = tuple(sheets[line.sheet]["people"])
        found.append((line, entry, draft_entry(entry, readings[line.sheet], standard, people, now=local)))
    known = known_of(actor, [draft for _, _, draft in found])
    _remember(run, known.seen, [draft.line_key for _, _, draft in found], {line.pk for line in lines})
    for line, entry, draft in found:
        settle(line, entry, readings[line.sheet], draft, known, standard, local)
    ImportLine.objects.bulk_update(lines, columns, batch_size=500)


def _remember(run: ImportRun, seen: dict[str, int], keys: Sequence[str], but: set[int]) -> None:
    """Lines of the same content that stand elsewhere in the file."""
    rows = run.lines.filter(effect__line__in=list(keys), verdict=READY).order_by("id")
    for pk, key, number in rows.values_list("pk", "effect__line", "number"):
        if pk not in but:
            seen.setdefault(key, number)
