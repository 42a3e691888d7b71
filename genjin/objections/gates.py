"""A gate of a playbook that asks whether every objection of the customer has an answer (R-085)."""

from __future__ import annotations

from django.db.models import Q

from genjin.access.reading import count_under
from genjin.objections.models import Objection
from genjin.playbook import arriving
from genjin.playbook.gates import Case, Item, register


def _answered(case: Case, item: Item) -> bool:
    return count_under(case.customer, Objection, Q(state="open")) == 0


arriving.register("objection", "记了异议", "an objection was noted")
register("objections", words=lambda case, item: ("答复客户的异议", "Answer the customer's objections"), met=_answered)
