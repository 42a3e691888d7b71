"""Scheduled: customers go back to their pool by its rules."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import time

from genjin.access.actor import Actor, job
from genjin.access.guard import unscoped
from genjin.agenda.models import OPEN, AgendaItem
from genjin.customers.models import LIVING, Customer
from genjin.door.replies import Reply
from genjin.history.schedule import daily, every
from genjin.lib import moment
from genjin.orgs.models import Organisation
from genjin.ownership.steps import CLAIM
from genjin.pools.actions import return_due, return_untouched
from genjin.pools.planning import Takers, living_pools

log = logging.getLogger("genjin.pools")
_VERBS = frozenset({"pool.return", "pool.return_untouched"})
#: So many customers of one organisation are looked at in one transaction.
AT_ONCE = 200


def actor_for(org_id: int) -> Actor:
    org = Organisation.objects.get(pk=org_id)
    return job("pool", org_id, _VERBS).with_(config_version=org.config_version, zone=org.zone)


@daily("pool.return", at=time(0, 30))
def return_tonight(org_id: int) -> dict[str, int]:
    """Warn and return by the rules, in batches of one transaction each. Repeatable: a worker that dies in it has done
    whole batches, a second run finds the rest. After days without a worker it runs once, and nobody goes unwarned."""
    actor = actor_for(org_id)
    pools = living_pools(org_id)
    warned = unscoped(Customer, "worker").filter(LIVING, org_id=org_id, returns_on__isnull=False)
    ids = {pk for pk, _ in Takers(actor, pools, moment.now()).due()} if pools else set()
    ids |= set(warned.values_list("pk", flat=True))
    return _in_batches(actor, sorted(ids), return_due)


@every("pool.untouched", seconds=60)
def return_the_untouched() -> int:
    """Claimed and not contacted by the end of the last working day that was given."""
    rows = unscoped(AgendaItem, "worker").filter(
        OPEN, kind=CLAIM, due_at__lte=moment.now(), customer__deleted_at__isnull=True
    )
    found: dict[int, list[int]] = defaultdict(list)
    for org_id, customer_id in rows.order_by("due_at", "pk").values_list("org_id", "customer_id"):
        found[org_id].append(customer_id)
    done = [_in_batches(actor_for(org_id), ids, return_untouched) for org_id, ids in found.items()]
    return sum(each["returned"] for each in done)


def _in_batches(actor: Actor, ids: Sequence[int], verb: Callable[[Actor, Sequence[int]], Reply]) -> dict[str, int]:
    done: dict[str, int] = defaultdict(int)
    for start in range(0, len(ids), AT_ONCE):
        try:
            reply = verb(actor, ids[start : start + AT_ONCE])
        except Exception:
            log.exception("customers of organisation %s could not go back to their pool", actor.org_id)
            continue
        for word, many in reply.items():
            done[word] += many
    return done
