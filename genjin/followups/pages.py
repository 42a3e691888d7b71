"""A record as a page for a manager, as PDF or Word: what `documents/` sets (R-009, R-016, R-220)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from genjin.access.actor import Actor
from genjin.access.visible import visible
from genjin.documents.onepage import Closing, PageSection, RecordPage, Row, one_page_pdf
from genjin.documents.word import pages_docx
from genjin.followups.models import FollowUp
from genjin.followups.queries import several
from genjin.lib.date_words import time_words
from genjin.lib.errors import Invalid, NotFound
from genjin.orgs.models import Organisation

MOST_PAGES = 50
_NUMBERS = "一二三四五六七八九十"
#: Told by the facts under the title.
_ABOVE = {"contacted_by", "department"}
_WORDS = {
    "zh": {"when": "时间、方式", "by": "跟进人", "entered": "记录于", "result": "本次结果", "next": "下一步计划",
           "version": "第 {n} 版", "score": "记录质量", "points": "{n} 分", "made": "{name} 导出于 {at}"},
    "en": {"when": "When and how", "by": "Contacted by", "entered": "Entered", "result": "Result of this contact",
           "next": "Next plan", "version": "version {n}", "score": "Quality", "points": "{n} points",
           "made": "exported by {name} on {at}"},
}  # fmt: skip


def records_file(actor: Actor, ids: Sequence[int], *, form: str, language: str, now: datetime) -> bytes:
    """The PDF or Word file (`form` pdf, docx) of records the actor may see, a page each, under his field rights.

    `NotFound` when one of them is missing or not visible, `Refusal` for a PDF without a Chinese font.
    """
    demand_visible(actor, ids)
    records = several(actor, ids, now=now)
    org = Organisation.objects.get(pk=actor.org_id).name
    at = time_words(now.astimezone(actor.zone), "minute", None)[language == "en"]
    made = _WORDS[language]["made"].format(name=actor.name, at=at)
    make = pages_docx if form == "docx" else one_page_pdf
    return make(
        [page_of(each, language, actor) for each in records],
        language=language,
        title=records[0]["customer"]["name"],
        author=actor.name,
        foot=f"{org} · {made}",
    )


def demand_visible(actor: Actor, ids: Sequence[int]) -> None:
    """Every record named must be there for the actor: `NotFound` else, `Invalid` for none or too many."""
    wanted = set(ids)
    if not 1 <= len(wanted) <= MOST_PAGES:
        raise Invalid(f"一次最多 {MOST_PAGES} 条，至少 1 条", f"1 to {MOST_PAGES} records at a time", field="ids")
    if visible(actor, FollowUp).filter(pk__in=wanted).count() != len(wanted):
        raise NotFound()


def page_of(record: Mapping[str, Any], language: str, actor: Actor) -> RecordPage:
    """One record (as `queries.several` gives it) as texts in one language."""
    words, template = _WORDS[language], record["template"]
    texts = {field["slug"]: field["text"][language] for part in record["sections"] for field in part["fields"]}
    sections: list[PageSection] = []
    for section in record["sections"]:
        told = [each for each in section["fields"] if each["text"][language] and each["slug"] not in _ABOVE]
        if told or section["always"]:
            at = len(sections)
            number = f"{_NUMBERS[at]}、" if language == "zh" and at < len(_NUMBERS) else f"{at + 1}. "
            sections.append(PageSection(number, section[language], [_row(each, language) for each in told]))
    result = texts.get("result") or texts.get("feedback") or []
    return RecordPage(
        title=record["customer"]["name"],
        kind=f"{template[language]} · {words['version'].format(n=template['version'])}",
        facts=_facts(record, texts, words, actor),
        sections=sections,
        closing=[Closing(words["result"], result), Closing(words["next"], texts.get("next_steps", []))],
    )


#: More letters than this take a line of their own.
_SHORT = 16
_LINES = ("longtext", "richtext", "steps", "files", "needs", "objections", "qa", "risks", "quotes")


def _row(field: Mapping[str, Any], language: str) -> Row:
    texts = field["text"][language]
    wide = field["type"] in _LINES or len(texts) > 1 or len(texts[0]) > _SHORT
    return Row(field[language], texts, wide, field.get("blocks", ()))


def _facts(
    record: Mapping[str, Any], texts: Mapping[str, Sequence[str]], words: Mapping[str, str], actor: Actor
) -> list[tuple[str, str]]:
    by = record["contacted_by"] or {}

    def at(slug: str, precision: str) -> list[str]:
        # Paper is kept: its head names the year.
        when = record[slug]
        return [time_words(when.astimezone(actor.zone), precision, None)[words is _WORDS["en"]]] if when else []

    facts = [
        (words["when"], " · ".join([*at("contact_at", record["precision"]), *texts.get("channel", ())])),
        (words["by"], " · ".join(part for part in (by.get("name"), by.get("department")) if part)),
        (words["entered"], "".join(at("entered_at", "minute"))),
    ]
    if record["score"] is not None:
        facts.append((words["score"], words["points"].format(n=record["score"])))
    return [(name, text) for name, text in facts if text]
