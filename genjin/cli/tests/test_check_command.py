"""`genjin check`: exit status, forms, refusals; nothing of a sheet acts in a report (R-237, R-249, I1, I2)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from genjin.cli.check import run_check
from genjin.lib.tests import sheet_files as made

SAMPLES = Path(__file__).resolve().parents[3] / "tests" / "data" / "samples"
NOW = ("--now", "2025-06-30 18:00")
HEADER = ["公司", "对接人", "电话", "拜访时间", "方式", "内容", "反馈", "下一步", "业务员", "录入时间"]
GOOD = [
    "苏州甲精密有限公司", "王工", "13800138000", "2025-06-20 10:00", "电话",
    "王工问TL-200报价，要3台，预算30万，7月10日前到货", "“单价降到9.5万就签”",
    "李建波6月25日10:00把3台的报价单发给王工",
    "李建波", "2025-06-20 11:00",
]  # fmt: skip
EVIL = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "<svg/onload=alert(1)>",
    "${7*7}{{7*7}}$file", "</style><script>x</script>", "&lt;b&gt;", "<!--", "\u202eevil",
]  # fmt: skip
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", ' "=1', '=HYPERLINK("http://x.invalid","a")']


def sheet(tmp_path: Path, *rows: list[Any], name: str = "跟进表.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(made.xlsx([HEADER, *rows]))
    return path


def changed(**cells: Any) -> list[Any]:
    return [cells.get(name, value) for name, value in zip(HEADER, GOOD)]


def test_a_clean_sheet_exits_with_zero(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run_check([str(sheet(tmp_path, GOOD)), "--format", "json", *NOW]) == 0
    report = json.loads(capsysbinary.readouterr().out)
    assert list(report) == ["file", "assumptions", "columns", "rows", "summary"]
    assert report["file"] == "跟进表.xlsx"
    assert report["columns"]["公司"] == "客户名称"
    (row,) = report["rows"]
    assert (row["sheet"], row["row"], row["customer"], row["score"]) == ("Sheet1", 2, "苏州甲精密有限公司", 100)
    assert set(row["axes"]) == {"structure", "action", "evidence", "clarity"}
    assert row["normalized"]["联系方式"] == "13800138000"
    assert report["summary"]["completeness"] == 1.0
    assert report["summary"]["timeliness"] == 1.0


def test_warnings_alone_exit_with_zero_and_errors_with_one(tmp_path: Path) -> None:
    late = sheet(tmp_path, changed(录入时间="2025-06-25 11:00"))
    assert run_check([str(late), *NOW]) == 0
    assert run_check([str(sheet(tmp_path, changed(下一步="持续跟进"))), *NOW]) == 1


def test_the_summary_counts(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    rows = [
        GOOD,
        changed(下一步="持续跟进"),
        changed(公司="上海乙公司", 反馈="", 录入时间="2025-06-25 11:00"),
        changed(公司="甲精机", 录入时间=""),
    ]
    run_check([str(sheet(tmp_path, *rows)), "--format", "json", *NOW])
    summary = json.loads(capsysbinary.readouterr().out)["summary"]
    assert (summary["rows"], summary["clean"]) == (4, 2)
    assert summary["completeness"] == round(1 - 1 / 32, 4)
    assert summary["timeliness"] == round(2 / 3, 4)
    assert summary["vague_share"] == 0.25
    assert summary["by_rule"]["vague-next-step"] == 1
    assert summary["broken_followup"] == 1


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", made.compound({"EncryptedPackage": b"x" * 5000}), made.xlsx([["甲", "乙"], [1, 2]])]
)
def test_unreadable_files_exit_with_two_and_one_sentence(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    for form in ("text", "json", "html", "xlsx"):
        assert run_check([str(path), "--format", form]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1
        assert "Traceback" not in told.err
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a", "b"],
        ["没有.xlsx"],
        ["x.csv", "--format", "pdf"],
        ["x.csv", "--now", "昨天"],
        ["x.csv", "--pack", "/没有"],
    ],
)
def test_wrong_usage_exits_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_check(arguments) == 2
    assert capsys.readouterr().err


def test_help_teaches_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_check(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "退出码" in shown
    assert "--format html" in shown


def test_it_starts_without_django() -> None:
    code = "import sys, genjin.cli.check, genjin.cli.report.as_xlsx; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_pack_changes_the_severity(tmp_path: Path) -> None:
    standard = Path(__file__).resolve().parents[2] / "packs" / "standard"
    text = (standard / "quality.yaml").read_text(encoding="utf-8")
    soft = re.sub(r"(vague-next-step: .*severity: )error", r"\1warning", text)
    soft = re.sub(r"(next-step-no-(?:date|owner): .*severity: )error", r"\1warning", soft)
    (tmp_path / "quality.yaml").write_text(soft, encoding="utf-8")
    path = sheet(tmp_path, changed(下一步="持续跟进"))
    assert run_check([str(path), *NOW]) == 1
    assert run_check([str(path), "--pack", str(tmp_path), *NOW]) == 0
    assert run_check([str(path), "--pack", "standard", *NOW]) == 1


def test_a_teams_exported_pack_is_judged_by(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """R-221: what `genjin pack show` prints is a rule pack too; one that cannot be is told."""
    pack = tmp_path / "青松.yaml"
    pack.write_text(
        "genjin: 1\nstandard: {rules: {vague-next-step: {severity: warning}, next-step-no-date: {severity: hint}}}\n",
        encoding="utf-8",
    )
    path = sheet(tmp_path, changed(下一步="持续跟进"))
    assert run_check([str(path), *NOW]) == 1
    assert run_check([str(path), "--pack", str(pack), *NOW]) == 0
    pack.write_text("genjin: 1\nstandard: {rules: {glossary: {severity: error}}}\n", encoding="utf-8")
    assert run_check([str(path), "--pack", str(pack), *NOW]) == 2
    assert "“内部行话”只能提示或不查" in capsys.readouterr().err


class Page(HTMLParser):
    """Notes everything in a page that could act or load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.acting: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in {"script", "img", "iframe", "object", "embed", "link", "form", "a", "base"}:
            self.acting.append(tag)
        self.acting += [
            name for name, _ in attrs if name.startswith("on") or name in {"src", "href", "srcdoc", "xlink:href"}
        ]


def page_of(path: Path, out: Path) -> str:
    run_check([str(path), "--format", "html", "--out", str(out), *NOW])
    return out.read_text(encoding="utf-8")


def test_nothing_of_a_sheet_acts_in_the_letter(tmp_path: Path) -> None:
    rows = [[f"{text}{place}" for place in range(len(HEADER))] for text in EVIL]
    path = tmp_path / "表<img src=x onerror=1>.xlsx"
    path.write_bytes(made.sheets_xlsx({"a'><b": [[*HEADER, "<script>头</script>"], *([*row, "x"] for row in rows)]}))
    page = page_of(path, tmp_path / "r.html")
    seen = Page()
    seen.feed(page)
    assert seen.acting == []
    assert seen.tags.count("style") == 1
    assert "default-src 'none'" in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_letter_hides_phones_and_keeps_rows_together(tmp_path: Path) -> None:
    page = page_of(SAMPLES / "跟进表_真实场景.xlsx", tmp_path / "r.html")
    assert set(re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", page)) <= {"13800138000"}, "only the example of the standard"
    assert "138****" in page
    assert "break-inside: avoid" in page
    assert "size: A4" in page
    assert "问题集中在<b>" in page
    assert "第 94 行" in page
    assert "第3行为表头" in page


def test_people_with_few_records_are_not_ranked(tmp_path: Path) -> None:
    rows = [changed(公司=f"第{n}机电有限公司", 业务员="李建波") for n in range(10)] + [
        changed(业务员="周婷") for _ in range(9)
    ]
    page = page_of(sheet(tmp_path, *rows), tmp_path / "r.html")
    assert "<td>李建波</td>" in page
    assert "<td>周婷</td>" not in page
    assert "不足 10 条没有排：周婷" in page


def test_the_workbook_copy_has_a_column_and_colours_and_is_else_untouched(tmp_path: Path) -> None:
    source, out = SAMPLES / "跟进表_真实场景.xlsx", tmp_path / "批注.xlsx"
    before = source.read_bytes()
    assert run_check([str(source), "--format", "xlsx", "--out", str(out), *NOW]) == 1
    assert source.read_bytes() == before
    old, new = openpyxl.load_workbook(source), openpyxl.load_workbook(out)
    assert new.sheetnames == old.sheetnames
    assert new["4月旧表（勿动）"].sheet_state == "hidden"
    one, two = old["客户跟进"], new["客户跟进"]
    assert two.merged_cells.ranges == one.merged_cells.ranges
    for row in one.iter_rows():
        for cell in row:
            copied = two[cell.coordinate]
            assert (copied.value, copied.number_format) == (cell.value, cell.number_format)
    assert two["P3"].value == "体检发现"
    assert "下一步计划" in two["P7"].value
    assert two["I7"].fill.fgColor.rgb == "FFF6CFC4"
    assert two["P4"].value is None
    assert two["I4"].fill.fgColor.rgb == one["I4"].fill.fgColor.rgb


def test_no_cell_of_the_copy_becomes_a_formula(tmp_path: Path) -> None:
    rows = "\n".join(",".join(f'"{text.replace(chr(34), chr(34) * 2)}"' for text in [value] * 3) for value in FORMULAS)
    path = tmp_path / "名单.csv"
    path.write_text(f"客户名称,联系人,电话\n{rows}\n", encoding="utf-8")
    out = tmp_path / "名单-体检.xlsx"
    assert run_check([str(path), "--format", "xlsx", *NOW]) == 1
    copy = openpyxl.load_workbook(out).worksheets[0]
    assert {cell.data_type for row in copy.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert copy["A2"].value == "=1+1"


def test_the_report_never_replaces_the_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = sheet(tmp_path, GOOD)
    before = path.read_bytes()
    assert run_check([str(path), "--format", "xlsx", "--out", str(path), *NOW]) == 2
    assert path.read_bytes() == before
    assert "不能写在原表上" in capsys.readouterr().err


def test_a_firm_visited_under_another_spelling_is_not_silent(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    old = changed(公司="宁波甬渡精密机械有限公司", 拜访时间="2025-03-01 10:00", 录入时间="2025-03-01 11:00")
    for other, silent in (("甬渡精机", 0), ("台州别家阀门", 1)):
        run_check([str(sheet(tmp_path, old, changed(公司=other))), "--format", "json", *NOW])
        assert json.loads(capsysbinary.readouterr().out)["summary"]["broken_followup"] == silent
