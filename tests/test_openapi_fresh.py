"""The description that the web client is made from is the present one (`make openapi` writes it)."""

from __future__ import annotations

import json
from pathlib import Path

from genjin.api.root import api

KEPT = Path(__file__).parents[1] / "web" / "openapi.json"


def test_the_kept_description_is_the_present_one() -> None:
    """Issue 2, point 1: the web client is generated and checked fresh."""
    present = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/"), default=str))
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert sorted(kept["paths"]) == sorted(present["paths"]), "run `make openapi`"
    assert kept == present, "run `make openapi`"
