"""People and departments of our own side named in a plan (R-068, R-070)."""

from __future__ import annotations

import re

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧伏成戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫裘缪应宗丁邓郁杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲芮储靳汲邴糜松井段富巫乌焦巴"
    "弓牧隗山谷侯宓仰仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司黎薄宿白怀蒲鄂索咸赖卓蔺屠蒙池乔阴闻莘党翟谭贡劳申扶堵冉宰雍桑桂牛寿"
    "扈燕冀尚温庄晏柴瞿阎慕茹习艾鱼向古戈廖居衡耿弘匡文寇殴沃蔚夔隆巩聂敖融冷辛那简饶曾沙丰关荆游竺权盖桓操覃冼区"
    "肖闫付涂邰阳佟代仝麦粟苟"
)
_NOT_GIVEN_TEXT = """
方案 方便 方式 方面 安排 安装 包装 马上 周一 周二 周三 周四 周五 周六 周日 周末 周内 时间 全部
全面 成本 项目 金额 单价 任务 施工 温度 支持 关注 关于 解决 费用 程序 车间 车辆 计划 计算 管理
文档 文件 明天 明年 明早 高层 高管 顾客 范围 权限 经理 平台 连同 常联 常规 应该 应付 白天 石材
水电 水泵 通知 通过 向客 向公 国内 国庆 广告 东西 公司 公章 和客 和对 满足 满意 习惯 步骤 都要
空白 空闲 关键 农历 越快 利润 师傅 居中 从客 从公 台账 台数 家里 家长 于本 于周 严格 谈判 谈价
谈好 谈谈 单独 单据 封样 景观 强调 麻烦 路线 江浙 花时 花钱 储备 束后 别家 常打 常去 常跑 谷歌
贝壳 计量 经费 经销 房间 管道 万元 解释 解答 应标 应急 应收 宣传 单子 石头 程控 荣誉 曲线 家具
封装 井下 段落 山东 山西 车床 车载 全程 全套 班组 武汉 符合 景区 龙头 印刷 印章 白皮 怀疑 从事
索要 索取 闻讯 申请 申报 通报 通电 边界 尚未 农场 温馨 别忘 充电 充值 连续 连接 容量 向上 向总
向领 古建 易损 慎重 终端 终稿 居间 衡量 步入 都行 满期 国产 国际 国家 文案 文本 广州 东莞 利用
利率 越早 师父 冷库 简化 简单 空调 曾经 沙盘 丰富 关闭 荆州 游说 权益 盖章 益处 公开 公证 公示
操作 区域 付款 付费 代理 代码 麦克 余款 余下 余额 元旦 顾问 平均 平面 和解 和财 米数 贝尔 成交
成功 成品 戴上 谈妥 项次 祝福 董事 梁柱 江苏 郭 梅雨 盛装 林业 钟内 高清 高速 夏季 田间 洪水
包括 包含 包邮 左右 石化 吉林 程度 陆续 荣获 安全 时效 时候 乐意 于是 卫生 华东 华南 华北 金融
水样 云端 苏州 鲁班 昌平 花样 任何 柳州 史料 唐山 雷达 贺卡 汤料 罗列 毕竟 常州 齐全 康复 伍佰
贾 强化 季度 季末 高温 高压 高度 低温 常温 温控 明细 明确 包材 包邮 平台 和其 车型 车位 水质
水管 金属 金额 石墨 云台 成套 成型 成都 方形 方向 凤凰 黄金 黄色 白色 蓝色 江西 严重 严禁 向其
和解 汪洋 安检 安徽 安防 安心 安慰 应用 应答 应对 宣讲 时段 时长 经营 经济 计价 单元 单位 温馨
牛奶 马达 马力 龙骨 路由 钱款 和睦
"""
_NOT_GIVEN = frozenset(_NOT_GIVEN_TEXT.split())
_FULL_NAME = re.compile(rf"(?<![\u4e00-\u9fff\d])([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})")
_AFTER = re.compile(
    r"\d|[今明后当同]天|[今明]早|[下本这上]?周[一二三四五六日天内末]|[下本这]周|月底|月初|负责|出面|牵头|主导|跟进|前|尽快|[发寄送交做整准拟改补提回打致"
    r"电上登去到带催问约请安组陪参邀找取收确核查测试演讲汇培装调签盖审评报起出写录拍统导对联沟拜访见谈把与和跟给再先联继完落处协现会要]|一起|一同|共同|同去|[,，、。;；:]|\s|$"
)
_PLACE_BEFORE = re.compile(
    r"(?:由|让|请|找|和|跟|同|安排|交给|转给|转交|交由|派|协调|会同|叫上|带上|带|联合|@|负责人[::]?|责任人[::]?|\d[日号点前]|\d{1,2}:\d{2}|[天早晚午前内][,，]?"
    r"|周[一二三四五六日]|[,，、;；。\s/]|和|与)([" + _SURNAMES + r"][\u4e00-\u9fff]{1,2})"
)
_NICKNAME = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|由|请|让|找|后|师|员|务|术)([小老阿][\u4e00-\u9fff])(?=\d|[今明后]|[下本]?周|月|负责|[发寄送交做准拟改补提回打致电上登去到带催问约请安取收核查测演画出写])|(?:^|由|请|让|找|[,，;；\s日号前点])([\u4e00-\u9fff](?:工|姐|哥))"
)
_MYSELF = re.compile(
    r"(?:^|[^\u4e00-\u9fff给找问到向通知催等])(我|本人)(?![们司方公家国的])|(?:由|后|天|日|前|点|号|周[一二三四五六日])(我|本人)(?![们司方公家国的])"
)
_COMPOUND_SURNAMES = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|夏侯|端木|令狐|南宫|独孤"
_COMPOUND_SIGN = re.compile(_COMPOUND_SURNAMES)
_COMPOUND = re.compile(
    rf"(?:^|[^\u4e00-\u9fff给]|[由请让找和日号点前天午]|周[一二三四五六日])((?:{_COMPOUND_SURNAMES})[\u4e00-\u9fff])(?=\d|\W|[一-龥]|$)"
)
# Whoever approves a discount sits on our side, title or not.
_APPROVER = re.compile(
    r"(?:找|请|向|让)([\u4e00-\u9fff](?:总监|总|经理|主管|主任))(?=.{0,2}(?:批|审批|审核|申请|请示|特批|汇报.{0,6}折扣))"
)
_DEPARTMENT = re.compile(
    r"(?<!客户)(?<!客户的)(?<!对方)(?<!贵司)(?<!他们)(?:(?:技术|研发|工程|售前|售后|商务|法务|财务|生产|质量|品质|品管|质检|仓储|物流|采购|客服|交付|实施|市场|运营|设计|产品|销售|项目|行政|人事|投标|标书|方案|运维|信息|服务|培训|渠道|安装|客户|大客户|工艺|计划|供应链|制造|测试|检测|安全|外贸|国际|电商|直播|内容|策划|开发|算法|数据|综合|合规|风控|理赔|核保|教务|教学|护理|医务|设备|维修|维保|施工|监理|预算|造价|工厂|总经办)(?:一|二|三)?(?:部门|部|组|中心|科|处|队|团队|小组|同事|人员|老师|员|经理|主管|总监|助理|支持|师)(?![\u4e00-\u9fff]{0,1}[件位分长])|IT部?|总经办|仓库(?!库存|现场)|法务|售前|售后|商务|技术|财务(?!报表|数据)|客服|研发|实施|人力(?:资源)?|教务|品控|单证|关务|跟单|厂务|"
    r"运维|质检|品质|内勤|(?:销售|技术|项目|区域|产品|商务)?(?:主管|总监|工程师|技术员|技术支持)|(?:我司|我们|公司|部门)?领导|(?:区域|项目|销售|产品)经理)"
)
_NOT_DEPARTMENT = re.compile(
    r"[全外内局一]部|头部|尾部|总部|底部|顶部|部件|腰部|面部|干部|服务中心|好处|一处|各处|多处|到处|何处|处理|处方|处长|用处|两处|三处|科学|科技|技术参数|技术方案|技术协议|技术交流|技术资料|技术文件|技术条款|技术指标|技术要求|技术问题|技术细节|技术规格|技术标|技术图|商务条款|商务谈判|商务标|商务报价|售后服务|售后政策|售后条款|财务系统|财务审批|财务流程"
)
# One of these stands in every such name; looked for first, because it is cheap.
_DEPARTMENT_SIGN = re.compile(r"[部组心科处队事员师理管监助持T办库务售商术服研施力品控证单检质勤领维]")

_FUNCTION = (
    r"(?:助理|美工|媒介|库管|仓管|前台|行政|设计院|设计室|化验室|化验员|实验室|司机|师傅|教务|客服|计调|文员|出纳|会计|教练|顾问|厨房|后厨|调度|车队|剪辑|摄影|编导|策划|车间主任"
    r"|质检室|计量室|检测室|样品室|打样间|工艺室|班主任|施工队|安装队|维修队|督导|导购|收银|护士|技师|跟单员|业务员|设计师|工程师|内勤|专员|经纪人)"
)
# One of these stands in every such name; looked for first, because it is cheap.
_FUNCTION_SIGN = re.compile(r"[理工介管台政院室员机傅务服调纳计练问房度队辑影导划任督购收护技师专经我咱司部组科心@]")
_CALLED = r"(?:[小老阿大][\u4e00-\u9fff](?![板师])|[小老阿]?[A-Z][A-Za-z]{1,11})"
# 助理小唐, 媒介Vicky, 营运部老董, @阿强: somebody by the name he is called, beside what he is.
_BY_FUNCTION = re.compile(
    rf"(?:{_FUNCTION}|[\u4e00-\u9fff]{{2}}(?:部|组|室|院|科|中心))\s?({_CALLED})|@\s?([小老阿][\u4e00-\u9fff]|[A-Z][A-Za-z]{{1,11}})"
)
# 行政备会议室, 化验室周三重测: the function itself does it, at the head of a clause or after a day.
_FUNCTION_ACTS = re.compile(
    rf"(?:^|[,;。:\s]|[日号天点早晚午]|[周拜][一二三四五六日天]|由|让|请|叫|派|安排|联系)({_FUNCTION})"
    r"(?=(?:先行|先|再|全程|当场|负责|尽快)?(?:\d|[今明后][天早晚日]|[下本]?周|礼拜|负责|接待|陪同|[备重做测画改拍寄发送出查核排装修拉取调打写剪配印整带接开约统安检复化送]))"
)
_OUR_FUNCTION = re.compile(
    rf"(?<![来到给找知])(?:我司|我方|我们|咱们?|本司)的?({_FUNCTION}|[\u4e00-\u9fff]{{2,3}}(?:部|组|室|院|科|队|中心))"
)
_THEIR_SIDE = re.compile(
    r"(?:客户|对方|甲方|业主|买方|院方|校方|他们|她们|他+|人家|贵司|店主)(?:的|那边|公司|单位|方面|方)?[\u4e00-\u9fff]{0,2}$"
)


def named_function(plan: str) -> str | None:
    """Somebody of ours named by a nickname, or only by the function he has, in a half-width plan; or None."""
    if _FUNCTION_SIGN.search(plan) is None:
        return None
    found = _OUR_FUNCTION.search(plan)
    if found:
        return found.group(1)
    for pattern in (_BY_FUNCTION, _FUNCTION_ACTS):
        for found in pattern.finditer(plan):
            name = found.group(1) or found.group(2)
            if name and not _THEIR_SIDE.search(plan, 0, found.start()):
                return name
    return None


def named_ours(plan: str, *, contact: str, people: tuple[str, ...] = ()) -> str | None:
    """The first person or department of our side named in a half-width plan, or None.

    The customer's contact never counts; a bare title (王总, 李经理) is taken for the customer's side.
    """
    for person in people:
        if person and person in plan and person != contact:
            return person
    if ("我" in plan or "本人" in plan) and _MYSELF.search(plan):
        return "我"
    compound = _COMPOUND.search(plan) if _COMPOUND_SIGN.search(plan) else None
    found = compound or _APPROVER.search(plan)
    if found and not _is_contact(found.group(1), contact):
        return found.group(1)
    return _by_shape(plan, contact) or named_department(plan) or _not_contact(named_function(plan), contact)


def _not_contact(name: str | None, contact: str) -> str | None:
    return None if name is None or _is_contact(name, contact) else name


def _by_shape(plan: str, contact: str) -> str | None:
    for found in _PLACE_BEFORE.finditer(plan):
        name = _fitting(plan, found.start(1), found.group(1), contact)
        if name:
            return name
    for found in _FULL_NAME.finditer(plan):
        name = _fitting(plan, found.start(1), found.group(1), contact)
        if name:
            return name
    for found in _NICKNAME.finditer(plan):
        name = found.group(1) or found.group(2)
        if name and not _is_contact(name, contact):
            return name
    return None


def _fitting(plan: str, start: int, name: str, contact: str) -> str | None:
    if (
        name[:2] in _NOT_GIVEN
        or name[-1] in "总董"
        or plan.startswith(("经理", "主任", "厂长", "老板", "总", "科长", "主管"), start + 1)
    ):
        return None
    for size in (3, 2):
        part = plan[start : start + size]
        if len(part) == size and _AFTER.match(plan, start + size) and not _is_contact(part, contact):
            return None if part[-1] in "的总了是在" else part
    return None


def _is_contact(name: str, contact: str) -> bool:
    if not contact:
        return False
    return (
        name in contact
        or contact in name
        or (name[0] == contact[0] and name[-1] in "工姐哥总" and contact[-1] == name[-1])
    )


def named_department(plan: str) -> str | None:
    """The first department or function of our side named in a half-width plan, or None."""
    if _DEPARTMENT_SIGN.search(plan) is None:
        return None
    for found in _DEPARTMENT.finditer(plan):
        if not _NOT_DEPARTMENT.match(plan, found.start()) and not _NOT_DEPARTMENT.search(found.group(0)):
            return found.group(0)
    return None
