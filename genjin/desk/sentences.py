"""Events as sentences: what a person reads on the timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from genjin.access.actor import Actor
from genjin.access.fields import barred, concealed, reads
from genjin.access.own import Names, names_in, own_fields
from genjin.desk.contract_sentences import TOLD
from genjin.desk.deal_sentences import DEALS
from genjin.desk.reasons import say
from genjin.schema.own_words import own_words
from genjin.schema.queries import Options, label
from genjin.schema.registry import Field, record_type
from genjin.schema.shapes import shaped

_POINTERS = ("customer", "contact")
#: Kinds whose sentences are made of their fields.
_CONCEALED = frozenset({"care", "help", "objection", "contract", "payment", "complaint", "satisfaction"})
SAID: dict[str, tuple[str, str]] = {
    "customer.created": ("建档", "Created"),
    "customer.classed": ("定了意向等级", "Intent class set"),
    "customer.deleted": ("移入回收站", "Moved to the recycle bin"),
    "customer.restored": ("从回收站恢复", "Restored"),
    "customer.reverted": ("撤销了批量操作，改回原样", "A bulk change was undone"),
    "customer.merge_asked": ("同事问要不要合并", "A colleague asks for a merge"),
    "contact.reverted": ("撤销时改回联系人", "A contact was set back"),
    "followup.reverted": ("撤销时改回一条跟进", "A record was set back"),
    "followup.restored": ("恢复一条跟进", "A record was restored"),
    "customer.shared": ("加了协作人", "Shared with a collaborator"),
    "customer.unshared": ("移除协作人", "No longer shared"),
    "agenda.updated": ("修改待办", "To-do changed"),
    "agenda.reopened": ("重新打开待办", "Reopened a to-do"),
    "followup.deleted": ("删除一条跟进", "Deleted a record"),
    "followup.updated": ("修改了跟进记录", "Changed a record"),
    "followup.imported": ("导入历史跟进", "Took over old records"),
    "approval.asked": ("送审", "Sent for review"),
    "approval.passed": ("审核通过", "Passed the review"),
    "approval.returned": ("审核退回", "Returned the record"),
    "approval.resubmitted": ("改完重新提交", "Submitted again"),
    "approval.reopened": ("撤回退回", "Took the return back"),
    "approval.withdrawn": ("不再审核", "Review withdrawn"),
    "comment.removed": ("删除了一条评论", "Deleted a comment"),
    "comment.reverted": ("撤销时改回一条评论", "A comment was set back"),
    "approval.commented": ("写了批注", "Commented"),
}
WITH_NAME: dict[str, tuple[str, str]] = {
    "contact.added": ("加联系人", "Contact added:"),
    "contact.updated": ("修改联系人", "Contact changed"),
    "contact.removed": ("删除联系人", "Contact removed:"),
    "contact.revealed": ("看了完整电话：", "Full number shown:"),
    "need.added": ("新需求", "Need:"),
    "need.updated": ("修改需求", "Need changed"),
    "need.removed": ("删除需求", "Need removed:"),
    "agenda.moved": ("待办改期", "To-do moved"),
    "agenda.assigned": ("待办转派", "To-do assigned:"),
    "customer.merged": ("并入了", "Merged in:"),
    "customer.transferred": ("转交给", "Handed over to"),
}


def sentence_of(
    actor: Actor, name: str, data: Mapping[str, Any], options: Options, names: Names | None = None
) -> dict[str, str]:
    """An event in both languages; fields that the reader may not read are left out. `names`: of what
    own fields point to (`names_told`)."""
    before, after = data.get("before") or {}, data.get("after") or {}
    if name == "customer.classed" and reads(actor, "customer.intent_class"):
        old, new = before.get("intent_class") or "—", after.get("intent_class")
        return say(f"意向等级 {old} → {new}", f"Intent class {old} → {new}")
    if name == "customer.united":
        chosen = {each.db for each in shaped(actor, "customer").fields if not each.read_only}
        told = {slug: value for slug, value in after.items() if slug in chosen}
        return changes(actor, "customer", before, told, options, names)
    if name == "customer.updated":
        return changes(actor, "customer", before, after, options, names)
    if name == "customer.transferred" and after.get("from"):
        said = f"由{after['from']}交接给{after['name']}", f"Handed over from {after['from']} to {after['name']}"
        return say(*said)
    if name in ("deal.updated", "deal.moved"):
        moved, title = changes(actor, "deal", before, after, options, names), after.get("text", "")
        return say(f"商机“{title}”：{moved['zh']}", f"Deal “{title}”: {moved['en']}")
    if name in _TOLD:
        kind = name.partition(".")[0]
        return _TOLD[name](concealed(actor, kind, dict(after)) if kind in _CONCEALED else after)
    if name in WITH_NAME:
        zh, en = WITH_NAME[name]
        kind = name.partition(".")[0]
        what = next((each for slug in ("name", "text", "act") if (each := after.get(slug) or before.get(slug))), "")
        what = what if reads(actor, f"{kind}.{record_type(kind).restore.name}") else ""
        return say(f"{zh} {what}".strip(), f"{en} {what}".strip())
    zh, en = SAID.get(name, (name, name))
    return say(zh, en)


def _warned(after: Mapping[str, Any]) -> dict[str, str]:
    reason, pool, day = after.get("reason") or {}, after.get("pool") or {}, after.get("on", "")
    return say(
        f"{day} 要回公海“{pool.get('name', '')}”：{reason.get('zh', '')}，已提醒负责人",
        f"Goes into the pool “{pool.get('name', '')}” on {day}: {reason.get('en', '')}; its owner was warned",
    )


def _assigned(after: Mapping[str, Any]) -> dict[str, str]:
    if after.get("claimed"):
        name, pool = after.get("name", ""), (after.get("pool") or {}).get("name", "")
        return say(f"{name} 从公海“{pool}”领取", f"{name} claimed it from the pool “{pool}”")
    reason, rule = after.get("reason") or {}, after.get("rule") or {}
    zh, en = (f"“{rule['name']}”，", f"“{rule['name']}”, ") if rule else ("", "")
    name = after.get("name", "")
    return say(f"分给 {name}（{zh}{reason.get('zh', '')}）", f"Assigned to {name} ({en}{reason.get('en', '')})")


def _sent_back(after: Mapping[str, Any]) -> dict[str, str]:
    reason, pool = after.get("reason") or {}, after.get("pool") or {}
    if pool:
        name = pool["name"]
        return say(f"回到公海“{name}”：{reason.get('zh', '')}", f"Into the pool “{name}”: {reason.get('en', '')}")
    return say(f"退回待分配：{reason.get('zh', '')}", f"Back to assign: {reason.get('en', '')}")


def _taken_up(after: Mapping[str, Any]) -> dict[str, str]:
    if after.get("how") == "followup":
        return say("接手，写了第一次联系", "Taken over by a first contact")
    return say("接手", "Taken over")


#: What happens to a request for approval; its matter is named, its figures are read where it is shown.
REQUESTS: dict[str, tuple[str, str]] = {
    "asked": ("申请审批", "Asked for approval"),
    "approved": ("审批同意一步", "One step approved"),
    "granted": ("审批通过", "Approved"),
    "sent_back": ("审批退回", "Sent back"),
    "refused": ("审批未通过", "Refused"),
    "signer_added": ("审批加签", "Signer added"),
    "delegated": ("审批转交", "Passed on"),
    "recalled": ("撤回申请", "Withdrawn"),
    "asked_again": ("改后重新申请", "Asked again"),
    "reminded": ("催审批", "Reminded"),
    "handed_up": ("审批人离开，交给上一级", "An approver left; it goes one up"),
    "restarted": ("记录有改动，重新审批", "The record has changed; it is decided anew"),
    "lapsed": ("记录有改动，审批作废", "The record has changed; the approval lapsed"),
}


def _of_request(zh: str, en: str, after: Mapping[str, Any]) -> dict[str, str]:
    title, to = after.get("title", ""), after.get("to")
    name = f"（{to}）" if isinstance(to, str) else ""
    name_en = f" ({to})" if isinstance(to, str) else ""
    return say(f"{zh}：{title}{name}", f"{en}: {title}{name_en}")


def _cared(after: Mapping[str, Any]) -> dict[str, str]:
    """What was done; a greeting tells no more than that there was one."""
    did, act = after.get("did") or "", after.get("act") or ""
    return say(f"关怀：{act}。{did}".rstrip("。"), f"Care: {act}. {did}".rstrip(". "))


#: What happens to a complaint, and which of its texts says more.
COMPLAINTS: dict[str, tuple[str, str, str]] = {
    "opened": ("客户投诉", "Complaint", "text"),
    "handled": ("处理投诉", "Worked on the complaint", "step"),
    "resolved": ("投诉处理完", "Complaint resolved", "result"),
    "confirmed": ("客户认可，投诉办结", "The customer agrees, complaint closed", "words"),
    "reopened": ("客户不认可，投诉重新处理", "The customer does not agree, taken up again", "words"),
    "updated": ("改投诉等级", "Complaint regraded", "text"),
    "passed": ("转交投诉", "Complaint passed on", "text"),
}


def _of_complaint(zh: str, en: str, slug: str, after: Mapping[str, Any]) -> dict[str, str]:
    words = after.get(slug) or ""
    return say(f"{zh}：{words}", f"{en}: {words}") if words else say(zh, en)


def _scored(zh: str, en: str, after: Mapping[str, Any]) -> dict[str, str]:
    """The score and its words, as far as they may be read."""
    score, words = after.get("score"), after.get("comment") or ""
    zh, en = (f"{zh}，评价 {score} 分", f"{en}, {score} of 5") if score else (zh, en)
    return say(f"{zh}：{words}" if words else zh, f"{en}: {words}" if words else en)


_TOLD: dict[str, Callable[[Mapping[str, Any]], dict[str, str]]] = {
    "customer.assigned": _assigned,
    "customer.sent_back": _sent_back,
    "customer.pool_asked": lambda after: say("申请从公海领取", "Asked to have it from the pool"),
    "customer.pool_warned": _warned,
    "customer.taken_up": _taken_up,
    "help.asked": lambda after: say(
        f"求助：{after.get('question', '')}", f"Asked for help: {after.get('question', '')}"
    ),
    "help.taken": lambda after: say("接下求助", "Took the request for help"),
    "help.asked_back": lambda after: say(f"反问：{after.get('text', '')}", f"Asked back: {after.get('text', '')}"),
    "help.replied": lambda after: say(f"补充说明：{after.get('text', '')}", f"Answered: {after.get('text', '')}"),
    "help.answered": lambda after: say(f"回答求助：{after.get('answer', '')}", f"Answered: {after.get('answer', '')}"),
    "help.confirmed": lambda after: say(
        f"确认交付：{after.get('question', '')}", f"Confirmed the delivery: {after.get('question', '')}"
    ),
    "help.reopened": lambda after: say(
        f"退回交付：{after.get('text', '')}", f"Sent the delivery back: {after.get('text', '')}"
    ),
    "help.declined": lambda after: say(
        f"退回求助，由部门负责人安排：{after.get('text', '')}",
        f"Declined, for the head to decide: {after.get('text', '')}",
    ),
    "help.refused": lambda after: say(f"求助没人能做：{after.get('text', '')}", f"Refused: {after.get('text', '')}"),
    "help.given": lambda after: say("部门负责人安排了接手的人", "The head of the department said who does it"),
    "help.moved": lambda after: say("改了求助的期限", "Moved the limit of the request"),
    "help.left": lambda after: say("原来的人不在，求助换人", "The request is with somebody else now"),
    "care.planned": lambda after: say(
        f"安排了关怀：{after.get('act', '')}（{after.get('due_on', '')}）",
        f"Care planned: {after.get('act', '')} ({after.get('due_on', '')})",
    ),
    "care.proposed": lambda after: say("从谈话里想到一次关怀，在“关怀”里看", "An idea for care, to be seen in Care"),
    "care.done": _cared,
    "care.skipped": lambda after: say(f"跳过关怀：{after.get('act', '')}", f"Care left out: {after.get('act', '')}"),
    "care.moved": lambda after: say(
        f"关怀改到 {after.get('due_on', '')}：{after.get('act', '')}",
        f"Care moved to {after.get('due_on', '')}: {after.get('act', '')}",
    ),
    "care.passed": lambda after: say(f"转交关怀：{after.get('act', '')}", f"Care passed on: {after.get('act', '')}"),
    "care.joined": lambda after: say(
        f"两次关怀并成一次：{after.get('act', '')}", f"Care made one: {after.get('act', '')}"
    ),
    "care.arranged": lambda after: say(
        f"安排了问候：{after.get('act', '')}", f"A greeting was arranged: {after.get('act', '')}"
    ),
    **DEALS,
    "objection.opened": lambda after: say(f"客户异议：{after.get('text', '')}", f"Objection: {after.get('text', '')}"),
    "objection.answered": lambda after: say(
        f"答复异议“{after.get('text', '')}”：{after.get('answer', '')}",
        f"Answered the objection “{after.get('text', '')}”: {after.get('answer', '')}",
    ),
    "objection.closed": lambda after: say(
        f"异议结案“{after.get('text', '')}”：{after.get('result', '')}",
        f"Closed the objection “{after.get('text', '')}”: {after.get('result', '')}",
    ),
    "objection.passed": lambda after: say(
        f"转交异议“{after.get('text', '')}”", f"Passed the objection “{after.get('text', '')}” on"
    ),
    "survey.sent": lambda after: say(
        f"发出满意度调查：{after.get('title', '')}", f"Survey sent: {after.get('title', '')}"
    ),
    "survey.skipped": lambda after: say("这次不发满意度调查", "Survey left out this time"),
    "satisfaction.answered": partial(_scored, "客户答了满意度调查", "The customer answered a survey"),
    "satisfaction.noted": partial(_scored, "记下客户的评价", "Score noted"),
    **{f"complaint.{name}": partial(_of_complaint, *words) for name, words in COMPLAINTS.items()},
    **{f"request.{name}": partial(_of_request, *words) for name, words in REQUESTS.items()},
    **TOLD,
    "help.withdrawn": lambda after: say("撤回求助", "Withdrew the request for help"),
}


def names_told(actor: Actor, payloads: Iterable[Mapping[str, Any]], kinds: Iterable[str] = ("customer",)) -> Names:
    """Names of whatever own fields point to in these events; a statement for each kind, where there are any."""
    fields = [each for kind in kinds for each in own_fields(actor, kind)]
    sides = [data.get(side) or {} for data in payloads for side in ("before", "after")] if fields else []
    return names_in(actor, fields, sides)


def changes(
    actor: Actor,
    kind: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    options: Options,
    names: Names | None,
) -> dict[str, str]:
    """The fields of a row that moved, each with its words before and after."""
    zh, en = [], []
    kept = barred(actor, kind)
    fields = {each.db: each for each in shaped(actor, kind).fields}
    for column, value in after.items():
        field = fields.get(column)
        if field is None or field.slug in kept:
            continue
        was = before.get(column)
        if not field.stored and field.type in _POINTERS:
            # Whoever reads may not see to whom it pointed.
            zh.append(f"换了{field.zh}")
            en.append(f"{field.en} changed")
            continue
        old, new = (_both(each, field, options, names, actor.zone) for each in (was, value))
        zh.append(f"{field.zh} {old[0]} → {new[0]}")
        en.append(f"{field.en} {old[1]} → {new[1]}")
    return say("；".join(zh) or "修改资料", "; ".join(en) or "Changed")


def _both(value: Any, field: Field, options: Options, names: Names | None, zone: ZoneInfo) -> tuple[str, str]:
    if field.stored and value is not None:
        return own_words(field, value, options, zone, (names or {}).get(field.pointed, {}))
    return _shown(value, field, options), _shown(value, field, options, "en")


def _shown(value: Any, field: Field, options: Options, language: str = "zh") -> str:
    if value in (None, "", []):
        return "—"
    if field.options and isinstance(value, str):
        return label(options, field.options, value, language)
    if field.type == "money" and isinstance(value, int):
        return f"{value / 100:,.2f}".removesuffix(".00")
    if isinstance(value, list):
        return "、".join(str(each) for each in value)
    return str(value)[:60]
