"""Fields that lean on others: links, look-ups and formulas, and what is wrong with them. No statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from genjin.fields.ground import Entry, Ground
from genjin.lib.errors import Problem
from genjin.lib.formulas import Formula, FormulaError, Type, read, type_of
from genjin.lib.formulas.reading import Call, Name, Text, names_in
from genjin.schema.reckoned import usable
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import merged
from genjin.schema.sources import CUSTOMER, SHOWABLE

_CLOSED = ("hidden", "masked")
Said = tuple[str, str]


def references_wrong(body: dict[str, Any], places: list[int], ground: Ground) -> list[Problem]:
    """Every link, look-up and formula of a document that leads nowhere; writes beside each formula what it gives."""
    at = {entry["key"]: place for place, entry in zip(places, body["fields"], strict=True)}
    entries = {entry["key"]: entry for entry in body["fields"]}
    found = [
        Problem(f"fields.{at[key]}", "formula", *said)
        for key, said in _Reckoning(entries, ground).settle().items()
    ]  # fmt: skip
    draft = merged(ground.kind, _bare(body), ground.org_id, 0)
    for entry in body["fields"]:
        said = _CHECKS.get(entry.get("type", ""), _fine)(entry, draft, ground)
        if said is not None:
            found.append(Problem(f"fields.{at[entry['key']]}", "reference", *said))
    return found + list(_missed(entries, ground))


def _bare(body: Mapping[str, Any]) -> dict[str, Any]:
    fields = [{name: value for name, value in each.items() if not name.endswith("_when")} for each in body["fields"]]
    return {**body, "fields": fields, "rules": []}


def _fine(entry: Entry, draft: RecordType, ground: Ground) -> Said | None:
    return None


def _link(entry: Entry, draft: RecordType, ground: Ground) -> Said | None:
    zh, to = entry["zh"], entry.get("settings", {}).get("to", "")
    if to in ground.linkable:
        return None
    if not to:
        return f"“{zh}”要选关联到哪种记录", f"{zh} needs a type of record to link to"
    return f"“{zh}”关联的“{to}”没有了，换一种记录", f"There is no type “{to}” for {zh} to link to; choose another"


def _lookup(entry: Entry, draft: RecordType, ground: Ground) -> Said | None:
    zh, settings = entry["zh"], entry.get("settings", {})
    target = _target(str(settings.get("through", "")), draft, ground)
    if target is None:
        return (f"“{zh}”经过的关联字段没有了，选一个关联字段", f"The link that {zh} goes through is gone; choose one")
    slug = str(settings.get("field", ""))
    field = target.known.get(slug)
    if ground.closed.get(target.slug, {}).get(slug) in _CLOSED:
        name = field.zh if field else slug
        return f"“{zh}”引用的“{name}”你不能看，换一个", f"{zh} shows “{name}”, which you may not read; choose another"
    if field is None:
        return (
            f"“{zh}”引用的字段“{slug}”在{target.zh}里没有，换一个",
            f"The form of {target.en} has no field “{slug}” for {zh} to show; choose another",
        )
    if field.type not in SHOWABLE or field.part:
        return (
            f"“{zh}”不能引用“{field.zh}”这种字段，换一个",
            f"{zh} cannot show {field.en}; choose another",
        )
    return None


def _target(through: str, draft: RecordType, ground: Ground) -> RecordType | None:
    link = draft.known.get(through)
    to = link.settings.get("to") if link is not None and link.type == "link" else None
    slug = CUSTOMER if through == CUSTOMER != draft.slug else to
    return draft if slug == draft.slug else ground.linkable.get(str(slug))


_CHECKS = {"link": _link, "lookup": _lookup}


def _missed(entries: Mapping[str, Entry], ground: Ground) -> Iterator[Problem]:
    """Fields that are gone while the form of another type shows them."""
    for entry in ground.live.get("fields", ()):
        if entry["key"] not in entries and (by := ground.shown_by.get(entry["key"])) is not None:
            zh, en = f"{by[0]}的“{by[1]}”引用了“{entry['zh']}”，先改它", f"“{by[1]}” of {by[0]} shows {entry['zh']}"
            yield Problem(entry["key"], "in_use", f"{zh}再删", f"{en}; change that first")


class _Reckoning:
    """The formulas of a document, each typed once, in whatever order they stand."""

    def __init__(self, entries: Mapping[str, Entry], ground: Ground) -> None:
        self.entries, self.ground = entries, ground
        self.draft = merged(ground.kind, _bare({"fields": list(entries.values())}), ground.org_id, 0).known
        self.types: dict[str, Type] = {}
        self.wrong: dict[str, Said] = {}

    def settle(self) -> dict[str, Said]:
        """Writes the result of each formula into its settings; key → what is wrong with it."""
        for key, entry in self.entries.items():
            if entry.get("type") == "formula" and key not in self.types and key not in self.wrong:
                self._settle(key, ())
        return self.wrong

    def _settle(self, key: str, above: tuple[str, ...]) -> None:
        entry = self.entries[key]
        settings = {name: value for name, value in entry.get("settings", {}).items() if name != "result"}
        try:
            formula = read(str(settings.get("formula", "")))
            found = type_of(formula, self._names(key, formula, above))
            self._labels_known(formula)
        except FormulaError as wrong:
            self.wrong.setdefault(key, (f"“{entry['zh']}”的公式不行：{wrong.zh}",
                                        f"The formula of {entry['zh']} will not do: {wrong.en}"))  # fmt: skip
            return
        self.types[key] = found
        entry["settings"] = {**settings, "result": found.value}

    def _labels_known(self, formula: Formula) -> None:
        """A choice compared with a text that none of its options is called would never hold."""
        if not isinstance(formula, Call):
            return
        for each in formula.parts:
            self._labels_known(each)
        if formula.word not in ("=", "<>"):
            return
        for one, other in (formula.parts, formula.parts[::-1]):
            field = self.draft.get(one.key) if isinstance(one, Name) else None
            if field is None or field.type != "option" or not isinstance(other, Text):
                continue
            choices = self.ground.options.get(field.options or "", {}).values()
            if choices and not any(other.value in (choice.zh, choice.key) for choice in choices):
                raise FormulaError(
                    f"“{field.zh}”没有“{other.value[:40]}”这个选项", f"{field.en} has no option “{other.value[:40]}”"
                )

    def _names(self, key: str, formula: Formula, above: tuple[str, ...]) -> dict[str, Type]:
        return {name: self._type(name, (*above, key)) for name in dict.fromkeys(names_in(formula))}

    def _type(self, name: str, above: tuple[str, ...]) -> Type:
        if name in above:
            chain = [f"“{self.entries[each]['zh']}”" for each in (*above[above.index(name) :], name)]
            raise FormulaError(f"绕成了一圈：{'→'.join(chain)}", f"It goes round in a circle: {' → '.join(chain)}")
        field = self.draft.get(name)
        if field is None:
            raise self._unknown(name)
        if self.ground.marks.get(name) in _CLOSED:
            raise FormulaError(f"“{field.zh}”你不能看，不能用它算", f"You may not read {field.en}")
        if field.type == "formula":
            return self._formula(name, field, above)
        kind = usable(field)
        if kind is None:
            raise FormulaError(f"“{field.zh}”这种字段不能用来算", f"A field like {field.en} cannot be reckoned with")
        return kind

    def _formula(self, name: str, field: Field, above: tuple[str, ...]) -> Type:
        if name not in self.types and name not in self.wrong:
            self._settle(name, above)
        if name not in self.types:
            raise FormulaError(f"“{field.zh}”的公式还不对，先改它", f"mend the formula of {field.en} first")
        return self.types[name]

    def _unknown(self, name: str) -> FormulaError:
        was = self.ground.known.get(name)
        if was is not None:
            return FormulaError(
                f"用到了“{was['zh']}”，先改公式再删它",
                f"it uses {was['zh']}; change it before you remove that",
            )
        return FormulaError(f"没有“{name[:40]}”这个字段", f"There is no field “{name[:40]}”")
