"""One record as its template lays it out: sections, labels and texts. Page, print and PDF read this."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from genjin.access.actor import Actor
from genjin.access.fields import covered, reads
from genjin.access.lookups import Looked, looked_up
from genjin.access.own import Names as Pointed
from genjin.access.own import names_in, own_fields
from genjin.access.visible import visible
from genjin.customers.models import Contact
from genjin.followups.fields import FOLLOWUP
from genjin.followups.layouts import is_hidden, record_values, shown_parts, written_with
from genjin.followups.models import FollowUp
from genjin.followups.rules import only_quotes
from genjin.followups.templates import field_of
from genjin.lib import moment
from genjin.lib.blank import is_blank
from genjin.lib.date_words import day_words, time_words
from genjin.lib.money_words import yuan, yuan_range
from genjin.orgs.models import Membership
from genjin.schema.own_words import own_words
from genjin.schema.queries import Options, label, options_of
from genjin.schema.registry import Field
from genjin.schema.shapes import shaped

Words = dict[str, list[str]]
_MARKED = ("followup", "customer", "contact")
#: Numbers from 0 to 100 that are read as a share.
_PERCENT = {"probability"}


@dataclass(frozen=True)
class Reading:
    """What turning values into texts needs: options, zone, names of people on both sides."""

    options: Options
    zone: Any
    people: Mapping[int, str]
    contacts: Mapping[int, str]
    #: Names of what own fields point to.
    pointed: Pointed = field(default_factory=dict)
    #: Id of a record → what its look-ups show.
    looked: Mapping[int, Mapping[str, Looked | None]] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The present year, which dates leave unsaid."""
        return moment.now().astimezone(self.zone).year


def reading_of(actor: Actor, records: Sequence[FollowUp]) -> Reading:
    """Options and the names of everybody who took part in these records; at most two statements."""
    ours = {each for record in records for each in record.participants_ours}
    theirs = {each for record in records for each in record.participants_theirs}
    people: Mapping[int, str] = {}
    contacts: Mapping[int, str] = {}
    if ours:
        people = dict(Membership.objects.filter(org_id=actor.org_id, pk__in=ours).values_list("id", "name"))
    if theirs:
        contacts = dict(visible(actor, Contact).filter(pk__in=theirs).values_list("id", "name"))
    extras = [record.extra for record in records]
    fields = own_fields(actor, "followup")
    lookups = [each for each in fields if not each.kept]
    looked = looked_up(actor, "followup", lookups, extras, [each.customer_id for each in records]) if lookups else []
    shown = [each for row in looked for each in row.values() if each is not None]
    pointed = names_in(
        actor,
        [*fields, *(each.field for each in shown)],
        [*extras, *({each.field.slug: each.value} for each in shown)],
    )
    rows = {record.pk: row for record, row in zip(records, looked, strict=False)}
    return Reading(options_of(actor.org_id, actor.config_version), actor.zone, people, contacts, pointed, rows)


def sheet(
    actor: Actor,
    record: FollowUp,
    reading: Reading,
    *,
    steps: Sequence[Mapping[str, Any]],
    files: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """The record under the template version it was written with (R-018, R-019).

    {"template": {"key", "version", "zh", "en"}, "sections": [{"key", "zh", "en", "always", "fields": [{"slug",
    "zh", "en", "type", "text": {"zh": [lines], "en": [lines]}, "blocks": tree when there is one}]}]}. Hidden
    fields are not there, masked ones are masked. `always`: the section is shown also when it is blank.
    """
    layout = written_with(record, actor)
    values = {
        **record_values(record),
        "quotes": _further_quotes(record),
        "next_steps": steps or record.next_plan,
        "files": files,
        **{slug: each.value for slug, each in reading.looked.get(record.pk, {}).items() if each is not None},
    }
    if not reads(actor, "followup.summary") and only_quotes(record.feedback):
        values["feedback"] = ""
    marks = {kind: actor.grants.fields.get(kind, {}) for kind in _MARKED}
    holding = layout.holding(values, record.entered_at.astimezone(actor.zone), actor.member_id)
    head = {"key": layout.key, "version": layout.version, "zh": layout.zh, "en": layout.en}
    sections = []
    kind = shaped(actor, FOLLOWUP)
    for section, slugs in shown_parts(kind, layout, holding, values):
        fields = [
            _entry(field_of(slug, actor), slug, values, marks, reading, record)
            for slug in slugs
            if not is_hidden(slug, marks)
        ]
        if fields:
            # A report is read as a whole: each of its sections stands, filled or not.
            always = bool(layout.protected)
            head_of = {"key": section.key, "zh": section.zh, "en": section.en, "always": always}
            sections.append({**head_of, "fields": fields})
    return {"template": head, "sections": sections}


def _further_quotes(record: FollowUp) -> list[str]:
    """The customer's words that are not read in the content or the feedback anyway."""
    return [each for each in record.quotes if each not in record.summary and each not in record.feedback]


def _entry(
    field: Field,
    slug: str,
    values: Mapping[str, Any],
    marks: Mapping[str, Mapping[str, str]],
    reading: Reading,
    record: FollowUp,
) -> dict[str, Any]:
    name, _, own = slug.rpartition(".")
    masked = marks[name or "followup"].get(own) == "masked"
    text = {"zh": [], "en": []} if is_blank(values.get(slug)) else text_of(field, values[slug], reading, record)
    if masked:
        text = {language: [covered(field, line) for line in lines] for language, lines in text.items()}
    entry = {"slug": slug, "zh": field.zh, "en": field.en, "type": field.type, "text": text}
    if field.type == "rich" and not masked and (told := values.get(slug)) and told["blocks"]:
        entry["blocks"] = told["blocks"]
    if field.type == "richtext" and not masked and (tree := getattr(record, field.blocks)):
        entry["blocks"] = tree
    return entry


def text_of(field: Field, value: Any, reading: Reading, record: Any) -> Words:
    """A value as lines in both languages; `record` gives currency and precision."""
    if not field.kept and (found := reading.looked.get(record.pk, {}).get(field.slug)) is not None:
        field = found.field
    if field.stored:
        return _both(*own_words(field, value, reading.options, reading.zone, reading.pointed.get(field.pointed, {})))
    if field.type == "option" and field.options:
        return _both(label(reading.options, field.options, value), label(reading.options, field.options, value, "en"))
    if field.slug in _PERCENT:
        return _same([f"{value}%"])
    made = _WRITERS.get(field.type)
    if made is not None:
        return made(value, reading, record)
    return _both(str(value), str(value))


def _both(zh: str, en: str) -> Words:
    return {"zh": [zh], "en": [en]}


def _same(lines: Sequence[str]) -> Words:
    return {"zh": list(lines), "en": list(lines)}


def _when(at: datetime, reading: Reading, precision: str) -> tuple[str, str]:
    return time_words(at.astimezone(reading.zone), precision, reading.year)


def _kind(list_name: str, one: Mapping[str, Any], reading: Reading, language: str, rest: str) -> str:
    mark = "：" if language == "zh" else ": "
    return f"{label(reading.options, list_name, one.get('kind', 'other'), language)}{mark}{rest}"


def _needs(value: Any, reading: Reading, record: FollowUp) -> Words:
    return {
        language: [_kind("need_kind", each, reading, language, each.get("text", "")) for each in value]
        for language in ("zh", "en")
    }


def _objections(value: Any, reading: Reading, record: FollowUp) -> Words:
    def line(each: Mapping[str, Any], language: str) -> str:
        answer = each.get("answer")
        rest = f"{each.get('text', '')}{f' → {answer}' if answer else ''}"
        return _kind("objection_kind", each, reading, language, rest)

    return {language: [line(each, language) for each in value] for language in ("zh", "en")}


def _questions(value: Any, reading: Reading, record: FollowUp) -> Words:
    zh = [f"问：{each.get('q', '')}" + (f"　答：{each['a']}" if each.get("a") else "") for each in value]
    en = [f"Q: {each.get('q', '')}" + (f"  A: {each['a']}" if each.get("a") else "") for each in value]
    return {"zh": zh, "en": en}


def _steps(value: Any, reading: Reading, record: FollowUp) -> Words:
    """Act, person, deadline, goal; a step that is done says so."""
    if isinstance(value, str):
        return _same([value])

    def line(each: Mapping[str, Any], language: str) -> str:
        who = (each.get("owner") or each.get("department") or {}).get("name", "")
        at, precision = each["due_at"], each.get("precision", "minute")
        due = _when(at, reading, precision)[language == "en"] if at else ""
        done = ("已完成" if language == "zh" else "done") if each.get("state") == "done" else ""
        return " · ".join(part for part in (each["act"], who, due, each.get("goal") or "", done) if part)

    return {language: [line(each, language) for each in value] for language in ("zh", "en")}


def _files(value: Any, reading: Reading, record: FollowUp) -> Words:
    """By type, so that contracts stand together (R-008)."""
    order = list(reading.options.get("file_kind", {}))
    ranked = sorted(value, key=lambda each: order.index(each["kind"]) if each["kind"] in order else len(order))
    return {
        language: [_kind("file_kind", each, reading, language, each["name"]) for each in ranked]
        for language in ("zh", "en")
    }


def _money(value: int, reading: Reading, record: FollowUp) -> Words:
    return _both(yuan(value, record.currency), yuan(value, record.currency, "en"))


def _range(value: Mapping[str, int | None], reading: Reading, record: FollowUp) -> Words:
    return _both(yuan_range(value["low"], value["high"]), yuan_range(value["low"], value["high"], "en"))


def _date(value: date, reading: Reading, record: FollowUp) -> Words:
    return _both(*day_words(value, reading.year))


def _people(found: Mapping[int, str], value: Any) -> Words:
    names = [found[each] for each in value if each in found]
    return _both("、".join(names), ", ".join(names)) if names else _same([])


_WRITERS: dict[str, Callable[[Any, Reading, FollowUp], Words]] = {
    "datetime": lambda value, reading, record: _both(*_when(value, reading, record.precision)),
    "date": _date,
    "money": _money,
    "money_range": _range,
    "rating": lambda value, reading, record: _same([f"{value} / 5"]),
    "needs": _needs,
    "objections": _objections,
    "qa": _questions,
    "risks": lambda value, reading, record: _same([each for each in value if each.strip()]),
    "quotes": lambda value, reading, record: _same([f"“{each.strip('“”')}”" for each in value]),
    "tags": lambda value, reading, record: _both("、".join(value), ", ".join(value)),
    "steps": _steps,
    "files": _files,
    "members": lambda value, reading, record: _people(reading.people, value),
    "contacts": lambda value, reading, record: _people(reading.contacts, value),
    "member": lambda value, reading, record: _same([record.contacted_by.name] if record.contacted_by else []),
    "department": lambda value, reading, record: _same([record.department.name] if record.department else []),
    "bool": lambda value, reading, record: _both("是" if value else "否", "Yes" if value else "No"),
}


def entry_delay(record: FollowUp) -> int | None:
    """Minutes from the contact to the entry; None for a day without a clock and for old records."""
    if record.historical or record.precision == "day":
        return None
    return max(0, (record.entered_at - record.contact_at) // timedelta(minutes=1))
