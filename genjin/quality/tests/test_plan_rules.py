"""The four rules of 下一步计划 (R-030, R-058, R-059, R-068, R-069)."""

from __future__ import annotations

import pytest

from genjin.quality.record import NextStep
from genjin.quality.tests.cases import rules, verdict
from genjin.quality.tests.tables import EMPTY_PLANS, EXECUTABLE_PLANS


@pytest.mark.parametrize("plan", EMPTY_PLANS)
def test_nobody_could_act_on_this(plan: str) -> None:
    assert "vague-next-step" in rules(next_step=plan)


@pytest.mark.parametrize("plan", EXECUTABLE_PLANS)
def test_somebody_could_act_on_this(plan: str) -> None:
    assert not rules(next_step=plan) & {"vague-next-step", "wait-without-checkback"}


@pytest.mark.parametrize(
    "plan", ["持续跟进", "保持沟通", "持续沟通", "保持联系", "等后续再联系", "待跟进", "后续跟进", "推进"]
)
def test_the_phrases_of_the_standard_are_not_executable(plan: str) -> None:
    """R-058, R-059."""
    assert "vague-next-step" in rules(next_step=plan)


WAITS = [
    "等客户回复",
    "等对方内部审批",
    "等王总出差回来",
    "等通知",
    "静候佳音",
    "等客户6月20日开完董事会",
    "有需要再联系我们",
    "等客户看完资料再说",
    "客户考虑好会联系我们",
    "待对方确认",
]


@pytest.mark.parametrize("plan", WAITS)
def test_waiting_alone_is_reported_twice(plan: str) -> None:
    """R-069: a plan that only waits is no act either; the customer's own event is not our check-back."""
    assert {"wait-without-checkback", "vague-next-step"} <= rules(next_step=plan)


@pytest.mark.parametrize(
    "plan",
    ["等客户回复，7月3日未回复则电话催", "等王总开完会，7月5日上午电话问结果", "7月3日再问一次预算，等他们财务批"],
)
def test_a_dated_checkback_is_enough(plan: str) -> None:
    assert rules(next_step=plan) == set()


def test_waiting_offers_a_dated_checkback_of_our_own() -> None:
    """R-069: 2025-06-30 is a Monday, three working days later is Thursday."""
    finding = next(f for f in verdict(next_step="等客户回复").findings if f.rule == "wait-without-checkback")
    assert finding.fix == "李晓雯 7月3日 10:00 电话王建国问结果"
    assert finding.span == (0, 5)


OURS = [
    "张伟6月20日前发合同给王总",
    "技术部6月18日出图",
    "法务审核合同后发客户",
    "老张周五去收款",
    "我周五电话王总",
    "请刘洋安排测试",
    "让售后去看一下",
    "欧阳雪6月20日回电",
    "商务何姐6月6日盖章回传",
    "和章启明一起上门演示",
]
THEIRS_OR_NOBODY = [
    "6月20日前把视频发给普经理",
    "6月11日去现场勘测，量打磨工位尺寸",
    "周五前发报价单",
    "约对方技术部开会",
    "马上发合同",
    "催李总盖章",
    "给王建国发样品",
    "全套资料6月20日寄出",
    "向刘主任汇报测试结果",
    "高温测试6月20日完成",
]


@pytest.mark.parametrize("plan", OURS)
def test_a_person_or_department_of_ours_is_an_owner(plan: str) -> None:
    assert "next-step-no-owner" not in rules(next_step=plan, owner="", author="")


@pytest.mark.parametrize("plan", THEIRS_OR_NOBODY)
def test_the_customers_people_are_no_owner(plan: str) -> None:
    assert "next-step-no-owner" in rules(next_step=plan, owner="", author="")


def test_the_author_is_owner_where_the_sheet_has_no_owner_column() -> None:
    plan = "7月2日上门量尺寸"
    assert "next-step-no-owner" in rules(next_step=plan, owner=None)
    assert "next-step-no-owner" not in rules(next_step=plan, owner=None, has_owner_column=False)
    assert "next-step-no-owner" in rules(next_step=plan, owner=None, author="/", has_owner_column=False)
    # Neither column: the app fills the author in.
    assert "next-step-no-owner" not in rules(
        next_step=plan, owner=None, author=None, has_owner_column=False, has_author_column=False
    )


@pytest.mark.parametrize(
    "plan",
    [
        "周五前发报价",
        "明天下午带样机",
        "7.3前寄样",
        "7/3 上门",
        "3天内出方案",
        "月底前签合同",
        "下周三演示",
        "14:30电话王总",
        "收到后24小时内答复",
    ],
)
def test_a_day_in_the_plan_is_a_date(plan: str) -> None:
    assert "next-step-no-date" not in rules(next_step=plan, due=None)


@pytest.mark.parametrize(
    "plan", ["尽快发报价", "近期上门演示", "报3台的价", "发2号线的图纸", "试用15套", "有空时电话确认预算"]
)
def test_soon_is_no_date(plan: str) -> None:
    assert "next-step-no-date" in rules(next_step=plan, due=None)


@pytest.mark.parametrize(
    ("due", "fires"),
    [
        ("待定", True),
        ("尽快", True),
        ("/", True),
        (None, True),
        ("2025-07-03", False),
        ("7月3日", False),
        ("下周五", False),
        (45843.0, False),
    ],
)
def test_the_due_column_counts_when_it_is_a_date(due: object, fires: bool) -> None:
    assert ("next-step-no-date" in rules(next_step="电话确认预算", due=due)) is fires


def test_a_vague_plan_with_a_date_lacks_no_date() -> None:
    assert rules(next_step="继续推进", due="2025-07-10") == {"vague-next-step"}


def test_the_form_reads_its_own_inputs() -> None:
    """R-030: act, person and time of the web form are taken as they stand; the author is the default person."""
    step = NextStep("电话问财务批复结果", "李晓雯", "2025-07-02 10:00", "确认预算")
    assert rules(next_step=None, next_steps=(step,), due=None, owner=None) == set()
    assert "next-step-no-date" in rules(next_steps=(NextStep("电话问财务批复结果"),), due=None)
    nobody = NextStep("寄样品 2 套", None, "2025-07-02")
    assert "next-step-no-owner" in rules(next_steps=(nobody,), owner=None, author="")
    assert {"vague-next-step", "wait-without-checkback"} <= rules(next_steps=(NextStep("等财务批预算", "李晓雯"),))
