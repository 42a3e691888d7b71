"""From a new lead to a signed contract, node by node, through the screens of rep, technician, supervisor and legal."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.calls import call
from tests.browser.test_requests import technical_department
from tests.browser.test_templates import choose, is_phone
from tests.browser.test_together import come_in

pytestmark = pytest.mark.browser

FIRM = "嘉兴恒越精密制造有限公司"
#: What is asked for before one may go on, by the slug of the field in the dialog.
NEEDS = {"budget": "800000", "time_node": "年底前上线", "decision_process": "设备部提，周总批"}


def prepare(chen: Page) -> str:
    """A flow that asks the superior and then legal; returns the link that invites a colleague of legal."""
    stages = [{"name": "主管", "by": [{"who": "superior"}]}, {"name": "法务", "by": [{"who": "role", "role": "legal"}]}]
    flow = {"name": "合同审批", "purpose": "contract", "fields": ["amount"], "stages": stages}
    call(chen, "POST", "/approval-flows", {"body": flow})
    departments = chen.evaluate("async () => (await (await fetch('/api/v1/departments')).json()).items")
    near = next(each["id"] for each in departments if each["name"] == "销售一部")
    invited = {"name": "钱法务", "role": "legal", "department_id": near}
    return str(call(chen, "POST", "/invitations", invited)["link"])


def join(page: Page, demo: str, link: str) -> Page:
    page.goto(demo + "/invite/" + link.rpartition("/")[2])
    page.get_by_label("手机号或邮箱").fill("legal@example.com")
    page.get_by_label("密码").fill("songlv-2026-y")
    page.get_by_role("button", name="加入").click()
    page.wait_for_url("**/today")
    return page


def new_lead(li: Page, demo: str) -> str:
    """The address of the customer that the rep writes down."""
    li.goto(f"{demo}/customers")
    li.get_by_role("button", name="新建客户").first.click()
    form = li.get_by_role("dialog", name="新建客户")
    form.get_by_label("客户名称").fill(FIRM)
    form.get_by_label("联系人").fill("周建")
    form.get_by_label("电话").fill("13800000077")
    choose(li, "所属行业", "制造业")
    choose(li, "客户来源", "展会")
    form.get_by_role("button", name="建客户").click()
    li.wait_for_url(re.compile(r"/customers/\d+"))
    return re.sub(r"[?#].*", "", li.url)


def log(li: Page, home: str, summary: str, **more: Any) -> None:
    """A further contact; how one is typed is the matter of other tests."""
    pk = int(home.rpartition("/")[2])
    contact = li.evaluate(f"async () => (await (await fetch('/api/v1/customers/{pk}')).json()).contacts[0].id")
    step = {"act": "把方案和报价发给周总并电话确认", "due_at": "2030-11-26T02:00:00Z"}
    body = {"customer_id": pk, "contact_id": contact, "channel": "phone", "summary": summary,
            "quotes": ["停一次少出 600 台"], "next_steps": [step], **more}  # fmt: skip
    call(li, "POST", "/followups", body)
    li.goto(home)


def first_talk(li: Page, home: str) -> None:
    """The first contact is typed, on whichever width."""
    li.goto(f"{home}/log" if is_phone(li) else f"{home}?log={home.rpartition('/')[2]}")
    li.locator("#log-summary").fill("周总说 3 号线每月停 6 次，要保留现有 PLC，月底前看方案，预算 80 万左右。")
    li.get_by_placeholder("他的原话或数字").fill("停一次少出 600 台")
    li.get_by_label("做什么").fill("明天 10:00 把需求清单发给周总并电话确认")
    li.get_by_label("做什么").blur()
    expect(li.get_by_text("从句子里读出")).to_be_visible()
    li.get_by_role("button", name="提交").click()
    expect(li.get_by_text("记下了")).to_be_visible()
    li.goto(home)


def here(li: Page) -> Locator:
    return li.locator(".path li[aria-current=step]")


def onward(li: Page, to: str, fields: dict[str, str] | None = None) -> None:
    """To the next node by the button of the present one; what its gate misses is filled in where it is asked for."""
    li.locator(".path-here, .path-now:enabled").first.click()
    li.locator(".node-now").get_by_role("button", name=f"推进到{to}").click()
    if fields:
        dialog = li.get_by_role("dialog", name=re.compile(f"→ {to}"))
        expect(dialog).to_be_visible()
        for slug, value in fields.items():
            inputs = dialog.locator(f"[data-field={slug}]").locator("input, textarea")
            for at in range(inputs.count() if slug == "budget" else 1):
                inputs.nth(at).fill(value)
        dialog.get_by_role("button", name=f"移到{to}").click()
        expect(dialog).to_be_hidden()
    expect(here(li)).to_contain_text(to)


def technicians_help(li: Page, wang: Page, demo: str, home: str) -> None:
    """The proposal is made with the technical department."""
    li.goto("about:blank")
    li.goto(f"{home}#help")
    asking = li.locator("#help")
    asking.get_by_role("button", name="提求助").click()
    asking.get_by_role("radio", name="技术支持").click()
    expect(asking.get_by_label("需求背景")).not_to_be_empty()
    asking.get_by_label("要什么").fill("恒越 3 号线保留 PLC 的方案")
    asking.get_by_label("客户的期望").fill("30 天内交货，不换 PLC")
    asking.get_by_role("button", name="发出").click()
    expect(asking.locator(".req").first).to_contain_text("在 技术部 那里")
    wang.goto(f"{demo}/requests")
    given = wang.locator(".req", has_text="恒越 3 号线保留 PLC 的方案")
    given.get_by_role("button", name="我来做").click()
    expect(given).to_contain_text("在做")
    given.get_by_role("button", name="交付", exact=True).click()
    given.get_by_label("写下结果，提出的人会收到").fill("可以，加一块网关，方案在附件")
    given.locator("form").get_by_role("button", name="交付").click()
    expect(given).to_contain_text("等确认")
    li.goto(f"{demo}/requests?side=asked")
    mine = li.locator(".req", has_text="恒越 3 号线保留 PLC 的方案")
    expect(mine).to_contain_text("加一块网关")
    mine.get_by_role("button", name="确认", exact=True).click()
    expect(li.get_by_text("已确认")).to_be_visible()


def price_is_objected_to(li: Page, zhao: Page, home: str) -> None:
    """The price goes up to the supervisor, who answers it; without her answer the demo's gate stays shut."""
    li.goto("about:blank")
    li.goto(f"{home}#objections")
    panel = li.locator("#objections")
    panel.get_by_role("button", name="记异议").click()
    choose(li, "哪一类", "价格")
    panel.get_by_label("客户的原话").fill("比另一家贵 8%")
    panel.get_by_role("button", name="记下").click()
    expect(panel.get_by_text("赵敏 答复")).to_be_visible()
    li.goto(home)
    expect(li.locator(".path-wrap")).to_contain_text("去下一步还差")
    zhao.goto(f"{home}#objections")
    hers = zhao.locator("#objections")
    hers.get_by_role("button", name="答复", exact=True).click()
    hers.get_by_label("怎么答复客户的").fill("签 3 年可以让 5%")
    hers.locator("form").get_by_role("button", name="答复").click()
    expect(hers.get_by_text("签 3 年可以让 5%")).to_be_visible()


def contract_is_approved(li: Page, zhao: Page, legal: Page, demo: str, home: str) -> None:
    li.goto("about:blank")
    li.goto(f"{home}#approvals")
    panel = li.locator("#approvals")
    panel.get_by_role("button", name="申请审批").click()
    choose(li, "申请什么", "合同")
    panel.get_by_label("金额").fill("800000")
    panel.get_by_label("为什么申请，客户怎么说").fill("3 年框架，让 5%，预付 30%")
    panel.locator("form").get_by_role("button", name="申请审批").click()
    expect(panel.get_by_text("等 赵敏 批")).to_be_visible()
    for person, after in ((zhao, "等 钱法务 批"), (legal, "已通过")):
        person.goto(f"{demo}/reviews?which=requests")
        person.get_by_role("button", name="合同").first.click()
        expect(person.get_by_text("3 年框架，让 5%，预付 30%")).to_be_visible()
        person.get_by_role("button", name="同意", exact=True).click()
        expect(person.get_by_text("没有等你批的")).to_be_visible()
        li.reload()
        expect(li.locator("#approvals").get_by_text(after)).to_be_visible()


def test_from_a_new_lead_to_a_signed_contract(open_page: Callable[[], Page], demo: str) -> None:
    """R-081, R-089, R-098, R-105, R-110, R-115, R-169, R-177: each in his own screen; nobody types the status won."""
    technical_department(open_page(), demo)
    link = prepare(come_in(open_page(), demo, "陈立"))
    li, wang, zhao = (come_in(open_page(), demo, name) for name in ("李晓雯", "王海涛", "赵敏"))
    legal = join(open_page(), demo, link)

    home = new_lead(li, demo)
    expect(here(li)).to_contain_text("线索收集")
    first_talk(li, home)
    onward(li, "需求确认")
    log(li, home, "周总确认 3 号线要 42 个点位，年底前上线，设备部提、他批")
    onward(li, "定制方案", NEEDS)
    technicians_help(li, wang, demo, home)
    log(li, home, "方案和报价 80 万送到周总，他约下周看演示")
    onward(li, "产品演示", {"amount": "800000"})
    log(li, home, "演示了停机报表，周总认可，说比另一家贵")
    price_is_objected_to(li, zhao, home)
    li.goto(home)
    onward(li, "谈判签约")
    contract_is_approved(li, zhao, legal, demo, home)

    deal = {"status": "won", "status_reason": "周总当天签字盖章", "amount": 80_000_000, "signed_on": "2026-11-24",
            "contract_number": "HT-2026-118", "delivery_period": "30 天", "service_period": "3 年",
            "payment_terms": "预付 30%"}  # fmt: skip
    log(li, home, "周总签了 3 年框架合同，预付 30%", **deal)
    expect(here(li)).to_contain_text("售后服务")
    expect(li.get_by_text("已成交").first).to_be_visible()
    li.locator(".path-here, .path-now:enabled").first.click()
    li.locator(".node-now").get_by_role("button", name="阶段记录").click()
    moves = li.locator(".pm-log li", has_text="→")
    expect(moves).to_have_count(5)
    expect(moves.first).to_contain_text("谈判签约 → 售后服务")
    expect(moves.first).to_contain_text("跟进里记了成交")
