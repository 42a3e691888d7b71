"""Why a plan only waits, a long text says nothing, a text is a talk, a judgement is no fact: sentences of our own.

Each list proves one cause in both directions; none of the sentences stands in a labelled file (R-057–R-069).
"""

from __future__ import annotations

import pytest

from genjin.quality.chat import dialogue_turns
from genjin.quality.tests.cases import rules

PLAN = {"wait-without-checkback", "vague-next-step"}
SAID = {"subjective-claim", "vague-summary"}

# Something of ours is done: with a date, a number of things, an object; or the customer comes to us on a day.
SOMETHING_IS_DONE = [
    "26日带两款样去让洪姐试试",
    "25日带方案跟洪总讲",
    "电话通知洪姐提货",
    "12月4日去现场看试用结果",
    "先放一台样机在店里试，15日去收数据",
    "看客户仓库，量货架尺寸",
    "等离子切割样件25日寄",
    "待检20件26日送计量院",
    "化验员李工26日出结果",
    "技术部张工29日给客户答复",
    "客户29日来厂看机，车间备好料",
    "洪姐27日来提货",
    "王建国28日上门签合同",
    "约洪总开会讲付款节点",
    "让客户先试用一周，12月3日收反馈单",
    "陪洪姐看看隔壁厂那台，26日",
    "客户打款后26日排产发车",
    "12月2日跟财务说清返点再回洪总",
    "发样给洪姐挑色，挑好当天下染缸",
    "请设计院26日回图，没回就找院办",
    "排3台机打样",
    "补2只密封圈",
    "派两名师傅去换轴承",
    "洪姐把旧机寄回，售后检完28日报维修价",
    "出结果就报给洪姐",
    "若28日未到账，法务发函",
    "把库存压到200件再报价",
    "随货附说明书10份，27日发",
    "听完课后26日给张校发报名表",
    "到期前一周电话提醒续费，12月3日",
    "王建国27日寄公章回来",
]
# Nobody of ours does anything: the next move is theirs, or only the day of their own event is told.
ONLY_WAITING = [
    "等洪姐那边验完再说",
    "货款的事看洪总的意思",
    "招标结果出来等甲方通知",
    "年会是12月8日，等他们忙过去",
    "对方内部先过一遍，过完跟我们讲",
    "洪总说有需要会打给我们",
    "先放一放，等行情",
    "静等客户下单",
    "客户下周三开会定，等结果",
    "等王建国从外地回来",
    "让客户自己考虑考虑",
    "开春了他们自然来找",
    "不着急，给他们点时间",
    "等人家装修完",
    "客户27日开董事会",
    "听客户消息",
    "他们财务批了会通知我",
]
# Ours, but nothing one could go and do.
STANDING_BY = [
    "客户有什么要求我们全力配合",
    "随时响应客户需求",
    "持续保持关注，寻找突破口",
    "到时候再看怎么弄",
    "尽快推动此事",
    "多走动走动",
    "做好售后服务",
    "紧盯不放",
    "视情况安排",
    "继续磨",
]
# A kind of person, a feeling with its degree, a guess about the end: nothing seen, counted or quoted.
ONLY_JUDGEMENTS = [
    "洪姐是个爽快人，很好打交道",
    "感觉洪总就是来比价的，没诚心",
    "对方有钱，财力雄厚",
    "客户对我们抱有很大的期待",
    "洪姐对这款不怎么感冒",
    "老板明摆着想拖",
    "恐怕没戏了",
    "洪总脾气很大，不讲道理",
    "是我们的优质客户，值得维护",
    "客户非常喜欢我们的方案",
    "合作诚意十足，评价很高",
    "这单十分有望",
    "洪姐根本没打算换，纯属打听",
    "看得出洪总兴致很高，态度坚定",
    "Anna非常认可我们的服务",
]
# The same words with their ground, as his own words, or about things.
GROUNDED = [
    "洪姐说没戏：集团年底冻结采购，一台都批不下来",
    "洪总很满意，当场付了定金3000",
    "喜欢灰色那款，嫌白色不耐脏",
    "很着急，仓库下周二要验收",
    "洪姐听得很认真，记了两页，问了停线多久",
    "有钱结尾款要到12月，问能否先发货",
    "实力雄厚的两家在竞标，要我们降到38万",
    "是我们去年的客户，买过3台包装机",
    "对质保条款不太认可，要改成两年",
    "洪姐说人手不够，希望带调试",
    "财务说没打算年内换系统，用友合同到明年6月",
    "客户感冒了改到周四面谈",
    "要极大的料斗，至少3立方",
    "老板娘嫌贵，别家便宜400",
]
# Stories, calls that reached nobody, reflections, advertising, slogans.
NOTHING_IN_IT = [
    (
        "一大早就出门，路上车多，开开停停，到的时候已经快到饭点了。洪姐在门口等我，先带我看了看她新装的办公室，窗明几净，墙上挂着"
        "一幅山水，她说是她先生画的。坐下以后讲起当年刚创业那会儿，三个人挤一间屋，夏天连个电扇都没有，说着说着眼圈都红了。我听了"
        "也很受触动，觉得做人就该这样踏实。临走她又塞给我一袋自己做的点心，送我到楼下，看着我上车才回去。"
    ),
    (
        "这次去主要是露个脸，让对方别把我们忘了。门口保安不认识我，登记了半天，又打电话进去问，折腾了好一会儿才放行。上去之后洪总"
        "正在接电话，示意我先坐，我就在沙发上等，翻了翻桌上的报纸，等他打完电话已经过去很久了。他说今天事情实在太多，改天再好好聊"
        "，我说没事没事，您先忙，于是寒暄两句就下来了，来回跑了一趟，也算是尽到心意了吧。"
    ),
    (
        "做我们这一行，最要紧的就是耐得住性子。洪姐这个客户我前前后后接触了好几年，她的为人我是清楚的，话不多，心里有数，你越是催"
        "她，她越是往后躲，你不催她，她反倒会想起你来。所以这回我什么都没有提，只是问候一声，说说家常，让她知道我还惦记着她。我相"
        "信人心都是肉长的，你对她好，她总有一天会记在心里，到那个时候一切自然就顺了，这也是我从业以来最大的体会。"
    ),
    (
        "我公司成立多年，始终秉承客户至上的宗旨，拥有先进的生产设备和一流的技术团队，产品畅销全国各地，深受广大用户信赖。我们以卓"
        "越的品质、合理的价格、完善的售后服务体系，赢得了业界的一致好评。公司先后荣获多项荣誉称号，是行业内有口皆碑的龙头企业。本"
        "次已将以上情况向客户作了系统介绍，希望客户能够选择我们，携手共进，共创辉煌，我们必将竭诚为您提供最满意的服务。"
    ),
    (
        "先是打她手机，响了很久没有人接，过了一会儿又打，还是没人接，于是改打座机，是个小伙子接的，说她在楼上，让我别挂，我就等着"
        "，听筒里隐隐约约传来说话声和脚步声，等了好长一段时间，她终于来了，可是刚说了两句，那边好像有人喊她，她就说不好意思，现在"
        "走不开，晚一点再回给我。我说好的好的，您忙您的，结果等到下班她也没有回过来，估计是忙忘了，也能理解。"
    ),
    (
        "今年的整体形势大家都看到了，市场竞争日趋激烈，客户的要求也越来越高，对我们来说既是挑战也是机遇。针对这个客户，我的想法是"
        "首先要端正态度，其次要讲究方法，再次要持之以恒，不能三天打鱼两天晒网。前一阶段虽然做了一些工作，但离领导的期望还有一定的"
        "差距，下一阶段要进一步理清思路、明确方向、突出重点、狠抓落实，把各项工作做深做细做实，争取以实际行动交出一份满意的答卷。"
    ),
    (
        "晚上和洪总他们几个人吃了顿饭，地方是他挑的，在江边，夜景很漂亮。席间他讲了很多以前当兵的故事，怎么站岗，怎么野营，讲到动"
        "情处还站起来敬了个礼，大家都鼓掌。我不太会喝，勉强陪了两杯，他也不勉强，说喝酒看人品，不看酒量，这话我爱听。后来又说起两"
        "家孩子差不多大，以后可以一起玩。散场的时候已经很晚了，他拍着我的肩膀说，以后常来，把这里当自己家，我心里暖洋洋的。"
    ),
]
# As long and as winding, with an objection, demand or commitment, and hardly a figure.
SOMETHING_IN_IT = [
    (
        "今天去的时间不长，洪姐先讲了讲他们车间这一年的变化，人走了一大半，活却没有少，老师傅们天天加班，大家都有怨气，她作为主管"
        "夹在中间也很为难，说着说着叹了好几口气。后来话题转到我们的设备上，她明确讲，现在这批机器最大的毛病是换型太慢，老师傅嫌麻"
        "烦，宁可用旧的，她希望我们能派人驻场把换型夹具重新做一遍，做不好这批就要退货，尾款也先压着不付，什么时候做好什么时候付。"
    ),
    (
        "一见面洪总就带我们参观了新建的厂房，还没有完全装好，到处都是脚手架，灰很大，说话要靠喊。走了一圈以后回到临时的会议室，他"
        "把采购和财务都叫了过来，意思是供应商要重新招标，老供应商也要一起投，不再沿用以前的框架协议，付款方式从预付改成货到付款，"
        "还要增加一条违约责任，让我们回去和公司商量，尽快把投标文件交上来，过期不候，大家都一样。"
    ),
    (
        "电话里洪姐的语气不太好，先是抱怨了一通，说客服的电话老是打不通，打通了又说不是他们管，推来推去，她觉得很没有面子。我听她"
        "讲完，先道了歉，然后一条一条地核对，原来是上次发的那批布有色差，仓库收货的时候没有发现，裁剪的时候才看出来，已经裁了一大"
        "半。她要求我们要么补货，要么折价，还要出一份检测报告说明原因，否则后面的订单就不给我们做了。"
    ),
    (
        "我跟洪姐解释了很久，关于账期的问题，她一直不能接受我们的现款现货，理由是他们下游都是超市，回款慢，压力大，她一个人做不了"
        "主，要和合伙人商量。我提出可以先做小批量试单，用承兑付，她听了以后没有马上拒绝，只是问承兑能不能贴现，贴息谁来出。我答应"
        "回去请示财务再给她答复。除此之外她还提醒我，别家已经给她寄了样品，正在做老化测试，如果我们的样品来得太晚就没有机会了。"
    ),
]
TALKS = [
    "唐总——样收到了没\n我——收到了\n唐总——那哪天能出报告\n我——后天",
    "-- 机器到了没\n-- 到了\n-- 啥时候装\n-- 明早",
    "【唐总】在吗【我】在的【唐总】上次那个报价还有效不【我】到月底",
    "9:10 唐总 在不 9:11 我 在 9:12 唐总 货发了没 9:15 我 下午发",
    "“在吗？”“在。”“三号线多少钱？”“十二万。”",
    "Q：起订多少？A：500。Q：打样费呢？A：免。Q：几天？A：七天。",
    "唐姐\n在不\n网格布咋卖\n一米三块二\n能便宜不\n量大两块九\n行吧",
    "A：那批轴承到没 B：到了 A：拆箱看了没 B：有两只锈",
    "[唐总] 版费谁出\n[我] 我们出一半\n[唐总] 那就开版\n[我] 好",
    "唐总 > 能做防水不\n我 > 能，IP65\n唐总 > 加多少\n我 > 每只两块",
]
NOTES = [
    "报价三档：A: 12万 B: 13.5万 C: 15万，选B",
    "问：能否分期？答：可以分三期。问：发票？答：专票。",
    "1-主轴异响\n2-皮带老化\n3-要换轴承\n4-下周停机",
    "【需求】200台\n【预算】30万\n【异议】交期长\n【竞品】三菱",
    "- 要200台\n- 预算30万\n- 9月交货\n- 付款三七开",
    "他说“太贵”，又说“要再看”，最后说“下周给信”，我们留了样",
    "10:05 到厂，10:30 看线，11:00 谈价，定了8台",
    "上海——苏州段线缆2000米\n苏州——无锡段1500米\n无锡——常州段900米",
    "要换三台\n预算十二万\n六月底前装\n王总拍板",
    "问交期，答30天；嫌长，要20天；答25天可以，要先付三成",
    "型号 | 数量 | 单价\nTL20 | 30 | 1200\nTL30 | 20 | 1500",
]
# A word of small talk is goods in another trade; a figure beside it is business.
GOODS = [
    "腊菜坛子破了3个，要求补发",
    "猫砂粉尘大，想换成豆腐砂",
    "狗粮颗粒要改小，先做500袋",
    "烟包条盒烫金偏0.3毫米",
    "菜籽油酸价1.8，超了标准",
    "照片里焊缝有气孔，编号HF-031",
    "问烟道防火阀的检测报告",
    "泡菜厂要10吨的腌制池",
    "猫粮罐头拉环断了，退了两箱",
    "补拍的照片已寄，索赔单RM-118受理了",
]
SMALL_TALK = [
    "一起点菜吃了饭，聊得开心",
    "他养狗，我们聊了半天狗狗",
    "递烟的工夫聊了几句",
    "在食堂吃了家常菜，大家高兴",
    "看了他家小猫的样子，聊了会天",
    "陪他抽烟，说了说近况",
    "点了几个菜，边吃边聊，挺好的",
    "遛狗的时候碰到，打了个招呼",
    "聊到养猫的事，心情不错",
    "吃菜喝酒，交流感情",
]
NO_REASON = [
    "演示了排产模块",
    "老胡说不要了",
    "拜访了客户。",
    "介绍了公司产品",
    "客户说先不做了",
    "给客户发了报价",
    "何总说不换了",
    "回访了一次",
    "我们讲解了方案",
    "寄了样品",
]
REASONS = [
    "老胡说不要了，改用本地供应商",
    "演示了排产模块，客户集团统一用别家",
    "何总说不换了，因为旧机还能撑两年",
    "预算被砍",
    "工厂搬迁，明年再谈",
    "选了另一家，便宜8%",
    "厂房拆了，老板转行开民宿",
    "客户说先不做了：股东散伙，公司要注销",
    "签约，首付12万到账",
    "没中标，差1.2分",
]


@pytest.mark.parametrize("plan", SOMETHING_IS_DONE)
def test_an_act_or_an_appointment_is_no_waiting(plan: str) -> None:
    assert rules(next_step=plan) & PLAN == set()


@pytest.mark.parametrize("plan", ONLY_WAITING)
def test_leaving_the_next_move_to_them_is_waiting(plan: str) -> None:
    assert rules(next_step=plan) & PLAN == PLAN


@pytest.mark.parametrize("plan", STANDING_BY)
def test_standing_by_is_vague_but_waits_for_nobody(plan: str) -> None:
    assert rules(next_step=plan) & PLAN == {"vague-next-step"}


# The contact's name is spoken to, or only names the thing or the occasion; the deed is ours.
THE_NAME_IS_NO_ACTOR = [
    "问完车间，7月3日上午给王建国回话",
    "跟财务对过账期，7月2日下班前给王建国答复",
    "王建国那批密封件让仓库7月4日发",
    "王建国的轴承座7月5日按新图加工",
    "王建国那台样机派小周去调参数",
    "王建国这单找外协7月3日报加工费",
    "向王建国回信，附3号线点位表",
    "王建国的合同7月2日送法务",
    "王建国那套图纸请设计院改好7月8日寄",
    "给王建国回电，讲清质保期两年怎么算",
]


@pytest.mark.parametrize("plan", THE_NAME_IS_NO_ACTOR)
def test_a_name_spoken_to_or_owning_a_thing_waits_for_nobody(plan: str) -> None:
    assert rules(next_step=plan) & PLAN == set()


@pytest.mark.parametrize("plan", ["王建国回话", "王建国那边给回话", "王建国量好尺寸告诉我们", "等王建国把那批图纸发来"])
def test_a_name_that_makes_the_next_move_is_waited_for(plan: str) -> None:
    assert rules(next_step=plan) & PLAN == PLAN


def test_the_contact_may_be_the_owner_of_the_step() -> None:
    """What he does by a day is then the step itself; otherwise it is his move."""
    assert rules(next_step="小贺7月4日做完耐磨比对", contact="小贺", owner="小贺") & PLAN == set()
    assert rules(next_step="小贺那边试完再说", contact="小贺", owner="李晓雯") & PLAN == PLAN


@pytest.mark.parametrize("text", ONLY_JUDGEMENTS)
def test_a_judgement_alone_is_subjective_and_no_fact(text: str) -> None:
    assert rules(summary=text, contact="Anna" if "Anna" in text else "洪姐") & SAID == SAID


@pytest.mark.parametrize("text", GROUNDED)
def test_a_judgement_with_its_ground_is_neither(text: str) -> None:
    assert rules(summary=text, contact="洪姐") & SAID == set()


@pytest.mark.parametrize("text", NOTHING_IN_IT)
def test_a_long_story_without_business_has_no_substance(text: str) -> None:
    """R-066. That finding speaks about the whole text; a judgement in it is not reported besides."""
    found = rules(summary=text, contact="洪姐")
    assert "no-substance" in found
    assert "subjective-claim" not in found


@pytest.mark.parametrize("text", SOMETHING_IN_IT)
def test_a_long_text_with_a_demand_has_substance(text: str) -> None:
    assert rules(summary=text, contact="洪姐") & {"no-substance", "vague-summary"} == set()


@pytest.mark.parametrize("text", TALKS)
def test_turns_without_a_colon_are_a_chat_log(text: str) -> None:
    assert "chat-log" in rules(summary=text)


@pytest.mark.parametrize("text", NOTES)
def test_notes_lists_and_tables_are_none(text: str) -> None:
    assert dialogue_turns(text) == 0


@pytest.mark.parametrize("text", GOODS)
def test_goods_are_no_small_talk(text: str) -> None:
    assert "vague-summary" not in rules(summary=text)


@pytest.mark.parametrize("text", SMALL_TALK)
def test_small_talk_stays_small_talk(text: str) -> None:
    assert "vague-summary" in rules(summary=text)


@pytest.mark.parametrize("text", NO_REASON)
def test_what_we_did_and_a_bare_no_are_no_reason(text: str) -> None:
    assert "missing-required" in rules(summary=text, next_step="", status="流失")


@pytest.mark.parametrize("text", REASONS)
def test_a_ground_lets_the_plan_rest(text: str) -> None:
    assert "missing-required" not in rules(summary=text, next_step="", status="流失")


@pytest.mark.parametrize("detail", ["zhangsan#qq.com", "wang%factory", "abcdef*ghijk", "liming=2020"])
def test_a_mistyped_address_is_no_wechat_id(detail: str) -> None:
    assert "bad-contact-format" in rules(contact_info=detail)


@pytest.mark.parametrize(
    "plan", ["人力7月3日前把简历发客户", "品控7月3日抽检并出报告", "单证7月4日改好提单", "教务7月5日排课表"]
)
def test_functions_of_ours_are_owners(plan: str) -> None:
    assert "next-step-no-owner" not in rules(next_step=plan, owner="", author="")
