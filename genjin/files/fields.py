"""Stored files as a record type."""

from __future__ import annotations

from genjin.files.models import StoredFile
from genjin.schema.registry import RecordType, Scope, register

FILE = register(RecordType("file", "附件", "file", StoredFile, Scope(owner="owner_id", department=None)))
