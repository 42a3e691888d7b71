"""What a playbook can wait for and demand of contracts (R-106, R-107)."""

from __future__ import annotations

from django.db.models import Q

from genjin.access.reading import count_under
from genjin.contracts.models import Contract
from genjin.playbook import arriving
from genjin.playbook.gates import Case, Item, register

_APPROVED = Q(state__in=("approved", "signed"))


def _approved(case: Case, item: Item) -> bool:
    return count_under(case.customer, Contract, _APPROVED) > 0


arriving.register("agreed", "客户同意购买", "the customer agreed to buy")
register("contract", words=lambda case, item: ("合同通过审批", "Get the contract approved"), met=_approved)
