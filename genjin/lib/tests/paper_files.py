"""Word documents made by hand for the tests of the reader of templates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from docx import Document

Cells = Sequence[Sequence[str]]
Place = tuple[int, int]


def word(build: Callable[[Any], None]) -> bytes:
    made = Document()
    build(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def table(made: Any, rows: Cells, merges: Sequence[tuple[Place, Place]] = ()) -> Any:
    grid = made.add_table(rows=len(rows), cols=max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            grid.cell(at, column).text = text
    for first, last in merges:
        grid.cell(*first).merge(grid.cell(*last))
    return grid


def with_xml(data: bytes, old: bytes, new: bytes, part: str = "word/document.xml") -> bytes:
    """The same file with other words in one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            body = source.read(entry)
            target.writestr(entry.filename, body.replace(old, new) if entry.filename == part else body)
    return made.getvalue()


def seven_sections(made: Any) -> None:
    """The standard report of the sources (R-001…R-008): headings, two and four columns, lines, a table of steps."""
    made.add_heading("客户跟进报告", 0)
    made.add_heading("一、客户基本信息", 1)
    table(made, [["公司名称（必填）", "", "联系人（必填）", ""], ["联系方式*", "", "所属行业", "□制造 □软件 □医疗"]])
    made.add_heading("二、跟进时间与方式", 1)
    table(made, [["跟进时间", "____年__月__日 __时__分", "跟进方式", "□ 电话 □ 面谈 ☑ 线上会议 □ 其他____"]])
    made.add_heading("三、沟通主题与背景", 1)
    for line in ("客户需求：________", "客户问题：________", "阶段目标："):
        made.add_paragraph(line)
    made.add_heading("四、沟通内容摘要", 1)
    made.add_paragraph("（写清谈了什么、客户怎么说）")
    made.add_heading("五、跟进结果与结论", 1)
    table(made, [["当前进展", ""], ["客户满意度（1-5）", ""], ["成交概率（%）", ""], ["潜在风险", ""]])
    made.add_heading("六、下一步行动及负责人", 1)
    table(made, [["行动事项", "负责人", "截止日期"], ["", "", ""], ["", "", ""]])
    made.add_heading("七、附件/补充说明", 1)


def eight_fields(made: Any) -> None:
    """The form of the sources (R-021) as a list of fields with what is to be filled in."""
    made.add_paragraph("客户跟进记录表")
    table(
        made,
        [
            ["字段", "是否必填", "填写说明", "示例"],
            ["客户姓名/公司名称", "是", "填全称", "苏州恒锐精密机械有限公司"],
            ["联系方式", "是", "电话/微信/邮箱", "13800000000"],
            ["跟进时间", "是", "精确到分钟", "2024-06-12 14:30"],
            ["跟进方式", "是", "电话/面访/邮件/微信", ""],
            ["跟进内容摘要", "是", "要点、需求变化、反馈", ""],
            ["后续计划/待办", "是", "", ""],
            ["跟进人", "是", "", "李销售"],
            ["跟进状态", "否", "已联系/待回复/已成交/暂停", ""],
        ],
    )


def five_parts(made: Any) -> None:
    """The summary of the sources (R-055): bold headings with room below."""
    made.add_heading("跟进总结", 1)
    for part in ("沟通背景", "客户需求", "客户反馈", "下一步计划", "需协作事项"):
        made.add_paragraph().add_run(part).bold = True
        made.add_paragraph("")


def four_columns(made: Any) -> None:
    """A page of labels and values with a title in the table, a group at the side, units, ticks and wide cells."""
    table(
        made,
        [
            ["客户跟进登记表", "", "", ""],
            ["客户名称*", "", "联系电话", ""],
            ["拜访日期", "", "是否首次拜访", "□是 □否"],
            ["预算范围（万元）", "", "意向产品", "☑A型 ☑B型 □C型"],
            ["基本情况", "年产能（吨）", "", "（按去年实际）"],
            ["", "设备数量（台）", "", ""],
            ["沟通内容", "", "", ""],
        ],
        [((0, 0), (0, 3)), ((4, 0), (5, 0)), ((6, 1), (6, 3))],
    )
