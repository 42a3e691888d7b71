"""The standard that a team's pack says (`genjin pack show`), for `genjin check --pack` (R-213)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from genjin.lib.errors import Invalid
from genjin.lib.standard import read_standard
from genjin.quality.schemas import StandardBody
from genjin.quality.standard import Standard, StandardError, standard_from
from genjin.quality.team import checked, laid_over


def standard_of(pack: Mapping[str, Any]) -> Standard:
    """The pack's standard laid over the one of the product; raises StandardError."""
    try:
        body = StandardBody.model_validate(pack.get("standard") or {}).parts()
        return standard_from(laid_over(read_standard("quality"), checked(body)))
    except (ValidationError, Invalid) as wrong:
        said = wrong.zh if isinstance(wrong, Invalid) else str(wrong.errors()[0]["loc"])
        raise StandardError(f"标准包里的跟进标准不能用：{said} / The standard of the pack will not do") from None
