"""A team's paper template as the draft of a form: each thing it asks, and whether a field is there already (R-220)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Protocol

from genjin.access.actor import Actor
from genjin.door.action import demand
from genjin.exchange.columns import header_key, load_columns
from genjin.exchange.own_columns import KINDS, book_of
from genjin.fields.queries import design
from genjin.lib.errors import Refusal
from genjin.lib.papers import Asked, read_paper
from genjin.lib.papers.parts import MOST_BYTES
from genjin.lib.sheets.book import SheetError
from genjin.lib.sheets.content import too_large
from genjin.schema.own_kinds import is_own_kind
from genjin.schema.queries import options_of
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import shaped, shaped_types

#: What sheets call a part of a record → the field of its form.
_PARTS = {
    "followup.next_step": "next_steps",
    "followup.due": "next_steps",
    "followup.step_owner": "next_steps",
    "followup.author": "contacted_by",
    "followup.participants": "participants_ours",
    "followup.risk": "risks",
    "followup.objection": "objections",
    "followup.need": "needs",
    "contact.info": "phone",
}
#: What else the papers of the sources call a field of its form: words too common for the columns of a sheet.
_ALSO = {
    "followup": {"行动事项": "next_steps", "行动": "next_steps", "下一步行动及负责人": "next_steps",
                 "后续计划/待办": "next_steps", "附件/补充说明": "files", "跟进人员": "contacted_by",
                 "联系人": "contact_id", "个人反思": "reflection", "客户提问": "qa"},
    "customer": {"公司名称": "name", "企业名称": "name", "客户姓名/公司名称": "name"},
}  # fmt: skip
_OTHER = frozenset({"其他", "其它", "other"})


class Upload(Protocol):
    """What came with the request."""

    @property
    def size(self) -> int | None: ...

    def read(self, num_bytes: int | None = None) -> bytes: ...


def proposed(actor: Actor, *, of: str, file: Upload, name: str) -> dict[str, Any]:
    """What a document would ask as the form of a type; nothing is written. Administrators.

    `NotFound` for a type whose form nobody shapes, 422 with one sentence for a file that is no template.
    """
    demand(actor, "field.publish")
    form = design(actor, of)
    known = _Known(actor, of, form)
    try:
        if (file.size or 0) > MOST_BYTES:
            raise too_large()
        paper = read_paper(file.read(MOST_BYTES + 1), name, known.is_label)
    except SheetError as wrong:
        raise Refusal(wrong.zh, wrong.en, status=422, code=wrong.code, field="file") from None
    lists = _lists(actor)
    return {
        "name": name,
        "title": paper.title,
        "fields": [
            {**asdict(each), "list": _list_of(each, lists), "known": known.of(each.label)} for each in paper.fields
        ],
        "notes": [{"zh": each.zh, "en": each.en} for each in paper.notes],
    }


class _Known:
    """The fields that the team has, by the words people call them: of this form first, then of the other forms that
    share its sheets."""

    def __init__(self, actor: Actor, of: str, form: Mapping[str, Any]) -> None:
        self.kind_slug = of
        self.own = is_own_kind(of)
        self.kinds = _kinds(actor, of)
        self.hidden = {each["key"] for each in form["fields"] if each["hidden"]}
        self.here = {header_key(each["zh"]): each["key"] for each in form["fields"]}
        self.there = {
            header_key(each.zh): (slug, each.slug)
            for slug, kind in reversed(self.kinds.items())
            if slug != of
            for each in (*kind.fields, *kind.hidden)
        }
        self.book = book_of(actor, of if self.own else "")
        self.names = {each["key"]: {"zh": each["zh"], "en": each["en"]} for each in form["fields"]}

    def is_label(self, text: str) -> bool:
        key = header_key(text)
        return key in self.here or key in self.there or self.book.is_header(text) or load_columns().is_header(text)

    def of(self, label: str) -> dict[str, Any] | None:
        """The field of that name or of one that people use for it; `here`: on this form, put away or not."""
        key = header_key(label)
        if key in self.here:
            return self._told(self.kind_slug, self.here[key], "label")
        for slug, name in self._synonyms(label, key):
            if slug == self.kind_slug:
                return self._told(slug, name, "synonym")
        if key in self.there:
            return self._told(*self.there[key], "label")
        for slug, name in self._synonyms(label, key):
            return self._told(slug, name, "synonym")
        return None

    def _synonyms(self, label: str, key: str) -> Iterator[tuple[str, str]]:
        """(type, field) of what people call so; of to-dos only on their own form, for their words are everyday ones."""
        for slug in (self.kind_slug, *self.kinds):
            name = _ALSO.get(slug, {}).get(label)
            if name:
                yield slug, name
        for found in self.book.known.get(key, ()):
            slug, _, name = found.partition(".")
            name = _PARTS.get(found, name)
            if slug == "agenda" != self.kind_slug:
                continue
            kind = self.kinds.get(slug)
            if kind is not None and (name in kind.by_slug or name in self.names):
                yield slug, name

    def _told(self, slug: str, name: str, by: str) -> dict[str, Any]:
        kind = self.kinds[slug]
        here = slug == self.kind_slug
        label = self.names.get(name) if here else None
        return {
            "record_type": slug,
            "label": {"zh": kind.zh, "en": kind.en},
            "key": name,
            "field": label or _words(kind, name),
            "here": here,
            "hidden": here and name in self.hidden,
            "by": by,
        }


def _kinds(actor: Actor, of: str) -> dict[str, RecordType]:
    """The form itself; a built-in one with the others whose rows stand in the same sheets."""
    types = shaped_types(actor)
    slugs = (of,) if is_own_kind(of) else (of, *(slug for slug in KINDS if slug != of))
    return {slug: types[slug] if slug in types else shaped(actor, slug) for slug in slugs}


def _words(kind: RecordType, name: str) -> dict[str, str]:
    field: Field | None = kind.by_slug.get(name) or next((each for each in kind.hidden if each.slug == name), None)
    return {"zh": field.zh, "en": field.en} if field else {"zh": name, "en": name}


Lists = dict[str, dict[str, int]]


def _lists(actor: Actor) -> Lists:
    """Option list → every word that names one of its options; those that customers and records ask with first."""
    usual = {field.options for kind in KINDS for field in shaped(actor, kind).fields if field.options}
    found = {
        name: {
            header_key(word): at
            for at, each in enumerate(choices.values())
            if not each.retired
            for word in (each.zh, each.en, *each.synonyms)
        }
        for name, choices in options_of(actor.org_id, actor.config_version).items()
        if "." not in name  # states are part of their type's form
    }
    return dict(sorted(found.items(), key=lambda each: (each[0] not in usual, len(each[1]), each[0])))


def _list_of(asked: Asked, lists: Lists) -> str | None:
    """The first list that has every option of the paper, but for 其他; None where the field needs one of its own."""
    wanted = {header_key(each) for each in asked.options} - _OTHER
    if asked.type not in ("option", "options") or len(wanted) < 2:
        return None
    return next((name for name, words in lists.items() if wanted <= words.keys()), None)
