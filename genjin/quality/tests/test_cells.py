"""Blank cells, times, options and contact details (R-021, R-023–R-029, R-079)."""

# Times in sheets are naive local times.

from __future__ import annotations

from datetime import datetime

import pytest

from genjin.quality.tests.cases import rules, verdict

CELLS = ["customer", "contact", "contact_info", "contact_at", "channel", "summary", "feedback", "next_step"]
HEADERS = ["客户名称", "联系人", "联系方式", "跟进时间", "跟进方式", "跟进内容", "客户反馈", "下一步计划"]


def test_the_good_record_has_nothing_to_mend() -> None:
    found = verdict()
    assert rules() == set()
    assert (found.score, set(found.axes.values())) == (100, {100})


@pytest.mark.parametrize(("cell", "header"), list(zip(CELLS, HEADERS)))
@pytest.mark.parametrize("blank", [None, "", "  ", "/", "—", "无", "-", "\u3000"])
def test_a_blank_cell_is_missing_and_nothing_else(cell: str, header: str, blank: str | None) -> None:
    """R-021: only missing-required fires on a blank cell."""
    findings = [f for f in verdict(**{cell: blank}).findings if f.severity != "hint"]
    assert [(f.rule, f.field, f.severity) for f in findings] == [("missing-required", header, "error")]


@pytest.mark.parametrize(
    ("status", "summary", "feedback", "missing"),
    [
        ("已成交", "合同已签，金额16.2万元，7月7日启动", "“当天给计划”", False),
        ("成交", "游总定了1台，付30%", "“8月10日前交”", False),
        ("流失", "对方选了本地供应商，价格低2.3万", "以后有扩线再联系", False),
        ("丢单", "客户说预算被集团砍掉", "明年再看", False),
        ("暂停", "暂时不做了。", "没说原因", True),
        ("暂停", "客户说先放一放", "没意见", True),
        ("已联系", "王总问 TL-200 换模时间，答15分钟", "“可以接受”", True),
        ("待回复", "合同已签，金额16.2万元", "“可以”", True),
    ],
)
def test_the_plan_may_be_blank_only_when_closed_with_a_reason(
    status: str, summary: str, feedback: str, missing: bool
) -> None:
    """R-007."""
    found = rules(status=status, summary=summary, feedback=feedback, next_step=None, due=None)
    assert ("missing-required" in found) is missing


@pytest.mark.parametrize(
    ("contact_at", "entered_at", "wanted"),
    [
        ("2025-06-27 10:06", "2025-06-27 11:00", set()),
        ("今天", "2025-06-27 11:00", {"inexact-time"}),
        ("上周", "2025-06-27 11:00", {"inexact-time"}),
        ("6月", "2025-06-27 11:00", {"inexact-time"}),
        ("2025-06-27", "2025-06-27 11:00", {"inexact-time"}),
        (datetime(2025, 6, 27), "2025-06-27 11:00", {"inexact-time"}),
        ("昨天下午3点", "2025-06-27 11:00", {"inexact-time"}),
        ("2025-02-30 10:00", "2025-06-27 11:00", {"inexact-time"}),
        ("2025-06-27 12:00", "2025-06-27 11:00", {"future-time"}),
        ("2025-06-27 12:00", "2025-06-27", set()),
        ("2025-06-28 00:30", "2025-06-27", {"future-time"}),
        ("2025-06-28", "2025-06-27 11:00", {"inexact-time", "future-time"}),
        ("2025-07-01 09:00", None, {"future-time"}),
        ("2025-06-30 17:59", None, set()),
        ("2025-06-26 11:00", "2025-06-27 11:00", set()),
        ("2025-06-26 10:59", "2025-06-27 11:00", {"late-entry"}),
        ("2025-06-20 10:59", None, set()),
        ("2025-06-25", "2025-06-27 11:00", {"inexact-time", "late-entry"}),
        ("2025-06-26", "2025-06-27 11:00", {"inexact-time"}),
        ("2025-06-25 12:00", "2025-06-27", {"late-entry"}),
        ("2025-06-25 12:00", "2025-06-26", set()),
        ("6月27日 9:00", "2025-06-27 11:00", set()),
        ("05/06/2025 10:00", "2025-06-05 11:00", set()),
    ],
)
def test_the_three_rules_of_time(contact_at: object, entered_at: object, wanted: set[str]) -> None:
    """R-024–R-026, R-079: a bare date is late or future only when it is so at every hour of it."""
    assert rules(contact_at=contact_at, entered_at=entered_at, due="2025-07-20") == wanted


@pytest.mark.parametrize(
    "channel",
    [
        "电话",
        "电联",
        "VX",
        "vx",
        "微信语音",
        "企微",
        "面访",
        "面谈",
        "上门",
        "上门拜访",
        "腾讯会议",
        "钉钉会议",
        "E-mail",
        "邮件 ",
        "短信",
    ],
)
def test_known_channels_and_synonyms_pass(channel: str) -> None:
    """R-027."""
    assert rules(channel=channel) == set()


@pytest.mark.parametrize("channel", ["吃饭", "走流程", "其他", "QQ", "朋友圈", "xx", "路上偶遇"])
def test_unknown_channels_are_reported(channel: str) -> None:
    assert rules(channel=channel) == {"unknown-option"}


@pytest.mark.parametrize(
    "status",
    ["已联系", "待回复", "未接通", "已成交", "暂停", "流失", "成交", "已签约", "等回复", "丢单", None, "", "/"],
)
def test_known_states_pass_and_a_blank_one_is_assumed(status: str | None) -> None:
    """R-028."""
    assert "unknown-option" not in rules(status=status)


@pytest.mark.parametrize("status", ["还行", "有戏", "一般", "正常", "A类", "快了"])
def test_unknown_states_are_reported(status: str) -> None:
    assert rules(status=status) == {"unknown-option"}


def test_synonyms_and_formats_are_normalised() -> None:
    """R-033."""
    found = verdict(
        channel="VX", status="已签约", contact_info="138 0013 8000（微信同号）", contact_at="2025年6月27日 上午10点"
    )
    assert found.normalized == {
        "客户名称": "苏州恒锐精密机械有限公司",
        "联系人": "王建国",
        "跟进方式": "微信",
        "跟进状态": "已成交",
        "联系方式": "13800138000",
        "跟进时间": "2025-06-27 10:00",
    }


def test_letters_for_digits_are_offered_mended() -> None:
    finding = verdict(contact_info="138OO760133").findings[0]
    assert (finding.rule, finding.fix) == ("bad-contact-format", "13800760133")
    assert verdict(contact_info="见名片").findings[0].fix is None


@pytest.mark.parametrize("attempt", [{"attempt": True}, {"status": "未接通"}, {"summary": "电话无人接听"}])
def test_an_attempt_needs_neither_content_nor_feedback(attempt: dict[str, object]) -> None:
    cells: dict[str, object] = {"summary": "未接通", "feedback": None, "next_step": "换座机再打", "due": "2025-07-02"}
    found = verdict(**(cells | attempt))
    assert found.attempt
    assert [f.rule for f in found.findings if f.severity != "hint"] == []
    assert "next-step-no-date" in rules(**(cells | attempt | {"due": None}))


def test_the_third_attempt_in_a_row_suggests_another_channel() -> None:
    assert "third-attempt" not in {f.rule for f in verdict(attempt=True, attempts_before=1).findings}
    assert "third-attempt" in {f.rule for f in verdict(attempt=True, attempts_before=2).findings}
