"""The playbooks that come with the product: those every team begins with, and those it may add."""

from __future__ import annotations

from functools import cache
from typing import Any

from genjin.lib.standard import read_standard
from genjin.playbook.schemas import PlaybookIn


@cache
def standard_bodies() -> tuple[dict[str, Any], ...]:
    """What a new team begins with; names and limits of nodes are those of the list `stage` (R-089–R-097, R-112)."""
    stages = {each["key"]: each for each in read_standard("options")["stage"]}
    return tuple(_body(each, stages) for each in read_standard("playbooks")["playbooks"])


@cache
def template_bodies() -> dict[str, dict[str, Any]]:
    """Key → document of what a team may add (R-110)."""
    return {each["key"]: _body(each, {}) for each in read_standard("playbooks")["templates"]}


def _body(told: dict[str, Any], stages: dict[str, Any]) -> dict[str, Any]:
    nodes = [{**_of_stage(stages.get(each["key"])), **each} for each in told["nodes"]]
    return PlaybookIn.model_validate({**told, "nodes": nodes}).body()


def _of_stage(stage: dict[str, Any] | None) -> dict[str, Any]:
    if stage is None:
        return {}
    facts, limit = stage.get("facts", {}), None
    if "limit" in facts:
        limit = {"amount": facts["limit"], "clock": facts["limit_clock"], "warn_hours": facts.get("warn_hours")}
    return {"zh": stage["zh"], "en": stage["en"], "limit": limit}
