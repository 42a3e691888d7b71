"""`genjin check FILE`: judge a spreadsheet by the written standard, without server or database."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from yaml import YAMLError

from genjin.cli.report.as_html import as_html
from genjin.cli.report.as_json import json_report
from genjin.cli.report.as_text import as_text
from genjin.exchange.checkup import Checkup, check_book
from genjin.exchange.columns import ColumnBook, load_columns
from genjin.lib.dates import read_datetime
from genjin.lib.sheets import SheetError, Workbook, load_file, read_workbook
from genjin.lib.standard import read_yaml
from genjin.quality.standard import Standard, StandardError, load_standard

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
PACKS = Path(__file__).resolve().parents[1] / "packs"
EPILOG = """\
例子：
  genjin check 跟进表.xlsx                                在终端看结果
  genjin check 跟进表.xlsx --format html --out 体检.html  一份能转发的报告
  genjin check 跟进表.xlsx --format xlsx --out 批注.xlsx  原表加一列问题，格子上色
  genjin check 跟进表.xlsx --format json --now "2025-06-30 18:00"

能读 xlsx xls xlsb ods csv，表头在第几行、合并单元格、合计行、隐藏工作表都会认。
退出码：0 没有必须补的问题，1 有，2 文件读不了。
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(UNREADABLE, f"用法不对：{message}。看 genjin check --help\n")


def parser() -> argparse.ArgumentParser:
    """The arguments of `genjin check`."""
    made = _Parser(
        prog="genjin check",
        description="检查跟进表：哪几行缺什么、为什么、怎么改。不用启动服务，不联网。 / Check a sheet.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("file", metavar="FILE", help="要检查的表格 / the spreadsheet")
    made.add_argument(
        "--format",
        choices=("text", "json", "html", "xlsx"),
        default="text",
        help="报告的形式，默认 text / form of the report",
    )
    made.add_argument("--out", metavar="PATH", help="写到文件；html 和 xlsx 不给时放在原表旁边 / write to this file")
    made.add_argument("--pack", metavar="PACK", help="规则包的文件夹、quality.yaml 或导出的标准包 / rule pack")
    made.add_argument("--now", metavar="TIME", help='当作现在的时间，"YYYY-MM-DD HH:mm" / take this as now')
    return made


def run_check(argv: Sequence[str]) -> int:
    """Run the command. 0 nothing of severity error, 1 findings, 2 unreadable (one sentence on stderr)."""
    try:
        arguments = parser().parse_args(list(argv))
    except SystemExit as stop:
        return int(stop.code or 0)
    collecting = gc.isenabled()
    # Records live until the report is written; looking for garbage among them costs a quarter of the time.
    gc.disable()
    try:
        return _run(arguments)
    except SheetError as error:
        return _refuse(f"{error.zh} / {error.en}")
    except StandardError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"写不了报告：{error.strerror or error} / The report cannot be written")
    finally:
        if collecting:
            gc.enable()


def _run(arguments: argparse.Namespace) -> int:
    now = _now(arguments.now)
    standard, columns = _pack(arguments.pack)
    path = Path(arguments.file)
    data = load_file(path)
    book = read_workbook(data, path.name)
    checkup = check_book(book, path.name, standard, now=now, columns=columns)
    _write(checkup, path, arguments.format, arguments.out, lambda: _annotated(checkup, book, data))
    return FINDINGS if checkup.has_errors else CLEAN


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return UNREADABLE


def _now(text: str | None) -> datetime:
    if text is None:
        # A sheet holds local times of where it was written; the machine's clock is the nearest to it.
        return datetime.now()  # noqa: DTZ005
    reading = read_datetime(text, now=datetime.fromisoformat("2000-01-01"))
    if reading.value is None or reading.ambiguous or reading.relative or reading.assumed_year:
        raise StandardError(
            f"--now 要写成 2025-06-30 18:00，读不了“{text[:30]}” / --now must look like 2025-06-30 18:00"
        )
    return reading.value


def _pack(name: str | None) -> tuple[Standard, ColumnBook]:
    """The standard and the synonyms of a pack: a folder, its quality.yaml, a team's pack (`genjin pack show`), or the
    name of a built-in pack."""
    if name is None:
        return load_standard(), load_columns()
    path = PACKS / name if (PACKS / name / "quality.yaml").is_file() else Path(name)
    quality = path / "quality.yaml" if path.is_dir() else path
    columns = quality.parent / "columns.yaml"
    if not quality.is_file():
        raise StandardError(f"找不到规则包“{name}” / Pack not found")
    team = _team_standard(quality)
    if team is not None:
        return team, load_columns()
    return load_standard(quality), load_columns(columns) if columns.is_file() else load_columns()


def _team_standard(path: Path) -> Standard | None:
    """The standard that a team's pack says; None where the file is no such pack."""
    try:
        pack = read_yaml(path)
    except (OSError, UnicodeDecodeError, YAMLError):
        return None  # told by whoever reads it as rules
    if not isinstance(pack, dict) or "genjin" not in pack:
        return None
    # What checks a pack takes longer to load than most sheets take to judge.
    read: Standard = import_module("genjin.cli.team_pack").standard_of(pack)
    return read


def _write(checkup: Checkup, source: Path, form: str, out: str | None, workbook: Callable[[], bytes]) -> None:
    """Write the report to `out`; html and xlsx go beside the source by default, text and JSON to the terminal."""
    if form in ("html", "xlsx") and not out:
        out = str(source.with_name(f"{source.stem}-体检.{form}"))
    if out and Path(out).resolve() == source.resolve():
        raise StandardError("报告不能写在原表上，换一个 --out / The report must not replace the sheet itself")
    data = workbook() if form == "xlsx" else _text_report(checkup, form)
    if out:
        Path(out).write_bytes(data)
        sys.stderr.write(f"报告写在 {out}\n")
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing more may be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _annotated(checkup: Checkup, book: Workbook, data: bytes) -> bytes:
    # The library that writes workbooks takes longer to load than most sheets take to judge.
    written: bytes = import_module("genjin.cli.report.as_xlsx").as_xlsx(checkup, book, data)
    return written


def _text_report(checkup: Checkup, form: str) -> bytes:
    if form == "json":
        return json_report(checkup)
    return (as_html(checkup) if form == "html" else as_text(checkup)).encode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(run_check(sys.argv[1:]))
