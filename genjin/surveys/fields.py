"""Surveys, links and scores as record types."""

from __future__ import annotations

from genjin.customers.models import LIVING
from genjin.customers.proof import Kind, hangs_on
from genjin.schema.registry import Field, RecordType, Restore, Scope, register
from genjin.surveys.models import Invitation, Satisfaction, Survey

SURVEY = register(RecordType("survey", "满意度调查", "survey", Survey, Scope(owner=None, department=None)))
INVITATION = register(
    RecordType("invitation", "发出的调查", "survey sent", Invitation, Scope(via="customer"), restore=Restore(name=""))
)
SATISFACTION = register(
    RecordType(
        "satisfaction",
        "满意度",
        "satisfaction",
        Satisfaction,
        Scope(via="customer"),
        (
            Field("score", "分数", "Score", "rating", required=True, told_in="followup.satisfaction"),
            Field("comment", "留言", "Comment", "text", told_in="followup.comments"),
            Field("at", "时间", "At", "datetime"),
        ),
        restore=Restore(name="comment"),
    )
)

hangs_on(
    Kind("invitation", "发出的调查", "Surveys sent", Invitation, LIVING, place=30,
         fixed=("created_by_id", "nonce", "state", "sent_at", "expires_at"))
)  # fmt: skip
hangs_on(
    Kind("satisfaction", "满意度", "Scores", Satisfaction, LIVING, place=31,
         fixed=("created_by_id", "score", "at", "credited_id"))
)  # fmt: skip
