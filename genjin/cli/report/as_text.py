"""The report for a terminal: verdict, numbers, the worst rows, what was assumed."""

from __future__ import annotations

from genjin.cli.report.words import masked, percent, rule_name
from genjin.exchange.checkup import CheckedRow, Checkup

MARKS = {"error": "●", "warning": "▲", "hint": "·"}


def as_text(checkup: Checkup) -> str:
    """The whole report as lines of text; phone numbers are masked."""
    summary = checkup.summary
    lines = [f"{checkup.file}：{summary.rows} 条记录，{summary.clean} 条可以直接用。", ""]
    late = percent(summary.timeliness) if summary.timeliness is not None else "看不出（没有记录时间）"
    lines.append(
        f"要素齐全 {percent(summary.completeness)}    24 小时内写 {late}    空话占比 {percent(summary.vague_share)}    "
        f"断档客户 {summary.broken_followup}    可能重复 {len(summary.duplicates)} 组"
    )
    for rule, count in summary.by_rule.items():
        lines.append(f"  {count:>5}  {rule_name(rule)}（{rule}）")
    for group in summary.duplicates:
        lines.append(f"  可能是同一家：{'、'.join(group)}")
    for row in sorted(checkup.rows, key=lambda row: (row.verdict.score, row.entry.row)):
        lines += _row(row, len(checkup.readings) > 1)
    lines += ["", "读表时的假定", *(f"  {masked(note.zh)}" for note in checkup.notes)]
    return "\n".join(lines) + "\n"


def _row(row: CheckedRow, several: bool) -> list[str]:
    findings = [each for each in row.verdict.findings if each.severity != "hint"]
    if not findings:
        return []
    where = f"{row.entry.sheet} 第 {row.entry.row} 行" if several else f"第 {row.entry.row} 行"
    lines = ["", f"{where}  {row.verdict.score} 分  {row.customer or '（没有客户名称）'}  {row.author}".rstrip()]
    for each in findings:
        lines.append(f"  {MARKS[each.severity]} {each.field}：{each.message}。{each.suggestion}")
    return [masked(line) for line in lines]
