"""Where looked-up values of own fields come from: a field of the customer, or of what another field links to."""

from __future__ import annotations

from genjin.schema.own_types import FILED, STORED
from genjin.schema.registry import Field, RecordType
from genjin.schema.shapes import Whose, shaped_types

#: The way to the customer whose record it is.
CUSTOMER = "customer"
#: Types whose values can be shown somewhere else.
SHOWABLE = frozenset(STORED) - {"link", "lookup", *FILED} | {"richtext"}


def target_of(whose: Whose, kind: RecordType, through: str) -> RecordType | None:
    """The type that a way leads to: `customer`, or the key of a link of the same form; None where it leads nowhere."""
    if through == CUSTOMER:
        slug = CUSTOMER if kind.slug != CUSTOMER else ""
    else:
        link = kind.known.get(through)
        slug = link.settings.get("to", "") if link is not None and link.type == "link" else ""
    return shaped_types(whose).get(slug)


def source_of(whose: Whose, kind: RecordType, field: Field) -> tuple[RecordType, Field] | None:
    """The type and field that a look-up shows; None where either is gone."""
    target = target_of(whose, kind, str(field.settings.get("through", "")))
    found = target.known.get(str(field.settings.get("field", ""))) if target is not None else None
    return (target, found) if target is not None and found is not None and found.type in SHOWABLE else None
