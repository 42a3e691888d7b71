"""The machine-readable report: the contract of `genjin check --format json`."""

from __future__ import annotations

from typing import Any

from genjin.exchange.checkup import CheckedRow, Checkup, standard_columns


def as_json(checkup: Checkup) -> dict[str, Any]:
    """The report as plain data: file, assumptions, columns, rows, summary."""
    columns: dict[str, str | None] = {}
    for reading in checkup.readings:
        columns.update({k: v for k, v in standard_columns(reading.mappings).items() if v or k not in columns})
    summary = checkup.summary
    return {
        "file": checkup.file,
        "assumptions": [note.zh for note in checkup.notes],
        "columns": columns,
        "rows": [_row(row) for row in checkup.rows],
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
        "findings": [
            {**each._asdict(), "risk": each.risk._asdict() if each.risk else None} for each in verdict.findings
        ],
    }
    if row.entry.part:
        shown["part"] = row.entry.part
    return shown
