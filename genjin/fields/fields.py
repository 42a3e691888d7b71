"""Designs of forms as a record type, so that the log can speak of them; and the types whose form a team may shape."""

from __future__ import annotations

from genjin.people.fields import NOWHERE
from genjin.schema.models import Shape
from genjin.schema.registry import RecordType, register

DESIGN = register(RecordType("design", "表单", "form", Shape, NOWHERE))
#: Types that a team may shape, in the order a designer shows them.
DESIGNED = ("customer", "contact", "followup", "agenda")
