"""What a document of a form is checked against."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from genjin.schema.queries import Options
from genjin.schema.registry import RecordType

Entry = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """What a document is checked against: the type as the code has it, every own field that there ever was (its
    newest entry), the live document, the options, labels of other types, and how many rows hold a value of a key.
    Of an own type also the names of all types (name → slug), and how many rows stand in each of some states."""

    kind: RecordType
    org_id: int
    known: Mapping[str, Entry]
    live: Mapping[str, Any]
    options: Options
    elsewhere: Mapping[str, str]
    used: Callable[[Entry], int] = field(default=lambda entry: 0)
    #: Fields that whoever publishes may not read: no condition names them.
    marks: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    standing: Callable[[Sequence[str]], Mapping[str, int]] = field(default=lambda keys: {})
    #: The same for every type, and the types that a field may link to.
    closed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    linkable: Mapping[str, RecordType] = field(default_factory=dict)
    #: Key of a field of this form → type and label of a field elsewhere that shows it.
    shown_by: Mapping[str, tuple[str, str]] = field(default_factory=dict)
