"""The team page as a file: what it shows this reader, one line a department or member."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Literal

from genjin.access.actor import Actor
from genjin.door.action import action, demand
from genjin.door.change import Change
from genjin.exchange.export_cells import Value, csv_chunks, money, xlsx_bytes
from genjin.insights.queries import team
from genjin.orgs.models import Organisation

Format = Literal["xlsx", "csv"]


def team_file(actor: Actor, *, month: date, by: str, kind: Format, now: datetime) -> tuple[str, bytes]:
    """Name and bytes of the page of a month; `Forbidden` for whoever may not export."""
    demand(actor, "export.team")
    page = team(actor, month=month, by=by, now=now)
    headers, lines = _headers(page["measures"]), list(_lines(page))
    note_export(actor, month=month, rows=len(lines), format=kind)
    name = f"目标_{month:%Y-%m}.{kind}"
    if kind == "csv":
        return name, b"".join(csv_chunks(headers, iter(lines)))
    return name, xlsx_bytes(f"{month:%Y-%m}", headers, iter(lines))


@action("export.team", "导出团队目标", "export the team's targets")
def note_export(change: Change, *, month: date, rows: int, format: str) -> dict[str, Any]:
    """Who took the numbers of the team out stands in the log."""
    org = Organisation.objects.get(pk=change.actor.org_id)
    change.record("team.exported", org, after={"name": f"{month:%Y-%m}", "rows": rows, "format": format})
    return {}


def _headers(measures: Sequence[dict[str, Any]]) -> list[str]:
    found = ["部门", "成员"]
    for each in measures:
        name = each["label"]["zh"]
        unit = "（元）" if each["money"] else ""
        found += [f"{name}{unit}", f"{name}目标{unit}", f"{name}按进度{unit}"]
    return [*found, "写一条用时（秒）"]


def _lines(page: dict[str, Any]) -> Iterator[list[Value]]:
    names = {each["id"]: each["name"] for each in page["departments"]}
    for each in page["departments"]:
        yield [each["name"], "合计", *_cells(page["measures"], each)]
    for each in page["people"]:
        yield [names.get(each["department_id"], ""), each["name"], *_cells(page["measures"], each)]


def _cells(measures: Sequence[dict[str, Any]], row: dict[str, Any]) -> list[Value]:
    found: list[Value] = []
    for each in measures:
        cell = row["cells"][each["slug"]]
        numbers = [cell["done"], cell["target"], cell["expected"]]
        found += [money(number) for number in numbers] if each["money"] else numbers
    return [*found, row["writing"]["seconds"] if row["writing"] else None]
