"""Serial numbers of a team's own fields: given once, under the lock of their counter, never twice (R-213)."""

from __future__ import annotations

from datetime import date

from django.db import connection

from genjin.access.guard import unscoped
from genjin.lib.serials import USUAL, frame_of, numbered
from genjin.schema.models import OwnSerial
from genjin.schema.registry import Field, RecordType

_TAKE = """
INSERT INTO schema_ownserial (org_id, record_type, key, pattern, frame, last) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (org_id, record_type, key, frame) DO UPDATE SET last = schema_ownserial.last + EXCLUDED.last
RETURNING last
"""


def take_numbers(kind: RecordType, field: Field, count: int, day: date) -> list[str]:
    """The next `count` numbers of a field, given on `day`. Whoever comes next waits for this transaction, so that a
    refused row leaves no gap. Two statements; a field whose pattern was once another one looks at what was given."""
    pattern = str(field.settings.get("pattern", USUAL))
    frame = frame_of(pattern, day)
    others = OwnSerial.objects.filter(org_id=kind.org_id, record_type=kind.slug, key=field.slug)
    changed = others.exclude(pattern=pattern).exists()
    found: list[str] = []
    while len(found) < count:
        found += _free(kind, field, _next(kind, field, pattern, frame, count - len(found)), changed)
    return found


def _next(kind: RecordType, field: Field, pattern: str, frame: str, count: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [kind.org_id, kind.slug, field.slug, pattern, frame, count])
        last: int = cursor.fetchone()[0]
    return numbered(frame, range(last - count + 1, last + 1))


def _free(kind: RecordType, field: Field, numbers: list[str], changed: bool) -> list[str]:
    if not changed:
        return numbers
    rows = unscoped(kind.model, "step").filter(org_id=kind.org_id, **{f"{field.path}__in": numbers})
    held = set(rows.values_list(field.path, flat=True))
    return [each for each in numbers if each not in held]
