"""Follow-up records as a record type, and which rule field is which slug."""

from __future__ import annotations

from django.db.models import Q

from genjin.access.actor import Actor
from genjin.access.visible import visible
from genjin.customers.proof import Kind, hangs_on
from genjin.files.holders import holder
from genjin.followups.models import Comment, Draft, FollowUp, FollowUpFile, Template
from genjin.schema.paging import Order
from genjin.schema.registry import Field, Lists, RecordType, Restore, Scope, register

FOLLOWUP = register(
    RecordType(
        "followup",
        "跟进记录",
        "follow-up record",
        FollowUp,
        Scope(via="customer"),
        (
            Field("contact_id", "联系人", "Contact", "contact", group="basic"),
            Field("contact_at", "跟进时间", "Contact time", "datetime", required=True, list=True, sort=True,
                  filter=True),
            Field("channel", "跟进方式", "Channel", "option", options="channel", required=True, list=True,
                  filter=True),
            Field("kind", "跟进类型", "Kind", "option", options="followup_kind", filter=True),
            Field("summary", "跟进内容", "Content", "richtext", required=True, list=True),
            Field("feedback", "客户反馈", "Feedback", "longtext", required=True),
            Field("quotes", "客户原话", "Customer's words", "quotes", part=True, list=True),
            Field("next_steps", "下一步计划", "Next steps", "steps", part=True),
            Field("status", "跟进状态", "Status", "option", options="followup_status", list=True, filter=True),
            Field("status_reason", "状态原因", "Reason", "text"),
            Field("topic", "沟通主题", "Topic", "text", group="report"),
            Field("background", "沟通背景", "Background", "longtext", group="report"),
            Field("problem", "客户的问题", "Customer's problem", "longtext", group="report",
                  help_zh="遇到了什么具体问题，什么时候、哪台设备、什么影响",
                  help_en="What went wrong, when, with which machine, with what effect"),
            Field("handling", "处理情况", "Handling", "longtext", group="report",
                  help_zh="当场怎么处理的，结果怎样", help_en="What was done and with what result"),
            Field("stage_goal", "阶段目标", "Stage goal", "text", group="report"),
            Field("goal", "本次跟进目标", "Goal", "text", group="report"),
            Field("result", "跟进结果与结论", "Result", "longtext", group="report"),
            Field("key_figures", "关键数据", "Key figures", "longtext", group="report"),
            Field("probability", "成交概率", "Probability", "number", group="report", filter=True,
                  help_zh="0–100", help_en="0–100"),
            Field("customer_score", "客户评分", "Customer score", "number", group="report", filter=True,
                  help_zh="0–100", help_en="0–100"),
            Field("attitude_from", "原来态度", "Attitude before", "option", options="attitude", group="customer"),
            Field("attitude_to", "现在态度", "Attitude now", "option", options="attitude", group="customer",
                  filter=True),
            Field("mood", "客户情绪", "Mood", "option", options="mood", group="customer"),
            Field("trust", "信任度", "Trust", "option", options="trust", group="customer"),
            Field("satisfaction", "客户满意度", "Satisfaction", "rating", group="customer", filter=True),
            Field("comments", "意见建议", "Comments", "longtext", group="customer"),
            Field("repurchase", "复购/增购需求", "Repurchase or upsell", "option", options="yes_no", group="customer",
                  filter=True),
            Field("referral", "转介绍意向", "Willing to refer", "option", options="yes_no", group="customer",
                  filter=True),
            Field("interest", "兴趣点", "Interest", "text", group="detail"),
            Field("special", "特殊要求", "Special requirements", "text", group="detail"),
            Field("competitor", "竞争对手", "Competitor", "text", group="detail"),
            Field("expectation", "下次沟通预期", "Expectation of the next contact", "text", group="detail"),
            Field("help_needed", "需协作事项", "Help needed", "text", group="detail"),
            Field("reflection", "个人反思与建议", "Reflection", "longtext", group="detail"),
            Field("needs", "客户需求", "Needs", "needs", group="detail"),
            Field("objections", "异议", "Objections", "objections", group="detail"),
            Field("qa", "客户提问与我方回应", "Questions and answers", "qa", group="detail"),
            Field("risks", "潜在风险", "Risks", "risks", group="report"),
            Field("amount", "成交金额", "Amount won", "money", group="won", filter=True),
            Field("signed_on", "签约日期", "Signed on", "date", group="won", filter=True),
            Field("contract_number", "合同编号", "Contract number", "text", group="won", filter=True),
            Field("delivery_period", "交付周期", "Delivery period", "text", group="won"),
            Field("service_period", "服务期限", "Service period", "text", group="won"),
            Field("payment_terms", "付款方式", "Payment terms", "text", group="won"),
            Field("participants_ours", "我方参与人", "Our participants", "members", part=True),
            Field("participants_theirs", "客户参与人", "Their participants", "contacts", part=True),
            Field("files", "附件", "Attachments", "files", part=True),
            Field("contacted_by", "跟进人", "Contacted by", "member", column="contacted_by_id", part=True, list=True,
                  filter=True),
            Field("department", "部门", "Department", "department", column="department_id", part=True, filter=True),
            Field("score", "记录质量", "Quality", "number", list=True, sort=True, filter=True, read_only=True),
            Field("entered_at", "记录时间", "Entered", "datetime", list=True, filter=True, read_only=True),
            Field("late", "补填", "Late entry", "bool", filter=True, read_only=True),
            Field("state", "审核状态", "Review state", "option", options="record_state", list=True, filter=True,
                  read_only=True),
            Field("reviewed_by", "审核人", "Reviewer", "member", column="reviewed_by_id", filter=True, read_only=True),
            Field("reviewed_at", "审核时间", "Reviewed", "datetime", filter=True, read_only=True),
        ),
        restore=Restore(name="summary", made="followup.taken_over"),
        lists=Lists(
            sorts={
                "-contact_at": Order("contact_at", descending=True),
                "contact_at": Order("contact_at"),
                "-entered_at": Order("entered_at", descending=True),
                "score": Order("score", nullable=True, of=int),
            },
            bases={"mine": ("contacted_by",), "week": ("contact_at",), "submitted": ("state",),
                   "returned": ("state",), "team": ()},
            columns=("contact",),
        ),
    )
)  # fmt: skip

TEMPLATE = register(RecordType("template", "记录模板", "template", Template, Scope(owner=None, department=None)))
COMMENT = register(
    RecordType("comment", "评论", "comment", Comment, Scope(via="customer"), restore=Restore(name="text"))
)
#: Nobody but the writer sees a draft; it is a type only so that a merge and its undo carry it along.
DRAFT = register(RecordType("draft", "草稿", "draft", Draft, Scope(via="customer"), restore=Restore(name="")))

#: What the rules call a field → the input that holds it.
SLUGS = {
    "客户名称": "customer_id",
    "联系人": "contact_id",
    "联系方式": "contact_id",
    "跟进时间": "contact_at",
    "记录时间": "contact_at",
    "跟进方式": "channel",
    "跟进内容": "summary",
    "客户反馈": "feedback",
    "下一步计划": "next_steps",
    "负责人": "next_steps",
    "截止日期": "next_steps",
    "跟进状态": "status",
    "跟进人": "contacted_by",
}


@holder
def read_attachment(actor: Actor, file_id: int) -> bool:
    """A file attached to a record is readable by whoever may read the record (A7)."""
    return visible(actor, FollowUp).filter(attachments__file_id=file_id).exists()


hangs_on(
    Kind("followup", "跟进记录", "Records", FollowUp, place=3, note=("作者和分数不变", "authors and scores stay"),
         fixed=("created_by_id", "contacted_by_id", "entered_by_id", "contact_at", "entered_at", "score", "version"))
)  # fmt: skip
hangs_on(Kind("comment", "评论", "Comments", Comment, place=30, fixed=("created_by_id", "created_at", "version")))
hangs_on(Kind("followup_file", "附件", "Files", FollowUpFile, Q(followup__deleted_at__isnull=True), place=20,
              via="followup__customer_id", fixed=("followup_id", "file_id")))  # fmt: skip
