"""Names of events as the audit list says them; those of the timeline stand in `sentences.py`."""

from __future__ import annotations

from genjin.desk.sentences import REQUESTS, SAID, WITH_NAME
from genjin.schema.registry import record_types

Label = tuple[str, str]
_OWN: dict[str, Label] = {
    "agenda.added": ("加待办", "To-do added"),
    "agenda.climbed": ("待办上报", "To-do escalated"),
    "agenda.done": ("完成待办", "To-do done"),
    "agenda.turned": ("待办换人", "To-do with somebody else"),
    "agenda.overdue": ("待办逾期", "To-do overdue"),
    "agenda.planned": ("按节奏排联系", "Contact planned by cadence"),
    "agenda.removed": ("取消待办", "To-do removed"),
    "approval.graded": ("互查", "Spot check graded"),
    "approval.waived": ("撤回退回原因", "Reason waived"),
    "flow.created": ("新建审批流程", "Approval flow made"),
    "flow.changed": ("修改审批流程", "Approval flow changed"),
    "flow.removed": ("删除审批流程", "Approval flow removed"),
    "flow.ordered": ("调整审批流程的先后", "Approval flows ordered"),
    **{f"request.{name}": words for name, words in REQUESTS.items()},
    "request.stand_in_named": ("设置审批代理", "Stand-in named"),
    "request.stand_in_ended": ("结束审批代理", "Stand-in ended"),
    "assignment.changed": ("修改分配规则", "Assignment rules changed"),
    "automation.switched": ("开关自动化", "Automation switched"),
    "automation.secret_changed": ("换签名密钥", "Webhook secret changed"),
    "batch.done": ("批量操作", "Bulk change"),
    "batch.undone": ("撤销批量操作", "Bulk change undone"),
    "collaborator.added": ("加协作人", "Collaborator added"),
    "comment.added": ("写评论", "Comment added"),
    "comment.updated": ("修改评论", "Comment changed"),
    "customer.assigned": ("分配客户", "Customer assigned"),
    "customer.recounted": ("重算客户的合计", "Customer recounted"),
    "customer.sent_back": ("退回待分配", "Customer sent back"),
    "customer.pool_asked": ("申请领取", "Asked for a pooled customer"),
    "customer.pool_warned": ("提醒要回公海", "Warned of the pool"),
    "customer.taken_up": ("接手客户", "Customer taken over"),
    "customer.united": ("合并后补全资料", "Fields filled by a merge"),
    "customer.updated": ("修改客户", "Customer changed"),
    "export.asked": ("要求导出", "Export asked for"),
    "export.made": ("导出", "Exported"),
    "export.expired": ("清理导出文件", "Export expired"),
    "audit.exported": ("导出操作记录", "Audit list exported"),
    "field.indexed": ("给字段建索引", "Field indexed"),
    "field.published": ("发布表单", "Form published"),
    "field.rolled_back": ("退回表单的旧版本", "Form rolled back"),
    "file.uploaded": ("上传附件", "File uploaded"),
    "followup.attempted": ("记一次尝试", "Attempt noted"),
    "followup.logged": ("写跟进", "Record written"),
    "followup.taken_over": ("导入历史跟进", "Old record taken over"),
    "objection.opened": ("客户提出异议", "Objection raised"),
    "objection.answered": ("答复异议", "Objection answered"),
    "objection.closed": ("异议结案", "Objection closed"),
    "objection.carried": ("异议随客户转移", "Objection carried along"),
    "objection.passed": ("转交异议", "Objection passed on"),
    "playbook.published": ("发布销售流程", "Playbook published"),
    "playbook.rolled_back": ("退回销售流程的旧版本", "Playbook rolled back"),
    "playbook.removed": ("删除销售流程", "Playbook removed"),
    "passage.settled": ("完成或跳过并行节点", "Side node settled"),
    "passage.carried": ("节点经过随客户转移", "Node log carried along"),
    "help.taken": ("接下求助", "Request for help taken"),
    "help.asked_back": ("反问求助", "Asked back"),
    "help.replied": ("回答反问", "Answered what was asked back"),
    "help.answered": ("交付求助", "Request for help delivered"),
    "help.confirmed": ("确认交付", "Delivery confirmed"),
    "help.reopened": ("退回交付", "Delivery sent back"),
    "help.declined": ("退回求助", "Request for help declined"),
    "help.refused": ("求助没人能做", "Request for help refused"),
    "help.given": ("安排求助", "Request for help given to somebody"),
    "help.moved": ("改求助期限", "Limit of a request moved"),
    "help.left": ("求助换人", "Request for help with somebody else"),
    "import.started": ("开始导入", "Import started"),
    "import.run": ("执行导入", "Import run"),
    "import.done": ("导入完成", "Import done"),
    "import.cancelled": ("取消导入", "Import cancelled"),
    "import.undone": ("撤销导入", "Import undone"),
    "member.invited": ("邀请成员", "Member invited"),
    "member.uninvited": ("收回邀请", "Invitation taken back"),
    "member.joined": ("加入团队", "Joined the team"),
    "member.reset_link_made": ("给成员重设密码链接", "Reset link made"),
    "member.signed_out": ("结束成员的登录", "Member signed out"),
    "member.handed_over": ("离职交接", "Handed over on leaving"),
    "model.marked": ("标为范例", "Marked as example"),
    "model.changed": ("修改范例", "Example changed"),
    "model.dropped": ("取消范例", "Example dropped"),
    "option.saved": ("改选项列表", "Option list changed"),
    "pack.applied": ("应用标准包", "Pack applied"),
    "pack.rolled_back": ("退回标准包", "Pack taken back"),
    "profile.updated": ("改个人资料", "Profile changed"),
    "robot.set": ("设置群机器人", "Group robot set"),
    "robot.tested": ("试发群机器人", "Group robot tested"),
    "role.view_begun": ("开始以别的角色看", "Viewing as a role begun"),
    "role.view_ended": ("结束以别的角色看", "Viewing as a role ended"),
    "role.arranged": ("排列角色的标签页", "Tabs of a role arranged"),
    "record.assigned": ("转给同事", "Record given away"),
    "record.moved": ("改状态", "State changed"),
    "pool.changed": ("改公海规则", "Pools changed"),
    "standard.published": ("修改跟进标准", "Standard changed"),
    "standard.rolled_back": ("退回跟进标准的旧版本", "Standard rolled back"),
    "session.opened": ("登录", "Logged in"),
    "target.cleared": ("清掉目标", "Target cleared"),
    "calendar.set": ("改工作日历", "Working calendar changed"),
    "cadence.set": ("改联系节奏", "Cadence of contacts changed"),
    "stage.limited": ("改阶段时限", "Stage limit changed"),
    "target.set": ("定目标", "Target set"),
    "team.exported": ("导出团队目标", "Team's targets exported"),
    "type.created": ("新建记录类型", "Record type made"),
    "type.retired": ("停用记录类型", "Record type put away"),
    "type.returned": ("重新启用记录类型", "Record type brought back"),
    "token.created": ("建 API 令牌", "API token made"),
    "token.narrowed": ("收窄 API 令牌", "API token narrowed"),
    "token.revoked": ("停用 API 令牌", "API token revoked"),
}
#: What the last word of a name means for a record type that has no words of its own here.
_ENDS: dict[str, Label] = {
    "added": ("新增", "added"),
    "created": ("新建", "made"),
    "updated": ("修改", "changed"),
    "removed": ("删除", "removed"),
    "deleted": ("删除", "deleted"),
    "restored": ("恢复", "restored"),
    "reverted": ("撤销时改回", "set back"),
    "carried": ("随客户转移", "carried along"),
    "settled": ("了结", "settled"),
    "shared": ("共享", "shared"),
    "published": ("发布", "published"),
    "withdrawn": ("撤回", "withdrawn"),
    "answered": ("答复", "answered"),
    "asked": ("提出", "asked"),
    "done": ("完成", "done"),
}


def event_words(name: str) -> Label:
    """The name of an event in both languages."""
    known = _OWN.get(name) or SAID.get(name) or WITH_NAME.get(name)
    if known is not None:
        return known[0].rstrip("：: "), known[1].rstrip(": ")
    slug, _, end = name.partition(".")
    kind = record_types().get(slug)
    zh, en = _ENDS.get(end, (end, end))
    return (f"{zh}{kind.zh}", f"{kind.en} {en}".capitalize()) if kind else (name, name)


def known_events() -> dict[str, Label]:
    """Every event that has words of its own, to choose from; in the order of their names."""
    return {name: event_words(name) for name in sorted({*_OWN, *SAID, *WITH_NAME})}
