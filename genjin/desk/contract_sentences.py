"""Events of contracts, payments and hand-over lists as sentences; what the reader may not read is blank already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from genjin.desk.reasons import say
from genjin.lib.money_words import yuan

After = Mapping[str, Any]


def _titled(zh: str, en: str, after: After) -> dict[str, str]:
    title = after.get("title") or ""
    return say(f"{zh}“{title}”" if title else zh, f"{en} “{title}”" if title else en)


def _money(after: After) -> tuple[str, str]:
    amount, currency = after.get("amount"), after.get("currency") or "CNY"
    return (yuan(amount, currency), yuan(amount, currency, "en")) if isinstance(amount, int) else ("", "")


def _agreed(after: After) -> dict[str, str]:
    words = after.get("words") or ""
    return say(
        f"客户同意购买{'：' + words if words else ''}", f"The customer agreed to buy{': ' + words if words else ''}"
    )


def _signed(after: After) -> dict[str, str]:
    zh, en = _money(after)
    number, day = after.get("number") or "", after.get("signed_on") or ""
    said = _titled("合同签了", "Contract signed", after)
    return say(
        "，".join(each for each in (said["zh"], zh, number, str(day)) if each),
        ", ".join(each for each in (said["en"], en, number, str(day)) if each),
    )


def _received(after: After) -> dict[str, str]:
    zh, en = _money(after)
    return say(f"回款 {zh}".strip(), f"Payment came in {en}".strip())


def _appointed(after: After) -> dict[str, str]:
    name = after.get("name", "")
    return say(f"交接给{name}，他能看到全部跟进", f"To be handed over to {name}, who sees the whole history")


def _confirmed(after: After) -> dict[str, str]:
    number = after.get("number", 1)
    zh, en = ("交出方", "the giver") if after.get("side") == "giver" else ("接收方", "the receiver")
    if after.get("both"):
        return say(f"双方确认了第 {number} 版交接清单", f"Both sides confirmed version {number} of the hand-over list")
    return say(f"{zh}确认了第 {number} 版交接清单", f"Version {number} of the hand-over list confirmed by {en}")


def _changed(after: After) -> dict[str, str]:
    number = after.get("number", 1)
    zh, en = ("，双方要重新确认", "; both sides confirm again") if after.get("again") else ("", "")
    return say(f"交接清单改到第 {number} 版{zh}", f"The hand-over list is at version {number} now{en}")


def _left(after: After) -> dict[str, str]:
    name = after.get("name", "")
    return say(f"接收人{name}离开团队，要换一位", f"The receiver, {name}, left the team; another one is needed")


TOLD: Mapping[str, Callable[[After], dict[str, str]]] = {
    "contract.agreed": _agreed,
    "contract.disagreed": lambda after: say(
        f"客户改了主意：{after.get('why', '')}", f"The customer changed his mind: {after.get('why', '')}"
    ),
    "contract.drafted": partial(_titled, "起草合同", "Contract drafted"),
    "contract.updated": lambda after: say("改了合同", "Contract changed"),
    "contract.approved": partial(_titled, "合同通过审批", "Contract approved"),
    "contract.fell_back": partial(_titled, "改了关键条款，批准作废，重新送审：", "Key terms changed, approval lapsed:"),
    "contract.signed": _signed,
    "contract.told": _signed,
    "contract.cancelled": partial(_titled, "取消合同", "Contract cancelled"),
    "contract.ended": partial(_titled, "合同结束", "Contract ended"),
    "contract.planned": partial(_titled, "排了付款计划", "Payment plan made for"),
    "payment.received": _received,
    "payment.taken_back": lambda after: say("撤回一笔回款", "A payment was taken back"),
    "delivery.opened": lambda after: say("出了客户交接清单", "Hand-over list made"),
    "delivery.changed": _changed,
    "delivery.appointed": _appointed,
    "delivery.confirmed": _confirmed,
    "delivery.receiver_left": _left,
}
