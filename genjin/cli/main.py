"""The `genjin` command: every entry that is not HTTP."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

EPILOG = """\
第一次用 / first steps:
  genjin check 跟进表.xlsx           不装服务器，先看看手上的表 / audit a spreadsheet, no server
  make run                           演示团队，http://127.0.0.1:8000 / demo team
  genjin create-org 青松科技 --account boss@example.com
                                     建立自己的团队 / your own team
每个命令都有 --help / each command has --help
"""

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. `check` needs neither Django nor a database."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["check"]:
        # Its reports are of no use to a server that is to start quickly.
        from genjin.cli.check import run_check  # noqa: PLC0415

        return run_check(arguments[1:])
    parser = _parser()
    options = parser.parse_args(arguments)
    if not hasattr(options, "run"):
        parser.print_help()
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")
    run: str = options.run
    # The commands need Django set up; `check` must not, so they are loaded by name here.
    from genjin.cli import commands  # noqa: PLC0415

    command: Command = getattr(commands, run)
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="genjin",
        description="Genjin 跟进：客户跟进系统 / customer follow-up",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sub = parser.add_subparsers(metavar="命令/command")
    _add(sub, "serve", "启动网站 / start the web server", _serve_options)
    _add(sub, "worker", "启动后台：提醒、导入、导出 / start the worker", _worker_options)
    _add(sub, "migrate", "建立或升级数据库 / create or upgrade the database", _quiet)
    _add(sub, "create-org", "建立团队和第一个管理员 / make a team and its administrator", _org_options)
    _add(sub, "demo", "建立演示团队 / make the demo team", _demo_options)
    _add(sub, "check", "体检一张跟进表 / audit a spreadsheet (genjin check --help)", lambda parser: None)
    _add(sub, "import", "导入一张旧表 / take a spreadsheet over", _import_options)
    _add(
        sub,
        "pack",
        "标准包：导出、比较、回放、应用 / show, compare, back-test, apply a pack",
        _pack_options,
    )
    _add(sub, "backup", "备份成一个文件 / write one checksummed archive", _archive_options)
    _add(sub, "restore", "从备份恢复 / restore an archive", _restore_options)
    _add(sub, "events", "事件和谁在听 / events and who listens", lambda parser: None)
    _add(sub, "verbs", "所有动作 / all verbs", lambda parser: None)
    _add(sub, "openapi", "输出 OpenAPI / print the OpenAPI document", lambda parser: None)
    return parser


def _add(
    sub: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    options: Callable[[argparse.ArgumentParser], None],
) -> None:
    parser = sub.add_parser(name, help=text, description=text)
    options(parser)
    parser.set_defaults(run=name.replace("-", "_").replace("import", "import_file"))


def _quiet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="只在出错时说话 / speak only of errors")


def _serve_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="端口 / port (8000)")
    parser.add_argument("--workers", type=int, default=None, help="进程数，默认每核一个 / processes, one a core")
    parser.add_argument("--with-worker", action="store_true", help="同时启动后台 / start the worker too")
    parser.add_argument(
        "--with-demo", action="store_true", help="先升级数据库、备好演示团队 / upgrade and make the demo team first"
    )


def _worker_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="做完眼前的就退出 / do what is due and leave")


def _org_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="团队名称 / name of the team")
    parser.add_argument("--account", required=True, help="管理员的手机号或邮箱 / phone or e-mail")
    parser.add_argument("--person", default="管理员", help="管理员姓名 / name of the administrator")


def _demo_options(parser: argparse.ArgumentParser) -> None:
    _quiet(parser)
    parser.add_argument("--scale", type=int, default=1, help="几倍大 / how many times as large")


def _import_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="表格文件 / the spreadsheet")
    parser.add_argument("--account", required=True, help="以谁的身份导入 / as whom")


def _pack_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=("show", "diff", "backtest", "apply"), help="导出、比较、应用 / what to do")
    parser.add_argument("pack", nargs="?", default="", help="YAML 文件或自带的名字，如 trade / file or shipped pack")
    parser.add_argument("--account", required=True, help="以谁的身份 / as whom")
    parser.add_argument("--leave", action="append", default=[], metavar="ID", help="不要的一处 / leave a change out")
    parser.add_argument(
        "--move",
        action="append",
        default=[],
        metavar="OLD=NEW",
        help="去掉的节点的客户去哪里 / where customers of a node go",
    )
    parser.add_argument("--lines", action="store_true", help="diff 时也列出 YAML 的差别 / the YAML difference too")
    parser.add_argument("--why", default="", help="理由，记在操作记录里 / reason, kept in the audit list")


def _archive_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", help="备份文件，例如 backup.tar / the archive to write")


def _restore_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("archive", help="备份文件 / the archive")
    parser.add_argument("--yes", action="store_true", help="覆盖现有数据 / replace what is there")


if __name__ == "__main__":
    raise SystemExit(main())
