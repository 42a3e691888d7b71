"""Imports and exports as record types, and who may read their files."""

from __future__ import annotations

from genjin.access.actor import Actor
from genjin.access.visible import visible
from genjin.exchange.models import ExportRun, ImportRun
from genjin.files.holders import holder
from genjin.schema.registry import RecordType, Scope, register

_OWN = Scope(owner="owner_id", department=None)
IMPORT = register(RecordType("import", "导入", "import", ImportRun, _OWN))
EXPORT = register(RecordType("export", "导出", "export", ExportRun, _OWN))


@holder
def read_source(actor: Actor, file_id: int) -> bool:
    """The file of an import is readable by whoever may see the import; an export has its own link."""
    return visible(actor, ImportRun).filter(file_id=file_id).exists()
