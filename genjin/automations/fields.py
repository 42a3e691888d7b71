"""Automations as a record type: configuration, whose changes stand in the log."""

from __future__ import annotations

from genjin.automations.models import Automation
from genjin.schema.registry import RecordType, Scope, register

AUTOMATION = register(RecordType("automation", "自动化", "automation", Automation, Scope(owner=None, department=None)))
