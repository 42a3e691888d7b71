"""Versions of the standard as a record type, so that the log can speak of them."""

from __future__ import annotations

from genjin.people.fields import NOWHERE
from genjin.quality.models import TeamStandard
from genjin.schema.registry import RecordType, register

STANDARD = register(RecordType("standard", "跟进标准", "standard", TeamStandard, NOWHERE))
