"""Fields that somebody may not write: refused by name wherever they are sent from (R-166)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genjin.lib.blank import is_blank
from genjin.lib.errors import Forbidden
from genjin.schema.registry import RecordType


def refuse_barred(kind: RecordType, marks: Mapping[str, str], values: Mapping[str, Any], *, new: bool = False) -> None:
    """What one may not see or change, one can neither write nor wipe out.

    `marks`: slug → what the roles say of it; `values`: what was sent, by slug, trees of texts among them. In a
    `new` row a blank writes nothing. Raises `Forbidden` naming the first such field.
    """
    for field in kind.fields:
        if field.slug not in marks:
            continue
        sent = [values[name] for name in (field.slug, field.blocks) if name in values]
        if sent and not (new and is_blank(sent)):
            raise Forbidden(f"你不能填“{field.zh}”", f"You may not fill in {field.en}", field=field.slug)
