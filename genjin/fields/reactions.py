"""A view that others open every day gets an index on the own fields it filters and sorts by."""

from __future__ import annotations

from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.fields.steps import wanted_index
from genjin.lib.errors import Conflict
from genjin.lib.standing import slugs_of
from genjin.people.models import SavedView
from genjin.schema.extra import is_own


@on("view.shared")
def index_shared(change: Change, happened: list[Happened]) -> None:
    """Beyond the most that a team has, the view works without."""
    ids = [each.subject_id for each in happened if each.after.get("shared") != "nobody"]
    for view in SavedView.objects.filter(pk__in=ids, org_id=change.actor.org_id):
        for key in dict.fromkeys([*slugs_of(view.filter), view.sort.removeprefix("-")]):
            if not is_own(key):
                continue
            try:
                wanted_index(change.actor.org_id, view.record_type, key, True)
            except Conflict:
                return
