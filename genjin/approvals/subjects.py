"""What can be reviewed: the folder of each record type answers for its own rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genjin.access.actor import Actor
from genjin.schema.own_kinds import MADE_OF, is_own_kind
from genjin.schema.shapes import Whose, shaped


@dataclass(frozen=True, slots=True)
class Subject:
    """How approvals ask about records of a higher folder without knowing its tables.

    `fields`: slug → (zh, en) of what a reason may hang on. `versions(org_id, ids)`: version of each living
    row. `bare(org_id, id)`: the record without the names of customer and contacts, for a colleague or a model;
    None when it is gone. `visible(actor, id, change)`: may the actor see (or change) it? `told(actor, row)`: without
    what his field rights keep from him. `row(org_id, id, lock)`: the living row itself, where a flow
    can be asked about it; its `customer_id`, `owner_id` and `department_id` say whose it is. `watched`: a flow may say
    which fields make what was allowed lapse; else its folder does, by rules of its own.
    """

    record_type: str
    fields: Mapping[str, tuple[str, str]]
    versions: Callable[[int, Sequence[int]], dict[int, int]]
    bare: Callable[[int, int], dict[str, Any] | None]
    visible: Callable[[Actor, int, bool], bool]
    told: Callable[[Actor, dict[str, Any]], dict[str, Any]]
    row: Callable[[int, int, bool], Any] | None = None
    watched: bool = True

    def named(self, whose: Whose) -> dict[str, tuple[str, str]]:
        """`fields` and those that a team has added; one that it has put away since keeps its name."""
        known = shaped(whose, self.record_type).known.values()
        return {**self.fields, **{each.slug: (each.zh, each.en) for each in known if each.stored}}


_SUBJECTS: dict[str, Subject] = {}


def register_subject(subject: Subject) -> Subject:
    """Add a record type that can be reviewed; called once when its folder is loaded."""
    _SUBJECTS[subject.record_type] = subject
    return subject


def subject_of(record_type: str) -> Subject | None:
    """Who answers for a record type; rows of a team's own types have one folder behind them."""
    return _SUBJECTS.get(MADE_OF if is_own_kind(record_type) else record_type)


def requestable() -> list[str]:
    """Record types of the code about whose rows a flow can be asked."""
    return [slug for slug, subject in _SUBJECTS.items() if subject.row is not None and slug != MADE_OF]
