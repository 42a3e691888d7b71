"""Plans in dialect, in officialese, half in English: who moves next, who of ours does it, is anything said at all.

Each list proves one cause in both directions; none of the sentences stands in a labelled file (R-058, R-068, R-069).
"""

from __future__ import annotations

import pytest

from genjin.quality.tests.cases import rules

PLAN = {"wait-without-checkback", "vague-next-step"}

# A nickname beside a function, a function that acts, somebody addressed: an owner without a listed department.
SOMEBODY_OF_OURS = [
    "样布色卡 前台小艾 7月3日寄出",
    "剪辑阿伟7月2日出粗剪版",
    "配货单让库管老魏周四核完发过去",
    "出纳7月3日开收据扫描给对方会计",
    "@Linda 7月2日把PI改成FOB",
    "我方车队7月4日早上装车",
    "化验员周五复测水分并出单子",
    "我司打样间7月5日打两只毛坯",
    "请结构部大雷周三算承重",
    "7月2日文员打印标书两份",
    "业务助理小蔡下周二电话问续费",
]
# The customer's people, a place, someone spoken to: no owner.
NOBODY_OF_OURS = [
    "对方会计7月3日核对发票抬头",
    "甲方实验室老崔7月4日出报告",
    "7月3日把样品放前台",
    "7月2日给客户司机小马发定位",
    "把对账单7月3日发对方出纳",
    "7月4日电话问他们库管阿斌差几箱",
    "7月5日带合同去业主前台盖章",
    "7月2日发参数给客户设计院",
    "7月3日确认师傅吊装费由谁出",
    "客户采购部小杜7月4日要报价",
]
# An occasion of theirs, then their move.
THEIR_ACT_AND_THEN = [
    "地基浇好再讲",
    "货卖完了会喊我们送",
    "书记签了再通知我",
    "尺寸量好发过来",
    "娃娃放假了会来报名",
    "审计过了自然会联系",
    "挑好款式报给我",
    "颜色由业主自行决定",
    "眼下不需要我们出面",
    "图纸在甲方手里",
    "店面腾出来了会叫",
    "试吃满意再订货",
    "如果对方接受则走合同",
    "人家慢慢比价",
    "老太太回家同子女商量",
    "考虑好了来门店办",
]
# The same words, but somebody of ours acts, or a day of ours is named.
OUR_ACT_AND_THEN = [
    "周二地基浇好,周三小秦去放线",
    "让美工改好发来,7月2日转客户",
    "货卖完了会喊我们送,7月8日先电话问剩几箱",
    "7月3日带色板去请业主定颜色",
    "图纸在甲方手里,7月4日上门取",
    "财务7月2日盖好章寄过来,当天拍照给客户",
    "我7月3日写好会议纪要发过去",
    "若对方7月4日不付定金则取消排产",
    "7月5日开完评审会找财务核价",
    "对方挑款式到周五,周六上午十点打电话问选了哪款",
    "7月6日会同监理复测标高",
]
# What is over, what has not come, when something happens: nobody is asked to do anything.
ONLY_TOLD = [
    "方案都发过去了",
    "样品已寄",
    "报价已于6月27日发出",
    "我们已经催过三次",
    "批复还没下来",
    "现合同9月30日到期",
    "老总7月9日回国",
    "他们不急着换",
    "稿子业主还在看",
    "资料已提交",
]
TOLD_AND_DONE = [
    "方案都发过去了,7月2日电话问看到第几页",
    "样品已寄,7月3日查签收并打电话",
    "批复还没下来,周四去住建局窗口问",
    "合同9月30日到期,7月10日带续约价上门",
    "他们不急着换,7月8日送一台样机试用",
    "已过保的3台7月4日拉回来修",
    "7月3日把已签的合同扫描发给客户",
    "老总7月9日回国,10日上午我带报价去他办公室",
    "都是老款,7月2日补拍5张新图",
    "结果没到就7月3日打电话催",
]
ENGLISH_WAITS = [
    "waiting for customer confirmation",
    "pending buyer approval",
    "No reply yet",
    "awaiting their PO",
    "wait客户confirm",
    "no news, stand by",
    "quotation on hold",
    "still waiting on legal review",
    "先pending",
    "No response from Tom yet",
]
ENGLISH_EMPTY = [
    "keep in touch",
    "Follow up with client",
    "follow-up asap",
    "keep pushing",
    "push一下客户",
    "touch base regularly",
    "keep住",
    "继续follow up",
    "keep following",
    "maintain relationship",
]
ENGLISH_ACTS = [
    "7/2 send revised PI to Tom",
    "call buyer 7月3日 9:30 check target price",
    "follow up on 7/3 with 2 samples",
    "email MSDS给对方EHS,周三",
    "demo SSO流程给IT看,7月4日10:00",
    "7月2日quote 5K pcs,MOQ写清楚",
    "7/2没reply就call Anna",
    "upload drawings to portal 7月3日",
    "7月4日push财务开PI发Anna",
    "resend invoice INV-203",
]
OFFICIALESE = [
    "按既定计划有序推进",
    "妥善处理后续事宜",
    "持续发力,打造标杆客户",
    "做好对接相关工作",
    "统筹推进各项工作",
    "抓紧落实有关事项",
    "这事往前拱",
    "狠抓落实,稳步推进",
    "安排好合同相关事宜",
    "全面推进合作走深走实",
]
PLAIN = [
    "按既定价表7月2日报三档价",
    "7月3日处理退货事宜:收回2箱",
    "按周计划7月4日打样3只",
    "打造样板间的预算表7月5日发业主",
    "把开票事项列成清单发会计",
    "7月2日推进会上演示排产模块",
    "7月3日统筹仓库备货200件",
    "对接接口文档V2,周四联调",
    "妥善包装后寄2台样机",
    "7月8日有序撤场,拆3台旧机",
]
LESSONS = [
    "孩子试听英语课,老师说发音弱",
    "女儿摸底考了71分,弱在几何",
    "儿子报名冬季班,嫌晚上太远",
    "孩子停课两周,要求顺延",
    "小孩测评完,阅读只到二级",
    "孩子补课费问能否分两次付",
    "孩子转班到周日上午",
    "女儿试课钢琴,坐不住",
    "孩子插班要补8节",
    "孩子试听后家长问退费怎么算",
]
FAMILY_TALK = [
    "聊了聊孩子高考",
    "孩子很可爱,聊得开心",
    "女儿上学的事说了半天",
    "问候了孩子",
    "聊到儿子在外地工作",
    "夸了夸他家小孩",
    "孩子周末打球,聊了几句",
    "家里孩子小,聊了家常",
    "说起孩子读大学很感慨",
    "陪孩子旅游的趣事",
]


@pytest.mark.parametrize("plan", SOMEBODY_OF_OURS)
def test_a_nickname_or_a_function_of_ours_is_an_owner(plan: str) -> None:
    assert "next-step-no-owner" not in rules(next_step=plan, owner="", author="")


@pytest.mark.parametrize("plan", NOBODY_OF_OURS)
def test_the_customers_people_and_places_are_no_owner(plan: str) -> None:
    assert "next-step-no-owner" in rules(next_step=plan, owner="", author="")


@pytest.mark.parametrize("plan", THEIR_ACT_AND_THEN)
def test_their_act_and_then_is_waiting(plan: str) -> None:
    assert rules(next_step=plan) & PLAN == PLAN


@pytest.mark.parametrize("plan", OUR_ACT_AND_THEN)
def test_our_act_beside_theirs_is_none(plan: str) -> None:
    assert rules(next_step=plan) & PLAN == set()


@pytest.mark.parametrize("plan", ONLY_TOLD)
def test_what_is_over_or_not_there_yet_is_no_step(plan: str) -> None:
    assert "vague-next-step" in rules(next_step=plan)


@pytest.mark.parametrize("plan", TOLD_AND_DONE)
def test_what_is_told_spoils_no_act(plan: str) -> None:
    assert rules(next_step=plan) & PLAN == set()


@pytest.mark.parametrize("plan", ENGLISH_WAITS)
def test_waiting_in_english(plan: str) -> None:
    assert rules(next_step=plan) & PLAN == PLAN


@pytest.mark.parametrize("plan", ENGLISH_EMPTY)
def test_empty_english_is_vague_and_waits_for_nobody(plan: str) -> None:
    assert rules(next_step=plan) & PLAN == {"vague-next-step"}


@pytest.mark.parametrize("plan", [*ENGLISH_ACTS, *PLAIN])
def test_english_acts_and_plain_ones_stand(plan: str) -> None:
    assert rules(next_step=plan) & PLAN == set()


@pytest.mark.parametrize("plan", OFFICIALESE)
def test_officialese_is_vague(plan: str) -> None:
    assert "vague-next-step" in rules(next_step=plan, due="2025-07-02")


@pytest.mark.parametrize("text", LESSONS)
def test_a_childs_lessons_are_business(text: str) -> None:
    assert "vague-summary" not in rules(summary=text)


@pytest.mark.parametrize("text", FAMILY_TALK)
def test_talk_about_children_stays_small_talk(text: str) -> None:
    assert "vague-summary" in rules(summary=text)
