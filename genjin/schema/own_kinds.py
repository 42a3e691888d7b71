"""A team's own record types (样品申请, 售后工单): each is made of one type of the code and the team's document of it.

The document is that of a form (`schema/shapes.py`), and says besides what the type is called, in which states its rows
can stand and whether they belong to a customer:

    {"zh": "样品申请", "en": "Sample", "customer": "required" | "optional" | "none", "retired": true,
     "states": [{"key": "asked", "zh": "待审", "en": "Asked", "color": "#…", "closed": true, "next": ["sent"]}],
     "past": [{"key", "zh", "en"}], …}

`past`: states that were, so that the history still knows their names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from genjin.schema.registry import Field, RecordType, State, record_type

#: What the slugs of a team's own types look like; they stand in columns of 20 characters.
SLUG = re.compile(r"x_[a-z][a-z0-9_]{0,17}")
LONGEST_SLUG = 20
#: The type of the code that all of them are made of.
MADE_OF = "record"
#: What the document of an own type says beyond a form.
TYPE_PARTS = ("zh", "en", "customer", "states", "past", "retired")
CUSTOMER_MODES = ("required", "optional", "none")


def is_own_kind(slug: str) -> bool:
    """Is this the slug of a team's own type?"""
    return SLUG.fullmatch(slug) is not None


def states_list(slug: str) -> str:
    """The name under which the states of a type stand among the option lists; no list of a team can have it."""
    return f"{slug}.state"


def coded(slug: str, body: Mapping[str, Any]) -> RecordType:
    """The record type before its form is laid over it: the code's own, or the one that a document makes.

    `KeyError` for a slug that is neither.
    """
    if not is_own_kind(slug):
        return record_type(slug)
    base = record_type(MADE_OF)
    mode = body.get("customer", "optional")
    return replace(
        base,
        slug=slug,
        zh=body["zh"],
        en=body.get("en") or body["zh"],
        made_of=base.slug,
        retired=bool(body.get("retired")),
        states=tuple(state_of(each) for each in body["states"]),
        past=tuple(state_of(each) for each in body.get("past", ())),
        fields=tuple(each for field in base.fields if (each := _suited(field, slug, mode)) is not None),
    )


def state_of(said: Mapping[str, Any]) -> State:
    following = said.get("next")
    return State(
        said["key"],
        said["zh"],
        said.get("en") or said["zh"],
        said.get("color", ""),
        bool(said.get("closed")),
        tuple(following) if following is not None else None,
    )


def _suited(field: Field, slug: str, mode: str) -> Field | None:
    """A field of all own types as this one has it; None where it has none."""
    if field.type in ("customer", "contact") and mode == "none":
        return None
    if field.type == "customer":
        return replace(field, required=mode == "required")
    return replace(field, options=states_list(slug)) if field.slug == "state" else field
