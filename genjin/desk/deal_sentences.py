"""What happened to deals and quotations, as the timeline says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from genjin.desk.reasons import say

_Said = Callable[[Mapping[str, Any]], dict[str, str]]


def _reason(after: Mapping[str, Any], zh: str, en: str) -> dict[str, str]:
    return say(
        f"{zh}“{after.get('text', '')}”：{after.get('zh', '')}",
        f"{en} “{after.get('text', '')}”: {after.get('en', '')}",
    )


DEALS: dict[str, _Said] = {
    "deal.opened": lambda after: say(
        f"新建商机“{after.get('text', '')}”", f"Opened the deal “{after.get('text', '')}”"
    ),
    "deal.slipped": lambda after: say(
        f"商机“{after.get('text', '')}”预计成交推迟到 {after.get('expected_close', '')}，"
        f"下一步：{after.get('act', '')}",
        f"Put off “{after.get('text', '')}” to {after.get('expected_close', '')}; next: {after.get('act', '')}",
    ),
    "deal.won": lambda after: _reason(after, "赢单", "Won"),
    "deal.lost": lambda after: _reason(after, "输单", "Lost"),
    "deal.reopened": lambda after: say(f"重新打开商机“{after.get('text', '')}”", f"Reopened “{after.get('text', '')}”"),
    "deal.assigned": lambda after: say(
        f"商机“{after.get('text', '')}”转给 {after.get('name', '')}",
        f"Gave “{after.get('text', '')}” to {after.get('name', '')}",
    ),
    "quotation.made": lambda after: say(
        f"写了报价 {after.get('text', '')}", f"Wrote quotation {after.get('text', '')}"
    ),
    "quotation.released": lambda after: say(
        f"报价 {after.get('text', '')} 的折扣批了", f"The discount of {after.get('text', '')} was approved"
    ),
    "quotation.refused": lambda after: say(
        f"报价 {after.get('text', '')} 的折扣没有批", f"The discount of {after.get('text', '')} was not approved"
    ),
    "need.confirmed": lambda after: say(
        f"确认了 {after.get('many', 0)} 条需求还成立", f"Confirmed that {after.get('many', 0)} needs still hold"
    ),
}
