"""Pure rules about people: accounts, passwords, how many tries, who may hand out which role."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from genjin.access.actor import Actor
from genjin.lib.errors import Invalid
from genjin.lib.phones import channels

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128
SESSION_LIFE = timedelta(days=14)
INVITATION_LIFE = timedelta(days=7)
RESET_LIFE = timedelta(hours=2)
TIMEZONES_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` within `window`; the window ends by itself, so nobody is locked out for ever."""

    tries: int
    window: timedelta


#: One browser or address on one account: a person who mistypes. All addresses on one account: a
#: spread attack (a browser that logged in before is not counted here). One address on all accounts.
PAIR = Limit(8, timedelta(minutes=10))
ACCOUNT = Limit(40, timedelta(minutes=10))
ADDRESS = Limit(120, timedelta(minutes=10))
RESETS = Limit(3, timedelta(hours=1))
LINKS = Limit(30, timedelta(minutes=10))
#: Masked numbers that one member may have shown: a day of calls, not a customer base.
REVEALS = Limit(60, timedelta(hours=1))


def normal_account(text: str) -> str:
    """A phone number or an e-mail address in the one form it is stored in.

    Raises `Invalid` for anything else.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = [each for each in channels(plain) if each.kind in ("mobile", "email")]
    if len(found) != 1 or len(plain) > 190:
        raise Invalid("账号要填手机号或邮箱", "The account must be a mobile number or an e-mail", field="account")
    return found[0].value.lower()


def known_account(text: str) -> str:
    """The account as typed at login: normal when it can be, else as it stands (it will not be found)."""
    try:
        return normal_account(text)
    except Invalid:
        return text.strip()[:190]


def check_password_strength(password: str, *, account: str = "", names: Iterable[str] = ()) -> None:
    """Refuse a password that is short, common, all digits, or holds the account (`Invalid`, field password)."""
    refusal = _weakness(password, account, names)
    if refusal:
        raise Invalid(*refusal, field="password")


def _weakness(password: str, account: str, names: Iterable[str]) -> tuple[str, str] | None:
    lowered = password.lower()
    if len(password) < SHORTEST_PASSWORD:
        return f"密码至少 {SHORTEST_PASSWORD} 位", f"The password needs at least {SHORTEST_PASSWORD} characters"
    if len(password) > LONGEST_PASSWORD:
        return f"密码最多 {LONGEST_PASSWORD} 位", f"The password may have at most {LONGEST_PASSWORD} characters"
    if password.isdigit():
        return "密码不能全是数字", "The password cannot be all digits"
    if len(set(lowered)) < 4 or lowered in "abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl":
        return "密码太简单", "The password is too simple"
    parts = [account.split("@")[0].lower(), *(name.lower() for name in names)]
    if any(len(part) >= 3 and part in lowered for part in parts):
        return "密码里不能有账号或姓名", "The password cannot hold the account or the name"
    return None


#: From narrow to wide; a role may be handed out by whoever holds at least as much.
_WIDTH = {"self": 1, "collaborator": 1, "department": 2, "subtree": 3, "all": 4}


_STRICTNESS = {"": 0, "readonly": 1, "masked": 2, "hidden": 3}


def may_hand_out(actor: Actor, verbs: Iterable[str], scopes: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    """Nobody gives more than he has: every verb of the role, no scope wider than his own, no field freer.

    `verbs` are verb names (patterns resolved), `scopes` and `fields` as a role holds them.
    """
    if not all(actor.may(verb) for verb in verbs):
        return False
    for kind, acts in scopes.items():
        for act, names in acts.items():
            widest = max((_WIDTH.get(name, 9) for name in names), default=0)
            held = max((_WIDTH.get(name, 0) for name in actor.grants.scope(kind, act)), default=0)
            if widest > held:
                return False
    return all(
        _STRICTNESS.get(fields.get(kind, {}).get(slug, ""), 0) >= _STRICTNESS.get(mark, 0)
        for kind, marks in actor.grants.fields.items()
        for slug, mark in marks.items()
    )


def would_make_cycle(department_id: int, new_parent_path: str, new_parent_id: int) -> bool:
    """A department cannot be put under itself or its own subtree."""
    return f"/{department_id}/" in f"{new_parent_path}{new_parent_id}/"
