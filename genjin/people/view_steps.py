"""What a hand-over does with the views that somebody shared."""

from __future__ import annotations

from genjin.door.change import Change
from genjin.orgs.models import Membership
from genjin.people.models import SavedView

_LONGEST = 40


def shared_views(member: Membership, *, lock: bool = False) -> list[SavedView]:
    """The views of a member that are tabs of others too."""
    rows = SavedView.objects.filter(org_id=member.org_id, owner_id=member.pk).exclude(shared="nobody").order_by("pk")
    return list(rows.select_for_update(of=("self",)) if lock else rows)


def pass_views(change: Change, leaver: Membership, heir_id: int) -> int:
    """Views that others have as tabs get another owner (R-158, R-162); his own stay with him. A name that the heir
    uses already gets the leaver's beside it."""
    views = shared_views(leaver, lock=True)
    taken = set(SavedView.objects.filter(owner_id=heir_id).values_list("record_type", "name"))
    wanted = []
    for view in views:
        name = _free(view, leaver.name, taken)
        taken.add((view.record_type, name))
        wanted.append((view, {"owner_id": heir_id, "name": name}))
    changed = change.save_many(wanted)
    for view in views:
        pairs = changed[view.pk]
        before, after = ({column: pair[side] for column, pair in pairs.items()} for side in (0, 1))
        change.record("view.carried", view, before=before, after=after)
    return len(views)


def _free(view: SavedView, leaver: str, taken: set[tuple[str, str]]) -> str:
    name, number = view.name, 1
    while (view.record_type, name) in taken:
        mark = f"（{leaver}）" if number == 1 else f"（{leaver} {number}）"
        name, number = f"{view.name[: _LONGEST - len(mark)]}{mark}", number + 1
    return name
