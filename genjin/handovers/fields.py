"""Hand-overs as record types."""

from __future__ import annotations

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.reading import read_unscoped
from genjin.handovers.models import Handover, HandoverCustomer, HandoverReceiver
from genjin.schema.registry import Field, RecordType, Restore, Scope, register

#: A member takes part in no more of them than anybody could read.
MOST = 2000


def taking_part(actor: Actor) -> list[int]:
    """Ids of the hand-overs in which the actor receives, decides, or which he has written; two statements a request."""
    if actor.member_id is None:
        return []
    me = actor.member_id
    receives = Q(org_id=actor.org_id, member_id=me, deleted_at__isnull=True, handover__sent_at__isnull=False)
    asked = Q(org_id=actor.org_id, deleted_at__isnull=True) & (Q(supervisor_id=me) | Q(created_by_id=me))
    rows = read_unscoped(HandoverReceiver, "scope", ("handover_id",), receives, order=("-handover_id",), limit=MOST)
    rows += read_unscoped(Handover, "scope", ("id",), asked, order=("-id",), limit=MOST)
    return [pk for (pk,) in rows]


HANDOVER = register(
    RecordType(
        "handover",
        "交接",
        "hand-over",
        Handover,
        Scope(owner="giver_id", shared=taking_part),
        (
            Field("reason", "原因", "Reason", "text"),
            Field("effective_on", "生效日", "In force from", "date"),
        ),
        restore=Restore(name=""),
    )
)
RECEIVER = register(
    RecordType("handover_receiver", "交接的接收方", "receiver", HandoverReceiver, Scope(via="handover"),
               restore=Restore(name=""))
)  # fmt: skip
CUSTOMER = register(
    RecordType("handover_customer", "交接的客户", "customer handed over", HandoverCustomer, Scope(via="handover"),
               restore=Restore(name=""))
)  # fmt: skip
