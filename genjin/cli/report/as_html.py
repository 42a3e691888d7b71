"""The letter a manager can forward: one self-contained page, no script, prints on A4 (design 07).

Every text of the sheet is escaped; phone numbers are masked before anything else happens to a text.
"""

from __future__ import annotations

import math
from html import escape
from importlib.resources import files
from string import Template

from genjin.cli.report.letter import First, Person, firsts, lead, most_missing, most_said, people, period, scored
from genjin.cli.report.words import masked, money, percent, rule_name
from genjin.exchange.checkup import CheckedRow, Checkup
from genjin.lib.companies import display_name
from genjin.quality.cells import cell_text
from genjin.quality.record import Finding, Raw

#: More rows make the page heavy; the xlsx report holds all of them.
MOST_ROWS = 500
MOST_BARS = 8
_SHOWN = (
    ("联系人", "contact"), ("联系方式", "contact_info"), ("跟进时间", "contact_at"), ("记录时间", "entered_at"),
    ("跟进方式", "channel"), ("跟进状态", "status"), ("跟进内容", "summary"), ("客户反馈", "feedback"),
    ("下一步计划", "next_step"),
)  # fmt: skip
#: Shown in every row; the others only when something is wrong with them.
_ALWAYS = frozenset({"跟进时间", "跟进方式", "跟进内容", "客户反馈", "下一步计划"})
_SHORT_LABELS = {
    "跟进内容": "内容",
    "客户反馈": "客户说",
    "下一步计划": "下一步",
    "记录时间": "写于",
    "跟进状态": "状态",
}


def as_html(checkup: Checkup) -> str:
    """The whole page as text."""
    page = Template((files("genjin.cli.report") / "letter.html").read_text(encoding="utf-8"))
    summary, said = checkup.summary, lead(checkup)
    area = f"问题集中在<b>{escape(said.area)}</b>" if said.area else ""
    ranked, others = people(checkup)
    return page.substitute(
        file=_safe(checkup.file),
        when=f"{checkup.now:%Y-%m-%d %H:%M}",
        standard="销售跟进标准",
        verdict=f"{summary.rows} 条记录，{summary.clean} 条可以直接用。",
        lead=area + _safe(said.rest),
        period=period(checkup.rows, checkup.now),
        five=_five(checkup),
        bars=_bars(checkup),
        firsts=_firsts(firsts(checkup)),
        people=_people(ranked, others),
        rows=_rows(checkup),
        assumptions="；".join(_safe(note.zh) for note in checkup.notes),
    )


def _safe(text: str) -> str:
    return escape(masked(text))


def _five(checkup: Checkup) -> str:
    summary, rows = checkup.summary, checkup.rows
    blank = most_missing(rows)
    phrase, times = most_said(rows)
    late = summary.by_rule.get("late-entry", 0)
    group = "、".join(display_name(name) for name in summary.duplicates[0][:2]) if summary.duplicates else "没有发现"
    cells = (
        ("要素齐全", percent(summary.completeness), f"缺得最多：{blank}" if blank else "没有缺的"),
        (
            "24 小时内写",
            "—" if summary.timeliness is None else percent(summary.timeliness),
            "表里没有记录时间" if summary.timeliness is None else f"{late} 条晚写",
        ),
        ("空话占比", percent(summary.vague_share), f"“{phrase}”{times} 次" if phrase else "内容或下一步是空话"),
        ("断档客户", str(summary.broken_followup), "没有下一步，或太久没联系"),
        ("可能重复", f"{len(summary.duplicates)} 组", group),
    )
    return "".join(
        f"<div><span>{name}</span><strong>{value}</strong><small>{_safe(note)}</small></div>"
        for name, value, note in cells
    )


def _bars(checkup: Checkup) -> str:
    severities = {finding.rule: finding.severity for row in checkup.rows for finding in scored(row)}
    counts = list(checkup.summary.by_rule.items())[:MOST_BARS]
    if not counts:
        return "<p>没有。</p>"
    most = counts[0][1]
    bars = "".join(
        f'<div class="bar"><span>{escape(rule_name(rule))}</span>'
        f'<i><b class="{severities[rule]}" style="width:{max(2, round(100 * count / most))}%"></b></i>'
        f"<em>{count}</em></div>"
        for rule, count in counts
    )
    return f'{bars}<p class="key"><span>提交前要改</span><span class="warning">建议改</span></p>'


def _firsts(chosen: list[First]) -> str:
    if not chosen:
        return "<p>没有断档的客户。</p>"
    return "".join(
        f'<div class="first"><span>{_safe(each.name)}</span>'
        f"<strong>{money(each.amount) if each.amount else '—'}</strong>"
        f"<small>{_safe(each.reason)}</small></div>"
        for each in chosen
    )


def _people(ranked: list[Person], others: list[str]) -> str:
    if not ranked:
        return ""
    body = "".join(
        f"<tr><td>{_safe(each.name)}</td><td data-label='条数'>{each.records}</td>"
        f'<td><span class="meter"><b class="{_level(each.score)}" style="width:{each.score}%"></b></span>'
        f"<strong>{each.score}</strong></td>"
        f"<td data-label='要素齐全'>{percent(each.completeness)}</td>"
        f"<td data-label='24 小时内'>{'—' if each.timeliness is None else percent(each.timeliness)}</td>"
        f"<td data-label='断档'>{each.broken} 家</td><td>{_safe(each.advice)}</td></tr>"
        for each in ranked
    )
    head = "".join(
        f"<th>{name}</th>" for name in ("跟进人", "条数", "平均分", "要素齐全", "24 小时内", "断档", "最该改的一件事")
    )
    rest = f'<p class="meta">不足 10 条没有排：{_safe("、".join(others))}</p>' if others else ""
    return (
        "<section><h2>按人看<small>同一把尺子；条数少于 10 的不排</small></h2>"
        f'<table class="people"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}</section>'
    )


def _level(score: int) -> str:
    return "" if score >= 80 else "soon" if score >= 60 else "over"


def _rows(checkup: Checkup) -> str:
    bad = [row for row in checkup.rows if scored(row)]
    if not bad:
        return ""
    bad.sort(key=lambda row: (row.verdict.score, row.entry.row))
    several = len(checkup.readings) > 1
    shown = "".join(_row(row, several) for row in bad[:MOST_ROWS])
    more = f'<p class="meta">另有 {len(bad) - MOST_ROWS} 条在 xlsx 报告里。</p>' if len(bad) > MOST_ROWS else ""
    return (
        f"<section><h2>逐行<small>{len(bad)} 条要看，按分数从低到高。行号和原表一致</small></h2>{shown}{more}</section>"
    )


def _row(row: CheckedRow, several: bool) -> str:
    findings = scored(row)
    where = f"{_safe(row.entry.sheet)}<br>" if several else ""
    name = _safe(row.customer) or "（没有客户名称）"
    if any(finding.field == "客户名称" for finding in findings):
        name = f"<mark>{name}</mark>"
    told = "".join(_finding(finding) for finding in findings)
    return (
        f'<div class="row"><div class="where">{where}第 {row.entry.row} 行</div>{_ring(row.verdict.score)}'
        f'<div class="said"><strong>{name}</strong><span class="who">{_safe(row.author)}</span>\n'
        f"{_said(row, findings)}</div>"
        f'<div class="told">{told}</div></div>'
    )


def _ring(score: int) -> str:
    length = 2 * math.pi * 20
    return (
        f'<svg class="ring {_level(score)}" width="44" height="44" viewBox="0 0 44 44" role="img" '
        f'aria-label="{score} 分">'
        f'<circle class="rest" cx="22" cy="22" r="20"/><circle class="got" cx="22" cy="22" r="20" '
        f'stroke-dasharray="{length * score / 100:.1f} {length:.1f}" transform="rotate(-90 22 22)"/>'
        f'<text x="22" y="27">{score}</text></svg>'
    )


def _said(row: CheckedRow, findings: list[Finding]) -> str:
    """The record in one paragraph, the words of each finding underlined."""
    parts = []
    for field, attribute in _SHOWN:
        wrong = [finding for finding in findings if finding.field == field]
        text = cell_text(_raw(row, attribute)).strip("\n")
        if not wrong and (field not in _ALWAYS or not text.strip()):
            continue
        label = f'<span class="label">{_SHORT_LABELS[field]}：</span>' if field in _SHORT_LABELS else ""
        if field == "跟进时间" and text.endswith(" 00:00"):
            text = text[:10]
        parts.append(label + _marked(text, wrong))
    return "　".join(parts)


def _raw(row: CheckedRow, attribute: str) -> Raw:
    value: Raw = getattr(row.record, attribute)
    return value


def _marked(text: str, findings: list[Finding]) -> str:
    """Escaped text with the spans of findings in <mark>; a finding without span marks the whole cell."""
    if not text.strip():
        return "<mark>（空）</mark>" if findings else ""
    text = masked(text)
    marks = [""] * len(text)
    for finding in sorted(findings, key=lambda each: each.severity == "error"):
        start, end = finding.span or (0, len(text))
        for place in range(max(0, start), min(end, len(text))):
            marks[place] = finding.severity
    pieces, start = [], 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marks[place] != marks[start]:
            piece = escape(text[start:place])
            pieces.append(f'<mark class="{marks[start]}">{piece}</mark>' if marks[start] else piece)
            start = place
    return "".join(pieces)


def _finding(finding: Finding) -> str:
    if finding.fix:
        text = _safe(f"改成：{finding.fix}")
    else:
        # Example and suggestion are the standard's own words: a number in them is nobody's.
        example = f"例：{finding.example}" if finding.example else ""
        text = escape("。".join(part.rstrip("。") for part in (finding.suggestion, example) if part))
    risk = f'<i class="risk">不改有风险：{escape(finding.risk.zh)}</i>' if finding.risk else ""
    return f'<div class="finding {finding.severity}"><b>{_safe(finding.message)}</b>{text}{risk}</div>'
