"""The fixed logins of the demo organisation: shown on the first-run page, honoured on this machine only."""

from __future__ import annotations

from typing import NamedTuple


class DemoLogin(NamedTuple):
    account: str
    password: str
    name: str
    role: str


LOGINS = (
    DemoLogin("li@demo.example", "genjin-demo", "李晓雯", "rep"),
    DemoLogin("wang@demo.example", "genjin-demo", "王海涛", "rep"),
    DemoLogin("zhao@demo.example", "genjin-demo", "赵敏", "supervisor"),
    DemoLogin("chen@demo.example", "genjin-demo", "陈立", "admin"),
)
