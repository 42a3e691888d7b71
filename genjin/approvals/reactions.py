"""New customer files wait for their check; what settles a file settles the check (R-122, R-175)."""

from __future__ import annotations

from collections import defaultdict

from genjin.access.guard import unscoped
from genjin.approvals.files import CUSTOMER_FILE
from genjin.approvals.models import Approval, ModelRecord
from genjin.approvals.steps import (
    Ask,
    ask,
    decide,
    mark_mended,
    pending,
    pending_of_customers,
    rules_of,
    say,
    settle,
    withdraw,
)
from genjin.customers.fields import CUSTOMER
from genjin.customers.merging import carries, carry_rows, moves_of
from genjin.customers.models import Customer
from genjin.door.change import Change, Happened
from genjin.door.reactions import on

#: Column → slug; a range of money is two columns of one field.
_SLUGS = {each.db: each.slug for each in CUSTOMER.fields} | {
    f"{each.db}_{end}": each.slug for each in CUSTOMER.fields if each.type == "money_range" for end in ("low", "high")
}


@on("customer.created")
def ask_for_a_check(change: Change, happened: list[Happened]) -> None:
    """A new file waits for accuracy and class; whoever may set the class needs no second look.

    Taken-over files are history and wait for nobody.
    """
    actor = change.actor
    if actor.source == "import" or actor.may("approval.pass"):
        return
    if not rules_of(actor.org_id, actor.config_version).check_new_files:
        return
    files = unscoped(Customer, "step").filter(pk__in=[each.subject_id for each in happened], historical=False)
    columns = ("pk", "name", "owner_id", "department_id", "version")
    asks = [
        Ask("file", "customer", pk, pk, department, (owner, actor.member_id), f"核对新客户 {name}", version)
        for pk, name, owner, department, version in files.values_list(*columns)
    ]
    ask(change, asks)


@on("customer.classed")
def class_settles_the_check(change: Change, happened: list[Happened]) -> None:
    """The class is the outcome of the check: set elsewhere, the check is done as well."""
    found = pending(change.actor.org_id, "customer", [each.subject_id for each in happened], "file")
    checks = [each for each in found if each.state == "open"]
    if not checks:
        return
    decide(change, checks, "pass")
    settle(change, checks, "passed")
    for check in checks:
        say(change, "approval.passed", check)


@on("customer.updated", "contact.added", "contact.updated")
def mending_a_file(change: Change, happened: list[Happened]) -> None:
    """A returned file is mended field by field in the customer's own form."""
    mended: dict[frozenset[str], list[int]] = defaultdict(list)
    for each in happened:
        if each.name == "customer.updated":
            mended[frozenset(_SLUGS.get(column, column) for column in each.after)].append(each.subject_id)
        elif each.root is not None:
            mended[frozenset(("contact",))].append(each.root[1])
    for slugs, ids in mended.items():
        mark_mended(change, CUSTOMER_FILE.record_type, ids, slugs)


@on("customer.merged")
@carries((Approval, "customer"), (ModelRecord, "customer"))
def follow_merge(change: Change, happened: list[Happened]) -> None:
    """About the file that ended nothing is asked any more; reviews of its records go on at the survivor, where examples
    go too."""
    ended = [each.subject_id for each in happened]
    withdraw(change, pending(change.actor.org_id, CUSTOMER_FILE.record_type, ended, "file", "request"))
    moves = moves_of(happened)
    carry_rows(change, Approval, moves)
    carry_rows(change, ModelRecord, moves)


@on("customer.deleted")
def nothing_to_check(change: Change, happened: list[Happened]) -> None:
    """With its customer everything that was asked goes."""
    withdraw(change, pending_of_customers(change.actor.org_id, [each.subject_id for each in happened]))


@on("followup.deleted")
def record_is_gone(change: Change, happened: list[Happened]) -> None:
    """A deleted record is graded by nobody (one under review cannot be deleted)."""
    withdraw(change, pending(change.actor.org_id, "followup", [each.subject_id for each in happened]))
