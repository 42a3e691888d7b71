"""The templates of an organisation, and what a template still wants of a record."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.forms import reader_of
from genjin.access.visible import visible
from genjin.customers.fields import CONTACT, CUSTOMER
from genjin.customers.models import Contact, Customer
from genjin.followups.fields import FOLLOWUP
from genjin.followups.models import FollowUp, Template
from genjin.followups.rules import columns_of
from genjin.followups.schemas import FollowUpParts
from genjin.followups.templates import Condition, Layout, Section, applies, field_of, read_layout
from genjin.lib.blank import is_blank
from genjin.lib.errors import Invalid, NotFound
from genjin.schema.extra import is_own
from genjin.schema.judged import judged, wanting
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import shaped

_CURRENT: OrderedDict[tuple[int, int], dict[str, Layout]] = OrderedDict()
_VERSIONS: OrderedDict[int, Layout] = OrderedDict()
_MOST_CACHED = 2_000
#: Recent records looked at to find the template somebody used last.
_LATEST = 20


def forget() -> None:
    """Empty the caches (tests, whose ids come again)."""
    _CURRENT.clear()
    _VERSIONS.clear()


def current(org_id: int, config_version: int) -> dict[str, Layout]:
    """Key → the version in force, in the team's order; at most one query per configuration."""
    place = (org_id, config_version)
    if place not in _CURRENT:
        newest: dict[str, Template] = {}
        for row in Template.objects.filter(org_id=org_id).order_by("position", "id"):
            if row.key not in newest or newest[row.key].version < row.version:
                newest[row.key] = row
        _CURRENT[place] = {key: _layout(row) for key, row in newest.items()}
        if len(_CURRENT) > _MOST_CACHED:
            _CURRENT.popitem(last=False)
    return _CURRENT[place]


def _layout(row: Template) -> Layout:
    return read_layout(row.key, row.version, row.zh, row.en, row.body, pk=row.pk)


def layouts_of(actor: Actor) -> dict[str, Layout]:
    return current(actor.org_id, actor.config_version)


def choose(actor: Actor, key: str, kind: str) -> Layout:
    """The template asked for, else the one of the record's kind; `Invalid` for a key that is not there."""
    there = layouts_of(actor)
    if key:
        if key not in there:
            raise Invalid(f"没有“{key}”这个模板", f"There is no template “{key}”", field="template")
        return there[key]
    return next((each for each in there.values() if kind in each.kinds), next(iter(there.values())))


def written_with(record: FollowUp, actor: Actor) -> Layout:
    """The version a record was written with; for old and taken-over records the one of their kind."""
    if record.template_id is None:
        return choose(actor, "", record.kind)
    for each in layouts_of(actor).values():
        if each.id == record.template_id:
            return each
    if record.template_id not in _VERSIONS:
        _VERSIONS[record.template_id] = _layout(Template.objects.get(pk=record.template_id, org_id=record.org_id))
        if len(_VERSIONS) > _MOST_CACHED:
            _VERSIONS.popitem(last=False)
    return _VERSIONS[record.template_id]


def values_of(parts: FollowUpParts, customer: Customer | None, contact: Contact | None) -> dict[str, Any]:
    """Slug → value of a record still being written, the customer's and contact's fields with their prefix."""
    values = columns_of(parts)
    values["next_steps"] = [step.act for step in parts.next_steps] or parts.next_sentence
    values["files"] = [each.id for each in getattr(parts, "file_ids", [])]
    values["contacted_by"] = parts.contacted_by or True
    return values | _of(CUSTOMER, customer) | _of(CONTACT, contact)


def own_of(record: FollowUp) -> dict[str, Any]:
    """The team's own fields of a record, by key."""
    return {key: value for key, value in record.extra.items() if is_own(key)}


def _of(kind: RecordType, row: Any) -> dict[str, Any]:
    return {f"{kind.slug}.{each.slug}": value_of(each, row) if row is not None else None for each in kind.fields}


def value_of(field: Field, row: Any) -> Any:
    """The value of a field in its row: a range as {"low", "high"}."""
    if field.type == "money_range":
        return {"low": getattr(row, f"{field.db}_low"), "high": getattr(row, f"{field.db}_high")}
    return getattr(row, field.db)


def gaps_of(
    actor: Actor, layout: Layout, values: Mapping[str, Any], now: datetime
) -> tuple[frozenset[str], list[dict[str, Any]]]:
    """Conditions that hold, and a finding for every part that the template demands and that is blank.

    A field that the actor may not see or change is not asked of him.
    """
    holding = layout.holding(values, now.astimezone(actor.zone), actor.member_id)
    barred = actor.grants.fields.get("followup", {})
    gaps = [each for each in layout.gaps(values, holding) if each[1] not in barred]
    found = [_template_gap(actor, layout, *each) for each in gaps]
    told = {each["field"] for each in found}
    return holding, found + [each for each in _form_gaps(actor, values, now) if each["field"] not in told]


def _form_gaps(actor: Actor, values: Mapping[str, Any], now: datetime) -> list[dict[str, Any]]:
    """What the form of the team misses; what the code itself requires is judged by the rules of quality."""
    kind = shaped(actor, FOLLOWUP)
    if kind is FOLLOWUP:
        return []
    known = kind.known
    row = {slug: judged(known[slug], value) if slug in known else value for slug, value in values.items()}
    found = []
    for each in wanting(kind, row, reader_of(actor, now), actor.grants.fields.get("followup", {})):
        if each.code == "rule":
            field = known.get(each.field) or Field(each.field, "表单的规则", "Rule of the form", "text")
            why = ("你们的表单有这条规则", "A rule of your form")
            found.append({**_finding(field, why), "rule": "form-rule", "message": {"zh": each.zh, "en": each.en}})
        elif known[each.field].stored or not FOLLOWUP.by_slug[each.field].required:
            found.append(_finding(known[each.field], ("你们的表单要求填这一项", "Your form asks for it")))
    return found


def _template_gap(
    actor: Actor, layout: Layout, section: Section, slug: str, because: Condition | None
) -> dict[str, Any]:
    zh = because.zh if because else f"“{layout.zh}”的“{section.zh}”要有内容"
    en = because.en if because else f"“{layout.en}” needs something in “{section.en}”"
    return {**_finding(field_of(slug, actor), (zh, en)), "field": slug}


def _finding(field: Field, why: tuple[str, str]) -> dict[str, Any]:
    return {
        "rule": "template-part",
        "severity": "error",
        "field": field.slug,
        "field_zh": field.zh,
        "span": None,
        "message": {"zh": f"还没写“{field.zh}”", "en": f"{field.en} is missing"},
        "why": why[0],
        "example": "",
        "suggestion": {"zh": why[0], "en": why[1]},
        "fix": None,
    }


def new_gaps(
    actor: Actor, layout: Layout, before: Mapping[str, Any], after: Mapping[str, Any], now: datetime
) -> list[dict[str, Any]]:
    """What a change of a record would leave blank that was not blank (or not asked for) before."""
    _, old = gaps_of(actor, layout, before, now)
    _, new = gaps_of(actor, layout, after, now)
    known = [(each["field"], each["message"]) for each in old]
    return [each for each in new if (each["field"], each["message"]) not in known]


def listed(actor: Actor) -> dict[str, Any]:
    """Every template in force as the form draws it, and the one the actor used last (GET /templates)."""
    latest = (
        visible(actor, FollowUp)
        .filter(contacted_by_id=actor.member_id)
        .order_by("-contact_at")
        .values_list("template__key", flat=True)[:_LATEST]
    )
    hidden = {kind: actor.grants.fields.get(kind, {}) for kind in ("followup", "customer", "contact")}
    items = [layout_json(each, hidden) for each in layouts_of(actor).values()]
    return {"items": items, "last_used": next((key for key in latest if key), None)}


def layout_json(layout: Layout, hidden: Mapping[str, Mapping[str, str]] | None = None) -> dict[str, Any]:
    """A template with its parts; fields hidden from the reader are left out."""
    return {
        "id": layout.id,
        "key": layout.key,
        "version": layout.version,
        "zh": layout.zh,
        "en": layout.en,
        "kinds": list(layout.kinds),
        "conditions": {each.key: {"zh": each.zh, "en": each.en} for each in layout.conditions.values()},
        "sections": [_section_json(each, hidden or {}) for each in layout.sections],
    }


def _section_json(section: Section, hidden: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    parts = []
    for part in section.parts:
        slugs = [slug for slug in part.fields if not is_hidden(slug, hidden)]
        if slugs:
            parts.append(
                {
                    "fields": slugs,
                    "zh": part.zh,
                    "en": part.en,
                    "when": list(part.when),
                    "required": part.required,
                    "required_when": list(part.required_when),
                }
            )
    return {"key": section.key, "zh": section.zh, "en": section.en, "when": list(section.when), "parts": parts}


def is_hidden(slug: str, marks: Mapping[str, Mapping[str, str]]) -> bool:
    record, _, name = slug.rpartition(".")
    return marks.get(record or "followup", {}).get(name) == "hidden"


def versions(actor: Actor, key: str) -> list[dict[str, Any]]:
    """All versions of a template, newest first; `NotFound` when there is none of that key."""
    rows = Template.objects.filter(org_id=actor.org_id, key=key).order_by("-version").select_related("published_by")
    found = [
        {
            **layout_json(_layout(row)),
            "body": row.body,
            "published_at": row.published_at,
            "published_by": row.published_by.name if row.published_by else None,
        }
        for row in rows
    ]
    if not found:
        raise NotFound()
    return found


_OTHER = Section("other", "其他内容", "Other", ())
#: Told by the head of a record, never missing from its sections.
_OF_THE_HEAD = {"contact_id", "kind"}


def shown_parts(
    kind: RecordType, layout: Layout, holding: frozenset[str], values: Mapping[str, Any]
) -> Sequence[tuple[Section, Sequence[str]]]:
    """Sections with the fields that apply, in order; what was written stays, also where it no longer
    applies. What the template has no place for stands below under the team's own groups, as its form asks it, and what
    is in none of them at the end."""
    shown: list[tuple[Section, Sequence[str]]] = []
    for section in layout.sections:
        whole = applies(section.when, holding)
        slugs = [
            slug
            for part in section.parts
            for slug in part.fields
            if (whole and applies(part.when, holding)) or not is_blank(values.get(slug))
        ]
        if whole or slugs:
            shown.append((section, slugs))
    placed = {slug for _, part in layout.parts() for slug in part.fields} | _OF_THE_HEAD
    groups = {each["key"]: Section(each["key"], each["zh"], each["en"], ()) for each in kind.groups}
    rest: dict[str, list[str]] = {}
    for each in kind.fields:
        if each.slug not in placed and not each.read_only and not is_blank(values.get(each.slug)):
            rest.setdefault(each.group if each.group in groups else _OTHER.key, []).append(each.slug)
    other = [(_OTHER, rest.pop(_OTHER.key))] if _OTHER.key in rest else []
    return [*shown, *((groups[key], slugs) for key, slugs in rest.items()), *other]


def record_values(record: FollowUp) -> dict[str, Any]:
    """Slug → value of a stored record with its customer and contact; steps and files are rows of their own."""
    own = {each.slug: value_of(each, record) for each in FOLLOWUP.fields if each.slug not in ("next_steps", "files")}
    values = own | own_of(record) | _of(CUSTOMER, record.customer) | _of(CONTACT, record.contact)
    # Where the customer stood when it was written.
    values["customer.life_cycle"] = record.life_cycle_then or values["customer.life_cycle"]
    values["customer.stage"] = record.stage_then or values["customer.stage"]
    return values
