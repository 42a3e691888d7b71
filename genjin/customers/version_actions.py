"""Restoring older versions of customers, contacts and needs (R-164)."""

from __future__ import annotations

from typing import Any

from genjin.customers.actions import change_contact, change_customer, change_need
from genjin.customers.models import Contact, Customer, Need
from genjin.door.change import Change
from genjin.door.replies import Reply
from genjin.door.versions import restores


@restores(Customer, "恢复客户的旧版本", "restore an older version of the customer")
def restore_customer(change: Change, customer: Customer, version: int, values: dict[str, Any]) -> Reply:
    """Values of an older version, as a change of today."""
    return change_customer(change, customer, version, values)


@restores(Contact, "恢复联系人的旧版本", "restore an older version of the contact", act="log")
def restore_contact(change: Change, contact: Contact, version: int, values: dict[str, Any]) -> Reply:
    """A mark 首要联系人 that comes back moves from whoever has it."""
    return change_contact(change, contact, version, values)


@restores(Need, "恢复需求的旧版本", "restore an older version of the need", act="log")
def restore_need(change: Change, need: Need, version: int, values: dict[str, Any]) -> Reply:
    """Text, kind, rank and date of an older version."""
    return change_need(change, need, version, values)
