"""Which column of an old sheet is which field: one synonym table for customers, contacts and follow-ups (R-237).

Pure: the table is data of the pack (columns.yaml); nothing is read from the database here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from genjin.lib.phones import is_valid_contact
from genjin.lib.places import SIMPLIFIED
from genjin.lib.sheets.book import Cell
from genjin.lib.sheets.table import cell_str
from genjin.lib.standard import read_standard, read_yaml

#: The columns that make a sheet a sheet of follow-ups rather than a list of customers.
_FOLLOWUP_SIGNS = ("followup.summary", "followup.feedback", "followup.next_step")
_SURE, _STRIPPED, _LIKE, _BY_VALUES = 1.0, 0.95, 0.6, 0.5
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
_COMPANY = re.compile(r"(?:公司|集团|厂|商行|经营部|中心|学校|医院|事务所|合作社)[)）]?$")
_CHANNELS = ("contact.info", "contact.phone", "contact.wechat", "contact.email")


class FieldName(NamedTuple):
    """A field as a sheet may call it: slug, standard label, English label."""

    slug: str
    label: str
    en: str


class ColumnMapping(NamedTuple):
    """Where one column goes. `field` is a slug or None; `confidence` 0–1; `occurrence` 1… for 第一次跟进 …, else 0."""

    header: str
    field: str | None
    confidence: float
    zh: str
    en: str
    occurrence: int = 0


@dataclass(frozen=True)
class ColumnBook:
    """The synonym table, ready to look up."""

    fields: Mapping[str, FieldName]
    known: Mapping[str, tuple[str, ...]]
    repeated: re.Pattern[str]

    def label(self, slug: str) -> str:
        return self.fields[slug].label

    def is_header(self, text: str) -> bool:
        """Is this text a known heading? Used to find the header row."""
        key = header_key(text)
        if not key or len(key) > 24:
            return False
        return key in self.known or header_key(_BRACKETS.sub("", text)) in self.known or bool(self.repeated.match(key))


def header_key(text: str) -> str:
    """A heading as it is compared: half-width, simplified, lower case, without blanks, stars, colons. Idempotent."""
    known = unicodedata.normalize("NFKC", text).translate(SIMPLIFIED).lower()
    plain = re.sub(r"[\s*:;。、,.“”\"']+|\(?必填\)?|\(?选填\)?", "", known)
    # Characters that stood apart may join once the blanks between them are gone.
    return unicodedata.normalize("NFKC", plain).lower()


@lru_cache(maxsize=8)
def load_columns(path: str | Path | None = None) -> ColumnBook:
    """Read columns.yaml of a pack (default: the standard pack). Raises ValueError naming what is wrong in it."""
    data = read_standard("columns") if path is None else read_yaml(Path(path))
    try:
        fields = {slug: FieldName(slug, str(each["label"]), str(each["en"])) for slug, each in data["fields"].items()}
        known: dict[str, tuple[str, ...]] = {}
        for slug, each in data["fields"].items():
            for name in (each["label"], each["en"], *each["names"]):
                key = header_key(str(name))
                known[key] = (*known.get(key, ()), slug) if slug not in known.get(key, ()) else known[key]
        return ColumnBook(fields, known, re.compile(data["repeated_groups"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"columns.yaml: {error}") from error


def map_columns(
    headers: Sequence[str],
    samples: Sequence[Sequence[Cell]] = (),
    *,
    groups: Sequence[str] = (),
    book: ColumnBook | None = None,
) -> list[ColumnMapping]:
    """Propose a field for each column, with the reason.

    `samples[i]` are some values of column i; `groups[i]` the upper heading of two-level headers ("" if none).
    A field is given once; a second column for it stays unmapped, except the ways to reach a contact and the
    repeated groups (第一次跟进, 第二次跟进), which are told apart by `occurrence`.
    """
    book = book or load_columns()
    groups = groups or [""] * len(headers)
    found = [_by_header(header, group, book) for header, group in zip(headers, groups)]
    slugs = {slug for each in found for slug in each.slugs}
    is_followup = bool(slugs & set(_FOLLOWUP_SIGNS)) or {"followup.contact_at", "followup.channel"} <= slugs
    is_followup = is_followup or any(each.occurrence for each in found)
    kind = "followup" if is_followup else "agenda" if "agenda.act" in slugs else "customer"
    chosen = [_choose(each, kind) for each in found]
    chosen = _by_values(chosen, samples, book, is_followup)
    return _once(_number_repeats(chosen), book)


class _Guess(NamedTuple):
    header: str
    slugs: tuple[str, ...]
    confidence: float
    occurrence: int = 0


def _by_header(header: str, group: str, book: ColumnBook) -> _Guess:
    title = f"{group}/{header}" if group else header
    for text in (group, header):
        repeated = book.repeated.match(header_key(text)) if text else None
        if repeated:
            rest = header_key(text)[repeated.end() :] or (header_key(header) if text is group else "")
            inner = _look_up(rest, book) if rest else ("followup.summary",)
            slugs = tuple(slug for slug in inner if slug.startswith("followup.")) or inner
            return _Guess(title, slugs, _STRIPPED, _ordinal(repeated))
    if slugs := _look_up(header, book):
        return _Guess(title, slugs, _SURE)
    bare = _BRACKETS.sub("", unicodedata.normalize("NFKC", header))
    if slugs := _look_up(bare, book):
        return _Guess(title, slugs, _STRIPPED)
    if group and (slugs := _look_up(group + header, book) or _look_up(group, book)):
        return _Guess(title, slugs, _STRIPPED)
    return _Guess(title, *_by_parts(bare, book))


def _look_up(text: str, book: ColumnBook) -> tuple[str, ...]:
    return book.known.get(header_key(text), ())


def _by_parts(header: str, book: ColumnBook) -> tuple[tuple[str, ...], float]:
    """手机/微信/邮箱 by its parts; else the longest known name of three or more characters inside it."""
    parts = [part for part in re.split(r"[/、,，&+或和及|]", header) if part.strip()]
    if len(parts) > 1:
        slugs = [_look_up(part, book) for part in parts]
        if all(set(each) & set(_CHANNELS) for each in slugs):
            return ("contact.info",), _STRIPPED
        if all(slugs) and set.intersection(*map(set, slugs)):
            return tuple(set.intersection(*map(set, slugs))), _STRIPPED
    key = header_key(header)
    # What a list of to-dos calls its columns are everyday words: whole or not at all.
    inside = [
        name
        for name, slugs in book.known.items()
        if len(name) >= 3 and not name.isascii() and name in key and not slugs[0].startswith("agenda.")
    ]
    if not inside:
        return (), 0.0
    longest = max(inside, key=len)
    return book.known[longest], _LIKE


def _ordinal(found: re.Match[str]) -> int:
    parts = found.groupdict()
    if parts.get("first"):
        return 1
    digits = parts.get("n") or parts.get("tail") or "1"
    if digits.isdigit():
        return int(digits)
    tens, _, ones = digits.rpartition("十")
    chinese = "零一二三四五六七八九"
    if "十" not in digits:
        return chinese.index(digits[-1])
    return (chinese.index(tens) if tens else 1) * 10 + (chinese.index(ones) if ones else 0)


def _choose(guess: _Guess, kind: str) -> ColumnMapping:
    """Of several fields with one name (负责人), the one that suits the kind of sheet."""
    slugs = [slug for slug in guess.slugs if kind == "agenda" or not slug.startswith("agenda.")]
    if not slugs or slugs[0].startswith("ignore."):
        return ColumnMapping(guess.header, None, guess.confidence if slugs else 0.0, "没有用到", "not used")
    own = [slug for slug in slugs if slug.startswith(f"{kind}.")]
    fitting = own or [slug for slug in slugs if not slug.startswith("followup.")] or slugs
    slug = fitting[0]
    if kind != "followup" and slug.startswith("followup."):
        slug = {"followup.author": "customer.owner", "followup.step_owner": "customer.owner"}.get(slug, slug)
        if slug.startswith("followup."):
            return ColumnMapping(
                guess.header, None, guess.confidence, "客户名单里没有用到", "not used in a customer list"
            )
    return ColumnMapping(guess.header, slug, guess.confidence, "同义词", "a known name", guess.occurrence)


#: A day and nothing else: 2026-11-27, 11月27日, 11/27.
_DAY = re.compile(r"(?:\d{4}\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$")


def _by_values(
    chosen: list[ColumnMapping], samples: Sequence[Sequence[Cell]], book: ColumnBook, is_followup: bool
) -> list[ColumnMapping]:
    """Let the values speak where the heading does not, or contradicts them."""
    taken = {each.field for each in chosen}
    result = []
    for each, values in zip(chosen, [*samples, *([()] * (len(chosen) - len(samples)))]):
        texts = [text for text in map(cell_str, values) if text][:60]
        length = sum(map(len, texts)) / len(texts) if texts else 0
        new = each
        if each.field == "followup.status" and length > 15 and len(texts) > 1:
            target = "followup.summary" if "followup.summary" not in taken else None
            new = each._replace(
                field=target, confidence=_BY_VALUES, zh=f"值平均 {length:.0f} 字，像内容", en="long texts"
            )
        elif each.field == "customer.notes" and is_followup and "followup.summary" not in taken and length > 8:
            new = each._replace(
                field="followup.summary",
                confidence=_BY_VALUES,
                zh="像跟进内容，没有别的内容列",
                en="looks like content",
            )
        elif (
            each.field == "followup.next_step" and "followup.due" not in taken and texts and all(map(_DAY.match, texts))
        ):
            new = each._replace(field="followup.due", confidence=_BY_VALUES, zh="值都是日期", en="only dates")
        elif each.field is None and each.confidence == 0 and len(texts) >= 2:
            new = _guess_from(each, texts, taken)
        taken.add(new.field)
        result.append(new)
    return result


def _guess_from(each: ColumnMapping, texts: list[str], taken: set[str | None]) -> ColumnMapping:
    if "customer.name" not in taken and _share(bool(_COMPANY.search(text)) for text in texts) >= 0.6:
        return each._replace(
            field="customer.name", confidence=_BY_VALUES, zh="值像公司名", en="values look like companies"
        )
    if not taken & set(_CHANNELS) and _share(is_valid_contact(text) for text in texts) >= 0.8:
        return each._replace(
            field="contact.info", confidence=_BY_VALUES, zh="值像手机或邮箱", en="values look like phones"
        )
    return each


def _share(answers: Iterable[bool]) -> float:
    known = list(answers)
    return sum(known) / len(known) if known else 0.0


def _number_repeats(chosen: list[ColumnMapping]) -> list[ColumnMapping]:
    """时间, 内容, 时间, 内容: the same follow-up headings again and again are repeated groups too."""
    times = [each for each in chosen if each.field == "followup.contact_at" and not each.occurrence]
    if len(times) < 2 or len({header_key(each.header) for each in times}) > 1:
        return chosen
    seen: dict[str, int] = {}
    numbered = []
    counts = [each.field for each in chosen]
    for each in chosen:
        if each.field and each.field.startswith("followup.") and counts.count(each.field) == len(times):
            seen[each.field] = seen.get(each.field, 0) + 1
            each = each._replace(occurrence=seen[each.field])
        numbered.append(each)
    return numbered


def _once(chosen: list[ColumnMapping], book: ColumnBook) -> list[ColumnMapping]:
    """Each field once: the surest column keeps it, the first of equals."""
    best: dict[tuple[str, int], int] = {}
    for place, each in enumerate(chosen):
        if each.field is None or each.field in _CHANNELS:
            continue
        holder = best.get((each.field, each.occurrence))
        if holder is None or each.confidence > chosen[holder].confidence:
            best[(each.field, each.occurrence)] = place
    result = []
    for place, each in enumerate(chosen):
        if each.field and each.field not in _CHANNELS and best[(each.field, each.occurrence)] != place:
            other = chosen[best[(each.field, each.occurrence)]].header
            label = book.label(each.field)
            each = each._replace(
                field=None, zh=f"“{label}”已由列“{other}”给出", en=f'already given by column "{other}"'
            )
        elif each.field and each.confidence == _LIKE:
            each = each._replace(
                zh=f"像“{book.label(each.field)}”，请确认", en=f"looks like {book.fields[each.field].en}"
            )
        result.append(each)
    return result
