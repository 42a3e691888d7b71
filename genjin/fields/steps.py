"""What verbs and reactions share: which own fields are to have an index."""

from __future__ import annotations

from genjin.lib.errors import Conflict
from genjin.schema.models import OwnIndex

#: Each index costs every writer a little.
MOST_INDEXES = 30


def wanted_index(org_id: int, record_type: str, key: str, wanted: bool) -> bool:
    """Note that a field is to have an index, or no longer; is that new? `Conflict` beyond 30 of a team."""
    rows = OwnIndex.objects.filter(org_id=org_id)
    mine = rows.filter(record_type=record_type, key=key)
    if not wanted:
        return mine.delete()[0] > 0
    if mine.exists():
        return False
    if rows.count() >= MOST_INDEXES:
        raise Conflict(
            f"最多给 {MOST_INDEXES} 个字段建索引，先去掉不用的",
            f"At most {MOST_INDEXES} fields have an index; take one away first",
            code="full",
        )
    OwnIndex.objects.create(org_id=org_id, record_type=record_type, key=key)
    return True
