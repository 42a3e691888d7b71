"""Pure rules of notices and messages: their sentences, who hears of what, and what stays in the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

#: More notices of one kind at one moment become one line with a count.
MOST_EACH = 5
#: From when, and until when at the latest, a list goes to the group (the organisation's local time).
LIST_TIMES: Mapping[str, tuple[time, time]] = {
    "morning": (time(8, 50), time(12, 0)),
    "overdue": (time(17, 30), time(21, 0)),
}
#: Waiting before the next try, in minutes; after the last one the message is given up.
RETRY_MINUTES = (1, 2, 5, 10, 20, 40)
#: Failures in a row after which a robot is left alone, and for how long.
MOST_FAILURES = 5
PAUSE = timedelta(hours=1)


#: What a notice can be about, in the groups by which the inbox is looked through.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "said": ("mention", "comment"),
    "given": ("assigned", "transferred", "shared"),
    "due": ("before", "overdue", "escalated"),
    "done": ("import", "automation"),
}
#: What is escalated to me comes as mail to whoever wants overdue to-dos as mail.
WISHED_AS: Mapping[str, str] = {"escalated": "overdue"}
#: A mail waits so long: what is read on the screen meanwhile need not come twice.
MAIL_DELAY = timedelta(minutes=5)
#: More notices than these in one mail are counted.
MOST_IN_MAIL = 20


class Saying(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str


class ToldItem(NamedTuple):
    """What a sentence needs of an agenda item. `due_at` is aware."""

    act: str
    customer: str
    due_at: datetime
    precision: str


def when(due_at: datetime, precision: str, zone: ZoneInfo) -> Saying:
    """A due time as a person reads it: 11月24日 10:00, or the day alone."""
    local = due_at.astimezone(zone)
    clock = "" if precision == "day" else f" {local:%H:%M}"
    return Saying(f"{local.month}月{local.day}日{clock}", f"{local:%b} {local.day}{clock}")


def short(text: str, most: int = 60) -> str:
    """`text` cut to `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _what(item: ToldItem) -> Saying:
    act = short(item.act)
    if not item.customer:
        return Saying(act, act)
    return Saying(f"{short(item.customer, 40)}，{act}", f"{short(item.customer, 40)}: {act}")


def assigned(by: str, item: ToldItem, zone: ZoneInfo) -> Saying:
    """Somebody else put work on my list (R-075)."""
    what, due = _what(item), when(item.due_at, item.precision, zone)
    return Saying(
        f"{by or '系统'} 派给你：{what.zh}，{due.zh} 前完成",
        f"{by or 'The system'} assigned to you: {what.en}, due {due.en}",
    )


def reminder(stage: str, item: ToldItem, zone: ZoneInfo) -> Saying:
    """Before the due time, or when it has passed (R-075)."""
    what, due = _what(item), when(item.due_at, item.precision, zone)
    if stage == "overdue":
        return Saying(f"已逾期：{what.zh}，原定 {due.zh}", f"Overdue: {what.en}, was due {due.en}")
    if item.precision == "day":
        return Saying(f"当天要办：{what.zh}，{due.zh}", f"To do this day: {what.en}, {due.en}")
    return Saying(f"快到时间：{what.zh}，{due.zh}", f"Due soon: {what.en}, {due.en}")


def many_reminders(stage: str, count: int, first: ToldItem, zone: ZoneInfo) -> Saying:
    """One line for many, after a stop of the worker or a take-over of old tables."""
    what, due = _what(first), when(first.due_at, first.precision, zone)
    if stage == "overdue":
        return Saying(
            f"有 {count} 件待办已逾期，最早的是：{what.zh}，原定 {due.zh}",
            f"{count} to-dos are overdue; the earliest: {what.en}, was due {due.en}",
        )
    return Saying(
        f"有 {count} 件待办快到时间，最早的是：{what.zh}，{due.zh}",
        f"{count} to-dos are due soon; the earliest: {what.en}, {due.en}",
    )


class Climbed(NamedTuple):
    """What a sentence needs of a rung: what it does, for whom it is told, who has the to-do, and whether the reader
    stands in for somebody who is not there."""

    do: str
    owner: str
    mine: bool
    instead: bool


#: What a rung beyond the owner asks of its reader.
_ASKED = {
    "remind": ("快到时限", "due soon"),
    "alert": ("已逾期", "overdue"),
    "copy": ("还没办，抄送你", "not done, for your knowledge"),
    "pool": ("一直没办，按规则放回公海", "still not done, goes back to the pool"),
}

_INSTEAD = ("（该找的人不在，转给你）", " (in place of somebody who is not there)")


def climbed(rung: Climbed, item: ToldItem, zone: ZoneInfo) -> Saying:
    """A rung of the ladder, to whom it reaches (R-075)."""
    what, due = _what(item), when(item.due_at, item.precision, zone)
    if rung.mine and rung.do in ("remind", "alert"):
        return reminder("before" if rung.do == "remind" else "overdue", item, zone)
    zh, en = _ASKED[rung.do]
    who, who_en = (f"{rung.owner}的", f" of {rung.owner}") if rung.owner and not rung.mine else ("", "")
    why, why_en = ("（该找的人不在，转给你）", " (in place of somebody who is not there)") if rung.instead else ("", "")
    return Saying(
        f"{who}待办{zh}：{what.zh}，时限 {due.zh}{why}", f"A to-do{who_en} is {en}: {what.en}, due {due.en}{why_en}"
    )


def many_climbed(do: str, count: int, first: ToldItem, zone: ZoneInfo) -> Saying:
    """One line for many rungs of a minute, of the furthest kind among them."""
    what, due, (zh, en) = _what(first), when(first.due_at, first.precision, zone), _ASKED[do]
    return Saying(
        f"有 {count} 件待办上报给你，最早的{zh}：{what.zh}，时限 {due.zh}",
        f"{count} to-dos are escalated to you; the earliest is {en}: {what.en}, due {due.en}",
    )


def many_assigned(by: str, count: int, first: ToldItem, zone: ZoneInfo) -> Saying:
    what = _what(first)
    return Saying(
        f"{by or '系统'} 派给你 {count} 件待办，第一件：{what.zh}",
        f"{by or 'The system'} assigned {count} to-dos to you; the first: {what.en}",
    )


def urged(by: str, item: ToldItem, zone: ZoneInfo) -> Saying:
    """A colleague or supervisor asks for what is late and mine."""
    what, due = _what(item), when(item.due_at, item.precision, zone)
    return Saying(f"{by or '系统'} 催你：{what.zh}，时限 {due.zh}", f"{by} urges you: {what.en}, due {due.en}")


def many_urged(by: str, count: int, first: ToldItem, zone: ZoneInfo) -> Saying:
    """One line for many that somebody urges at once."""
    what = _what(first)
    return Saying(
        f"{by or '系统'} 催你 {count} 件事，第一件：{what.zh}",
        f"{by} urges you about {count} to-dos; the first: {what.en}",
    )


def handed_over(by: str, customers: list[str], why: str) -> Saying:
    """Customers that are mine from now on (R-158)."""
    reason = f"，原因：{short(why)}" if why else ""
    reason_en = f", because: {short(why)}" if why else ""
    first = short(customers[0], 40)
    if len(customers) == 1:
        return Saying(f"{by or '系统'} 把 {first} 转交给你{reason}", f"{by} handed {first} over to you{reason_en}")
    return Saying(
        f"{by or '系统'} 把 {first} 等 {len(customers)} 家客户转交给你{reason}",
        f"{by} handed {len(customers)} customers over to you, {first} first{reason_en}",
    )


def record_given(by: str, zh: str, en: str, number: int, name: str, count: int) -> Saying:
    """Rows of an own type that are mine from now on; the first of `count` is named."""
    who, title = by or "系统", short(name, 40)
    if count == 1:
        return Saying(f"{who} 把{zh} #{number} {title} 转给你", f"{by} gave you {en} #{number} {title}")
    return Saying(f"{who} 转给你 {count} 条{zh}，第一条：#{number} {title}",
                  f"{by} gave you {count} of {en}, #{number} {title} first")  # fmt: skip


def taken_back(by: str, customers: list[str]) -> Saying:
    """A hand-over to me was undone: they are not mine any more (R-158)."""
    first = short(customers[0], 40)
    if len(customers) == 1:
        return Saying(f"{by or '系统'} 撤销了转交，{first} 不再由你负责", f"{by} took {first} back from you")
    return Saying(
        f"{by or '系统'} 撤销了转交，{first} 等 {len(customers)} 家不再由你负责",
        f"{by} took {len(customers)} customers back from you, {first} first",
    )


def shared(by: str, customer: str, why: str = "") -> Saying:
    """I may see the customer now and write my own records (R-167)."""
    name = short(customer, 40)
    zh, en = (f"：{short(why)}", f": {short(why)}") if why else ("", "")
    return Saying(f"{by or '系统'} 邀你协作 {name}{zh}", f"{by} shared {name} with you{en}")


def mentioned(by: str, customer: str, text: str) -> Saying:
    """Somebody named me in a comment (R-178)."""
    name, words = short(customer, 40), short(text, 80)
    return Saying(
        f"{by or '同事'} 在 {name} 提到你：{words}", f"{by or 'A colleague'} mentioned you at {name}: {words}"
    )


def mentioned_unseen(by: str) -> Saying:
    """Somebody named me where I may not look: nothing of the customer or the words."""
    return Saying(
        f"{by or '同事'} 在评论里提到你；那家客户你看不到，让他先加你为协作人",
        f"{by or 'A colleague'} mentioned you in a comment on a customer you cannot see; ask to be added",
    )


def mentioned_unseen_row(by: str) -> Saying:
    """The same about a row of an own type, which is shared by roles."""
    return Saying(
        f"{by or '同事'} 在评论里提到你；那条记录你看不到，找管理员开范围",
        f"{by or 'A colleague'} mentioned you in a comment on a record you cannot see; ask an administrator",
    )


def commented(by: str, customer: str, text: str) -> Saying:
    """A word below a record that I wrote."""
    name, words = short(customer, 40), short(text, 80)
    return Saying(
        f"{by or '同事'} 评论了你写的跟进（{name}）：{words}",
        f"{by or 'A colleague'} commented on your record of {name}: {words}",
    )


def commented_row(by: str, name: str, text: str) -> Saying:
    """A word about a row of an own type that is mine."""
    name, words = short(name, 40), short(text, 80)
    return Saying(
        f"{by or '同事'} 评论了你负责的“{name}”：{words}",
        f"{by or 'A colleague'} commented on your record {name}: {words}",
    )


def replied(by: str, customer: str, text: str) -> Saying:
    """An answer to what I said."""
    name, words = short(customer, 40), short(text, 80)
    return Saying(
        f"{by or '同事'} 回复了你的评论（{name}）：{words}",
        f"{by or 'A colleague'} replied to your comment at {name}: {words}",
    )


#: What a notice says whose comment was taken back.
COMMENT_GONE = Saying("一条提到你或回复你的评论已删除", "A comment for you was deleted")


def list_due(local: datetime) -> Literal["morning", "overdue"] | None:
    """Which of a day's two lists may go to the group at this local time; never both.

    A list that could not be made in its hours (the machine was off) is left out: the screens show the same.
    """
    for kind, (opening, closing) in LIST_TIMES.items():
        if opening <= local.time() < closing:
            return "morning" if kind == "morning" else "overdue"
    return None


def next_list(local: datetime) -> datetime:
    """When the next list may go out after this local time: the next opening of its hours."""
    openings = sorted(opening for opening, _ in LIST_TIMES.values())
    for days in (0, 1):
        for opening in openings:
            at = datetime.combine(local.date() + timedelta(days=days), opening, local.tzinfo)
            if at > local:
                return at
    raise AssertionError("a day without lists")


def retry_after(tries: int) -> timedelta | None:
    """How long to wait after the `tries`-th failure; None = give the message up."""
    return timedelta(minutes=RETRY_MINUTES[tries - 1]) if tries <= len(RETRY_MINUTES) else None


def masked(url: str) -> str:
    """A robot's address without its key: the host and the last four characters."""
    if not url:
        return ""
    host = url.split("/", 3)
    return f"{'/'.join(host[:3])}/…{url[-4:]}"


def quiet_until(local: datetime, opening: time | None, closing: time | None) -> datetime | None:
    """The end of the quiet hours that this local time lies in; None outside them or without any.

    From `opening` until before `closing`, over midnight when the second is the earlier one.
    """
    if opening is None or closing is None or opening == closing:
        return None
    now, over_night = local.time(), closing < opening
    inside = (now >= opening or now < closing) if over_night else opening <= now < closing
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if over_night and now >= opening else 0)
    return datetime.combine(day, closing, local.tzinfo)
