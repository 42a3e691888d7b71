"""What a restored log needs before anybody reads on."""

from __future__ import annotations

from django.db.models import F, Max

from genjin.history.models import Cursor, DueTask, Event


def renumber_for_this_cluster() -> None:
    """Move the transaction numbers of the old cluster below zero, order and cursors kept.

    A PostgreSQL cluster counts its own transactions: numbers of another one could lie ahead of its
    own, and followers would wait for them for ever. Tasks start anew with their next look.
    """
    highest = Event.objects.aggregate(most=Max("xid"))["most"] or 0
    if highest > 0:
        Event.objects.update(xid=F("xid") - highest - 1)
        Cursor.objects.filter(xid__gt=-(2**61)).update(xid=F("xid") - highest - 1)
    DueTask.objects.all().delete()
