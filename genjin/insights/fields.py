"""Targets as a record type: what the log calls them. Who sees which: `reach.py`."""

from __future__ import annotations

from genjin.insights.models import Target
from genjin.schema.registry import RecordType, Restore, Scope, register

_REACH = Scope(owner=None, department=None, asked=("self", "department", "subtree"))
TARGET = register(RecordType("target", "目标", "target", Target, _REACH, restore=Restore(name="month")))
