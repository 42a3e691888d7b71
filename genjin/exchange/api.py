"""Routes of imports and exports."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router, Status, UploadedFile
from pydantic import Field, JsonValue

from genjin.access.requests import actor_of
from genjin.exchange import actions, exporting, paper_forms, queries
from genjin.exchange.refused import refused_workbook
from genjin.files.api import demand_size
from genjin.files.rules import DOCX, XLSX, disposition
from genjin.lib.strict import Strict

router = Router(tags=["exchange"])
Text = Annotated[str, Field(max_length=300)]


class ColumnIn(Strict):
    """`field` null: not taken over, kept as a note."""

    sheet: Text
    header: Annotated[str, Field(max_length=2000)]
    field: Text | None


class ColumnsIn(Strict):
    columns: Annotated[list[ColumnIn], Field(max_length=500)]


class RowIn(Strict):
    """What to do with one row: mend cells (`set`), skip it, merge it into a customer, or keep it apart."""

    sheet: Text
    row: int
    part: int = 0
    set: dict[str, Annotated[str, Field(max_length=20_000)]] | None = None
    skip: bool | None = None
    merge_into: int | None = None
    separate: bool | None = None


class RowsIn(Strict):
    """`same_kind`: the code of a problem; every other row with it is decided alike."""

    rows: Annotated[list[RowIn], Field(min_length=1, max_length=200)]
    same_kind: Text | None = None


class RunIn(Strict):
    """`assign`: who gets customers that have no owner in the sheet: you, whom the rules name, or nobody yet."""

    assign: Literal["me", "rules", "wait"] = "me"


class ExportIn(Strict):
    record_type: Annotated[str, Field(pattern=r"^(customer|contact|followup|agenda|deal|x_[a-z][a-z0-9_]{0,17})$")]
    filter: JsonValue = None
    view: Annotated[str, Field(max_length=40)] = ""
    q: Text = ""
    ids: Annotated[list[int] | None, Field(max_length=5000)] = None
    columns: Annotated[list[Text], Field(max_length=100)] = []
    format: Literal["xlsx", "csv", "pdf", "docx"] = "xlsx"
    language: Literal["zh", "en"] = "zh"


@router.post("/designs/{type}/read-document", summary="What a Word or Excel template would ask as this form")
def read_document(request: HttpRequest, type: str, file: File[UploadedFile]) -> Any:
    """docx, xlsx or xls, at most 8 MB. Fields in order with name, type, options, group and whether they are there
    already (`known`); `list`: an option list that has all of its options. Nothing is written: publish what you want
    with PUT /designs/{type}."""
    demand_size(request)
    return paper_forms.proposed(actor_of(request), of=type, file=file, name=file.name or "")


@router.post("/imports", summary="Take in an old sheet", response={201: Any})
def start_import(
    request: HttpRequest, file: File[UploadedFile], target: Annotated[str, Query(max_length=40)] = ""
) -> Any:
    """xlsx, xls or csv. The worker reads it; ask GET /imports/{id} until its state is `mapping`. `target`: an own
    record type whose rows it holds; not sent, it holds customers, records or to-dos."""
    demand_size(request)
    actor = actor_of(request)
    return Status(201, actions.start_import(actor, name=file.name or "", chunks=file.chunks(), target=target))


@router.get("/imports", summary="Imports, newest first")
def list_imports(request: HttpRequest) -> Any:
    return {"items": queries.list_imports(actor_of(request)), "next": None}


@router.get("/imports/{run_id}", summary="One import")
def one_import(request: HttpRequest, run_id: int) -> Any:
    """State, progress, proposed columns, counts."""
    actor = actor_of(request)
    return queries.run_json(actor, queries.one(actor, run_id))


@router.put("/imports/{run_id}/columns", summary="Say which column is which field")
def set_columns(request: HttpRequest, run_id: int, body: ColumnsIn) -> Any:
    return actions.set_columns(actor_of(request), run_id, columns=[each.model_dump() for each in body.columns])


@router.post("/imports/{run_id}/check", summary="Judge every row, write nothing")
def check_import(request: HttpRequest, run_id: int) -> Any:
    return actions.check_import(actor_of(request), run_id)


@router.get("/imports/{run_id}/rows", summary="Rows with their verdicts")
def rows(
    request: HttpRequest,
    run_id: int,
    verdict: str | None = None,
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    run = queries.one(actor_of(request), run_id)
    return queries.rows_page(run, verdict=verdict or None, cursor=cursor, limit=limit)


@router.patch("/imports/{run_id}/rows", summary="Decide on rows that wait")
def decide(request: HttpRequest, run_id: int, body: RowsIn) -> Any:
    said = [each.model_dump(exclude_none=True) for each in body.rows]
    return actions.decide(actor_of(request), run_id, rows=said, same_kind=body.same_kind)


@router.post("/imports/{run_id}/run", summary="Write the ready rows")
def run_import(request: HttpRequest, run_id: int, body: RunIn | None = None) -> Any:
    """The worker writes in batches of a thousand rows, each all or nothing."""
    return actions.run_import(actor_of(request), run_id, assign=body.assign if body else "me")


@router.post("/imports/{run_id}/cancel", summary="Stop an import")
def cancel_import(request: HttpRequest, run_id: int) -> Any:
    return actions.cancel_import(actor_of(request), run_id)


@router.get("/imports/{run_id}/refused.xlsx", summary="Rows that were not taken over, with the reasons")
def refused(request: HttpRequest, run_id: int) -> HttpResponse:
    run = queries.one(actor_of(request), run_id)
    return _file(refused_workbook(run), f"待处理_{run.file.name.rpartition('.')[0]}.xlsx", XLSX)


@router.post("/exports", summary="Export a list", response={201: Any})
def start_export(request: HttpRequest, body: ExportIn) -> Any:
    """What the list shows you, as a file. The worker makes it; ask GET /exports/{id} until it is `done`.
    `pdf` and `docx` set follow-up records (`ids`), one page each, as their template lays them out, and rows of own
    types under the groups of their form."""
    return Status(201, exporting.start_export(actor_of(request), request=body.model_dump()))


@router.get("/exports/{run_id}", summary="One export")
def one_export(request: HttpRequest, run_id: int) -> Any:
    return exporting.run_json(exporting.one(actor_of(request), run_id))


@router.get("/exports/{run_id}/file", summary="The file of an export")
def export_file(request: HttpRequest, run_id: int) -> HttpResponse:
    """For a day, to whoever asked for it, as long as his rights are the same."""
    file, data = exporting.open_export(actor_of(request), run_id)
    return _file(data, file.name, _TYPES[file.name.rpartition(".")[2]])


_TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "pdf": "application/pdf", "docx": DOCX}


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
