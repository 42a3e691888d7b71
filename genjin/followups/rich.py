"""Rich texts of a record: text, tree and the customer's words brought into agreement before anybody reads them.

The tree is the truth of what it marks: the plain text and the quotations in it are derived from it. `quotes`
holds them first, then what was written apart (R-013–R-015).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from genjin.followups.fields import FOLLOWUP
from genjin.followups.models import FollowUp
from genjin.followups.schemas import FollowUpParts, FollowUpPatch
from genjin.lib import blocks
from genjin.schema.clean import clean

Parts = TypeVar("Parts", bound=FollowUpParts)


def settled(parts: Parts) -> Parts:
    """The parts of a new record or draft with the plain text and quotations of its tree.

    Raises `Invalid` naming `summary_blocks` when it is no tree or says something else than `summary`.
    """
    if not parts.summary_blocks:
        return parts.model_copy(update={"summary_blocks": []})
    values = _read(parts.summary, parts.summary_blocks)
    quotes = _with_marked(values["summary_blocks"], parts.quotes)
    return parts.model_copy(update={**values, "quotes": quotes})


def settled_patch(parts: FollowUpPatch, record: FollowUp) -> FollowUpPatch:
    """The same for a change of `record`: plain text alone takes the marks off, no text leaves text and tree."""
    sent = parts.model_fields_set
    update: dict[str, Any] = {}
    if parts.summary_blocks:
        update = _read(parts.summary, parts.summary_blocks)
    elif "summary" in sent:
        update = {"summary_blocks": []}
    elif "summary_blocks" in sent:
        update = {"summary": record.summary, "summary_blocks": []}
    tree = update.get("summary_blocks", record.summary_blocks)
    if "quotes" in sent:
        update["quotes"] = _with_marked(tree, parts.quotes)
    elif tree and tree != record.summary_blocks:
        old = blocks.quotes(record.summary_blocks)
        update["quotes"] = _with_marked(tree, [each for each in record.quotes if each not in old])
    return parts.model_copy(update=update)


def _read(text: str, tree: Any) -> dict[str, Any]:
    return clean(FOLLOWUP, {"summary": text, "summary_blocks": tree}, {})


def _with_marked(tree: blocks.Tree, apart: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*blocks.quotes(tree), *apart]))
