"""What a bulk verb on rows of an own type would do, in sentences and numbers, before it does it. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genjin.access.actor import Actor
from genjin.access.visible import holds, visible
from genjin.door.action import VERBS, demand
from genjin.lib.errors import NotFound
from genjin.orgs.models import Membership
from genjin.records.models import Record
from genjin.records.rules import followers_of, state_named
from genjin.schema.registry import RecordType

Said = dict[str, str]
_HOURS: Said = {"zh": "24 小时内可以撤销", "en": "It can be undone for 24 h"}
_UNSEEN: Said = {"zh": "已经删除，或者你看不到", "en": "deleted, or not visible to you"}
_KEPT: Said = {"zh": "你能看，不能改", "en": "you may see it, not change it"}


def preview(
    actor: Actor, kind: RecordType, *, verb: str, ids: Sequence[int], state: str = "", owner_id: int | None = None
) -> dict[str, Any]:
    """Sentences, the ids that can be done and the rows that cannot, with the reason; of a move that is not chosen yet
    the states to which all can go.

    403 without the right to the verb, 404 when the actor sees none of the rows. A constant number of statements.
    """
    demand(actor, VERBS[f"record.{verb}"].name)
    wanted = sorted(set(ids))
    seen = {row.pk: row for row in visible(actor, Record).filter(kind.rows, pk__in=wanted)}
    if not seen:
        raise NotFound()
    cannot = [_cannot(pk, seen.get(pk), _UNSEEN) for pk in wanted if pk not in seen]
    cannot += [_cannot(pk, row, _KEPT) for pk, row in seen.items() if not holds(actor, row, "change")]
    rows = [row for row in seen.values() if holds(actor, row, "change")]
    told: dict[str, Any] = {}
    if verb == "move":
        ways = [{each.key for each in followers_of(kind, row.state)} | {row.state} for row in rows]
        told["states"] = [each.key for each in kind.states if all(each.key in way for way in ways)]
        if state:
            to = state_named(kind, state)
            no = {"zh": f"不能直接到“{to.zh}”", "en": f"cannot go to {to.en} directly"}
            stuck = [row for row in rows if row.state != to.key and to not in followers_of(kind, row.state)]
            cannot += [_cannot(row.pk, row, no) for row in stuck]
            rows = [row for row in rows if row not in stuck]
    said, button = _words(actor, kind, verb, rows, state, owner_id)
    return {"verb": verb, "ids": [row.pk for row in rows], "cannot": cannot, "sentences": [*said, _HOURS],
            "button": button, **told}  # fmt: skip


def _cannot(pk: int, row: Record | None, why: Said) -> dict[str, Any]:
    return {"id": pk, "name": f"#{row.number} {row.name}" if row else "", **why}


def _words(
    actor: Actor, kind: RecordType, verb: str, rows: Sequence[Record], state: str, owner_id: int | None
) -> tuple[list[Said], Said]:
    n = len(rows)
    if verb == "move":
        button = {"zh": f"改 {n} 条的状态", "en": f"Move {n}"}
        to = kind.state(state)
        if to is None:
            return [], button
        moving = [row for row in rows if row.state != to.key]
        said = [{"zh": f"{len(moving)} 条{kind.zh}改为“{to.zh}”", "en": f"{len(moving)} become {to.en}"}]
        if len(moving) < n:
            rest = n - len(moving)
            said.append({"zh": f"另外 {rest} 条已经是“{to.zh}”", "en": f"{rest} more are {to.en} already"})
        return said, button
    if verb == "assign":
        button = {"zh": f"转给同事 {n} 条", "en": f"Give {n} away"}
        name = Membership.objects.filter(pk=owner_id or 0, org_id=actor.org_id).values_list("name", flat=True).first()
        return ([{"zh": f"{n} 条{kind.zh}转给{name}", "en": f"{n} go to {name}"}] if name else []), button
    said = [{"zh": f"{n} 条{kind.zh}移入回收站，之后能从那里恢复",
             "en": f"{n} go to the recycle bin and can be restored from there"}]  # fmt: skip
    return said, {"zh": f"删除 {n} 条", "en": f"Delete {n}"}
