"""`genjin pack`: a team's configuration on the command line, by the same verbs as the screen."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from genjin.access.actor import Actor
from genjin.access.queries import actor_of_member
from genjin.lib import moment
from genjin.lib.errors import Refusal
from genjin.packs import actions, pack_queries
from genjin.packs.backtest import backtest
from genjin.packs.book import Pack, read_pack

_SECTIONS = {
    "options": "选项列表", "types": "记录类型", "groups": "分组", "forms": "字段", "rules": "校验", "templates": "模板",
    "roles": "角色", "views": "视图", "flows": "审批流程", "playbooks": "销售流程", "pools": "公海",
    "automations": "自动化", "standard": "跟进标准", "settings": "设置",
}  # fmt: skip
_SIGNS = {"added": "+", "removed": "-", "changed": "~", "order": "↕"}


def run(options: argparse.Namespace, member_id: int) -> int:
    """Show, compare or apply; returns the exit code, as `diff` does: 1 where something differs. Raises `Refusal`."""
    actor = actor_of_member(member_id, source="cli")
    if options.act == "show":
        text = pack_queries.shipped_text(options.pack) if options.pack else pack_queries.own_pack(actor)["text"]
        print(text, end="")
        return 0
    if not options.pack:
        raise Refusal("要比较或者应用哪个标准包？写文件名或者自带的名字", "Name a file or a shipped pack")
    return {"apply": _apply, "backtest": _backtest, "diff": _compare}[options.act](actor, options)


def _source(name: str) -> Pack:
    path = Path(name)
    if not path.suffix:
        return read_pack(pack_queries.shipped_text(name))
    try:
        return read_pack(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"打不开文件“{name}”", f"Cannot open “{name}”") from None


def _mapping(options: argparse.Namespace) -> dict[str, str]:
    """`--move old=new`: where the customers of a node that goes are to stand."""
    parts = [each.partition("=") for each in options.move]
    if any(not (old and new) for old, _, new in parts):
        raise Refusal("--move 写成 旧节点=新节点", "--move takes old=new")
    return {old: new for old, _, new in parts}


def _compare(actor: Actor, options: argparse.Namespace) -> int:
    seen = pack_queries.preview(actor, _source(options.pack), options.leave, _mapping(options))
    for each in seen["changes"]:
        print(_line(each))
    for each in seen["gone"]:
        to = each["to"] or "？（--move）"
        print(f"! “{each['zh']}”的 {each['customers']} 家客户 → {to} / customers of a node that goes")
    if options.lines:
        print("\n".join(seen["lines"]))
    if not seen["changes"]:
        print("和现在的配置一样 / nothing differs")
    return 1 if seen["changes"] else 0


def _backtest(actor: Actor, options: argparse.Namespace) -> int:
    seen = backtest(actor, _source(options.pack), options.leave, _mapping(options), now=moment.now())
    for each in seen["items"]:
        print(f"{each['zh']}：{each['said']['zh']}")
        for one in each["examples"][:5]:
            print(f"  {one['name']}：{one['zh']}")
    if not seen["items"]:
        print("不动表单、跟进标准和流程，没有要回放的 / neither forms, the standard nor processes change")
    return 1 if any(each["stopped"] for each in seen["items"]) else 0


def _line(change: dict[str, Any]) -> str:
    section = _SECTIONS[change["section"]]
    return f"{_SIGNS[change['what']]} {section} {change['zh']}（{change['id']}）"


def _apply(actor: Actor, options: argparse.Namespace) -> int:
    version = pack_queries.own_pack(actor)["version"]
    more = {"leave": options.leave, "mapping": _mapping(options), "why": options.why}
    made = actions.apply_pack(actor, pack=_source(options.pack), version=version, **more)
    print(f"改了 {made['changes']} 处；退回用网页“标准包”的版本 {made['number']} / {made['changes']} changes applied")
    return 0
