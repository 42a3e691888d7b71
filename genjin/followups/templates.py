"""A template read from its stored body: sections in order, parts over the field list, conditions. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from genjin.customers.fields import CONTACT, CUSTOMER
from genjin.followups.fields import FOLLOWUP, SLUGS
from genjin.lib.blank import is_blank
from genjin.lib.errors import Invalid
from genjin.lib.filters import Expression, FilterError, Kind, judge, parse
from genjin.schema.registry import Field
from genjin.schema.shapes import Whose, shaped
from genjin.schema.sql import filterable

_RECORDS = {"customer": CUSTOMER, "contact": CONTACT}
#: The rule engine asks for these itself (R-020); a template only says where they stand.
OF_THE_STANDARD = frozenset(SLUGS.values()) | {"customer.name", "contact.name"}


@dataclass(frozen=True, slots=True)
class Condition:
    """When something applies, and the sentence that says why it is asked for."""

    key: str
    zh: str
    en: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Part:
    """One field, or several under one label. `when`: conditions of which one must hold; empty = always."""

    fields: tuple[str, ...]
    zh: str
    en: str
    when: tuple[str, ...] = ()
    required: bool = False
    required_when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    zh: str
    en: str
    parts: tuple[Part, ...]
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One version of one template, ready to be judged and drawn."""

    id: int
    key: str
    version: int
    zh: str
    en: str
    kinds: tuple[str, ...]
    protected: tuple[str, ...]
    conditions: Mapping[str, Condition]
    sections: tuple[Section, ...]

    def parts(self) -> Iterator[tuple[Section, Part]]:
        for section in self.sections:
            for part in section.parts:
                yield section, part

    def holding(self, row: Mapping[str, Any], now: datetime, me: int | None) -> frozenset[str]:
        """Keys of the conditions that hold for a record (slug → value, the customer's as customer.…)."""
        return frozenset(each.key for each in self.conditions.values() if judge(each.expression, row, now, me))

    def gaps(self, row: Mapping[str, Any], holding: frozenset[str]) -> list[tuple[Section, str, Condition | None]]:
        """Fields that this template demands and that are blank, in order, each with the condition behind it."""
        found: list[tuple[Section, str, Condition | None]] = []
        for section, part in self.parts():
            if not applies(section.when, holding) or not applies(part.when, holding):
                continue
            asked = part.required or bool(holding.intersection(part.required_when))
            if not asked or all(slug in OF_THE_STANDARD for slug in part.fields):
                continue
            because = next((key for key in (*part.required_when, *part.when, *section.when) if key in holding), None)
            found += [
                (section, slug, self.conditions[because] if because else None)
                for slug in part.fields
                if is_blank(row.get(slug))
            ]
        return found


def applies(when: tuple[str, ...], holding: frozenset[str]) -> bool:
    return not when or bool(holding.intersection(when))


def field_of(slug: str, whose: Whose | None = None) -> Field:
    """The field that a template's slug names, also of the customer or contact, as the code has it or as a team has
    shaped it; `KeyError` when there is none."""
    record, _, name = slug.rpartition(".")
    kind = _RECORDS[record] if record else FOLLOWUP
    return (shaped(whose, kind) if whose else kind).known[name]


def judged_fields() -> dict[str, Kind]:
    """What a condition may look at: filterable fields of the record that people fill in, and the customer's."""
    own = {slug: kind for slug, kind in filterable(FOLLOWUP).items() if not FOLLOWUP.by_slug[slug].read_only}
    return own | {f"customer.{slug}": kind for slug, kind in filterable(CUSTOMER).items()}


def read_layout(key: str, version: int, zh: str, en: str, body: Mapping[str, Any], *, pk: int = 0) -> Layout:
    """The layout of a stored or proposed body.

    Raises `Invalid` naming the place (`sections.2.parts.0`) for an unknown field or condition, a field that
    stands twice, a filter that cannot be read, or a section without parts.
    """
    conditions = {name: _condition(name, raw) for name, raw in body.get("conditions", {}).items()}
    sections = tuple(_section(f"sections.{at}", raw, conditions) for at, raw in enumerate(body.get("sections", ())))
    if not sections:
        raise Invalid("模板至少要有一节", "A template needs at least one section", field="sections")
    _demand_once("sections", [section.key for section in sections])
    slugs = [slug for section in sections for part in section.parts for slug in part.fields]
    _demand_once("sections", slugs)
    kinds, protected = tuple(body.get("kinds", ())), tuple(body.get("protected", ()))
    return Layout(pk, key, version, zh, en, kinds, protected, conditions, sections)


def _demand_once(place: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise Invalid(f"“{name}”在模板里出现了两次", f"“{name}” stands in the template twice", field=place)


def _condition(name: str, raw: Mapping[str, Any]) -> Condition:
    try:
        expression = parse(raw.get("filter"), judged_fields())
    except FilterError as error:
        raise Invalid(f"条件“{name}”：{error.zh}", f"Condition “{name}”: {error.en}", field="conditions") from None
    return Condition(name, raw.get("zh", ""), raw.get("en", ""), expression)


def _section(place: str, raw: Mapping[str, Any], conditions: Mapping[str, Condition]) -> Section:
    parts = tuple(_part(f"{place}.parts.{at}", each, conditions) for at, each in enumerate(raw.get("parts", ())))
    if not parts:
        raise Invalid(f"“{raw['zh']}”这一节没有内容", f"Section “{raw['en']}” has no parts", field=place)
    when = _known(place, raw.get("when", ()), conditions)
    return Section(raw["key"], raw["zh"], raw["en"], parts, when)


def _part(place: str, raw: str | Mapping[str, Any], conditions: Mapping[str, Condition]) -> Part:
    if isinstance(raw, str):
        raw = {"field": raw}
    slugs = tuple(raw.get("fields") or [raw.get("field")])
    fields = [_field(place, slug) for slug in slugs]
    asked = raw.get("required", False)
    return Part(
        slugs,
        raw.get("zh") or fields[0].zh,
        raw.get("en") or fields[0].en,
        _known(place, raw.get("when", ()), conditions),
        asked is True,
        () if isinstance(asked, bool) else _known(place, asked, conditions),
    )


def _field(place: str, slug: Any) -> Field:
    try:
        return field_of(slug)
    except (KeyError, AttributeError, TypeError):
        raise Invalid(f"没有“{slug}”这个字段", f"There is no field “{slug}”", field=place) from None


def _known(place: str, names: Any, conditions: Mapping[str, Condition]) -> tuple[str, ...]:
    for name in names:
        if name not in conditions:
            raise Invalid(f"没有“{name}”这个条件", f"There is no condition “{name}”", field=place)
    return tuple(names)
