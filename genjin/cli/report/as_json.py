"""The machine-readable report: the contract of `genjin check --format json`."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson

from genjin.exchange.checkup import CheckedRow, Checkup, standard_columns
from genjin.quality.record import Finding, Risk

_SLICE = 1_000
_INDENTED = orjson.OPT_INDENT_2


def json_report(checkup: Checkup) -> bytes:
    """`as_json` as text. The rows are written slice by slice: all of them as data take more memory than the sheet."""
    before, after = orjson.dumps(_framed(checkup, []), option=_INDENTED).rsplit(b'"rows": []', 1)
    slices = (checkup.rows[start : start + _SLICE] for start in range(0, len(checkup.rows), _SLICE))
    rows = b",".join(map(_slice, slices))
    return b"".join((before, b'"rows": [', rows, b"\n  ]" if rows else b"]", after, b"\n"))


def _slice(rows: list[CheckedRow]) -> bytes:
    written = orjson.dumps({"rows": [_row(row) for row in rows]}, option=_INDENTED)
    return written.removeprefix(b'{\n  "rows": [').removesuffix(b"\n  ]\n}")


def as_json(checkup: Checkup) -> dict[str, Any]:
    """The report as plain data: file, assumptions, columns, rows, summary."""
    return _framed(checkup, [_row(row) for row in checkup.rows])


def _framed(checkup: Checkup, rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns: dict[str, str | None] = {}
    for reading in checkup.readings:
        columns.update({k: v for k, v in standard_columns(reading.mappings).items() if v or k not in columns})
    summary = checkup.summary
    return {
        "file": checkup.file,
        "assumptions": [note.zh for note in checkup.notes],
        "columns": columns,
        "rows": rows,
        "summary": {
            "rows": summary.rows,
            "clean": summary.clean,
            "by_rule": summary.by_rule,
            "completeness": summary.completeness,
            "timeliness": summary.timeliness,
            "vague_share": summary.vague_share,
            "duplicates": summary.duplicates,
            "broken_followup": summary.broken_followup,
        },
    }


def _row(row: CheckedRow) -> dict[str, Any]:
    verdict = row.verdict
    shown: dict[str, Any] = {
        "sheet": row.entry.sheet,
        "row": row.entry.row,
        "customer": row.customer,
        "score": verdict.score,
        "axes": verdict.axes,
        "normalized": verdict.normalized,
        "findings": [_finding(each) for each in verdict.findings],
    }
    if row.entry.part:
        shown["part"] = row.entry.part
    return shown


def _finding(found: Finding) -> dict[str, Any]:
    shown: dict[str, Any] = dict(zip(Finding._fields, found))
    shown["risk"] = _risk(found.risk) if found.risk else None
    return shown


@cache
def _risk(risk: Risk) -> dict[str, str]:
    return risk._asdict()
