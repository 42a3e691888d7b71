"""What a review decides is the state of the record: 已提交, 退回, 归档 (design §6)."""

from __future__ import annotations

from genjin.door.change import Change, Happened
from genjin.door.reactions import on
from genjin.followups.reviewing import show_state

_STATES = {
    "approval.passed": "archived",
    "approval.returned": "returned",
    "approval.resubmitted": "submitted",
    "approval.reopened": "submitted",
}


@on(*_STATES)
def follow_the_review(change: Change, happened: list[Happened]) -> None:
    """One statement for a batch; spot checks and files of customers change no record."""
    for name, state in _STATES.items():
        ids = [
            each.after["subject_id"]
            for each in happened
            if each.name == name and each.after["subject_type"] == "followup" and each.after["kind"] == "review"
        ]
        if ids:
            show_state(change, ids, state)
