"""What a bulk verb would do, in sentences and numbers, before it does it (design §5). Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from genjin.access.actor import Actor
from genjin.access.guard import unscoped
from genjin.access.visible import visible
from genjin.customers.batch_actions import check_merge, give, receiver, tags_after
from genjin.customers.fields import CUSTOMER
from genjin.customers.hanging import amounts, hanging_on
from genjin.customers.models import Contact, Customer
from genjin.customers.proof import Proof
from genjin.customers.reaching import offered
from genjin.customers.uniting import Pair, chosen_fields, same_people, shown, sources
from genjin.door.action import VERBS, demand
from genjin.door.change import Change, plain
from genjin.door.rehearsal import rehearse
from genjin.lib.errors import Invalid, NotFound
from genjin.orgs.models import Membership
from genjin.schema.queries import options_of
from genjin.schema.registry import RecordType, record_types
from genjin.schema.shapes import shaped

Said = dict[str, str]
_HOURS: Said = {"zh": "24 小时内可以撤销", "en": "It can be undone for 24 h"}
#: Kind of row → how many of them, in both languages.
_COUNTED: Mapping[str, tuple[str, str]] = {
    "contact": ("{n} 位联系人", "{n} contacts"),
    "followup": ("{n} 条跟进", "{n} records"),
    "agenda": ("{n} 件待办", "{n} to-dos"),
    "need": ("{n} 条需求", "{n} needs"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person is about to do."""

    verb: str
    ids: Sequence[int]
    to_member_id: int | None = None
    intent_class: str = ""
    add: Sequence[str] = ()
    remove: Sequence[str] = ()
    into: int | None = None
    choices: Mapping[str, int] | None = None


def preview(actor: Actor, asked: Asked) -> dict[str, Any]:
    """Sentences, numbers, the ids that can be done and the rows that cannot, with the reason.

    403 without the right to the verb, 404 when the actor sees none of the rows. A constant number of statements.
    """
    verb = VERBS[f"customer.{asked.verb}"]
    demand(actor, verb.name)
    wanted = sorted(set(asked.ids))
    seen = {row.pk: row for row in visible(actor, Customer).filter(pk__in=wanted).select_related("owner")}
    if not seen:
        raise NotFound()
    may = set(visible(actor, Customer, act=verb.act).filter(pk__in=list(seen)).values_list("pk", flat=True))
    customers = [seen[pk] for pk in asked.ids if pk in may]
    counts = _counts([each.pk for each in customers])
    told = _SAYINGS[asked.verb](actor, asked, customers, counts)
    return {
        "verb": asked.verb,
        "ids": [each.pk for each in customers],
        "cannot": [cannot(pk, seen.get(pk)) for pk in wanted if pk not in may],
        "counts": {"customer": len(customers), **counts},
        **told,
    }


def cannot(pk: int, row: Customer | None) -> dict[str, Any]:
    """A row that stays as it is, and why."""
    if row is None:
        zh, en = "已经删除，或者你看不到", "deleted, or not visible to you"
    else:
        owner = row.owner.name if row.owner else ""
        zh = f"你能看，不能改；找负责人{owner}" if owner else "你能看，不能改"
        en = f"you may see it, not change it; ask {owner}" if owner else "you may see it, not change it"
    return {"id": pk, "name": row.name if row else "", "zh": zh, "en": en}


def _counts(ids: Sequence[int], *, merging: bool = False) -> dict[str, int]:
    """How much hangs on these customers, or goes along in a merge: one statement for each record type under them."""
    found = {}
    for kind in record_types().values():
        if kind.scope.via == "customer" and kind.slug in _COUNTED:
            rows = unscoped(kind.model, "step").filter(kind.counted, customer_id__in=ids, deleted_at__isnull=True)
            found[kind.slug] = (rows.filter(kind.merged) if merging else rows).count()
    return found


def _amounts(counts: Mapping[str, int]) -> tuple[str, str]:
    some = [(slug, counts[slug]) for slug in _COUNTED if counts.get(slug)]
    zh = "、".join(_COUNTED[slug][0].format(n=n) for slug, n in some)
    return zh, ", ".join(_COUNTED[slug][1].format(n=n) for slug, n in some)


def _say(zh: str, en: str) -> Said:
    return {"zh": zh, "en": en}


def _delete(actor: Actor, asked: Asked, customers: Sequence[Customer], counts: Mapping[str, int]) -> dict[str, Any]:
    zh, en = _amounts(counts)
    n = len(customers)
    rows, rows_en = amounts(hanging_on(actor, [each.pk for each in customers]))
    stay = [_say(f"{rows}留着，上面的客户看不到了", f"{rows_en} stay, and no longer name the customer")] if rows else []
    return {
        "sentences": [
            _say(
                f"{n} 家客户移入回收站{'，连同 ' + zh if zh else ''}",
                f"{n} customers go to the recycle bin{', with ' + en if en else ''}",
            ),
            *stay,
            _say(
                "24 小时内可以撤销，之后也能从回收站恢复",
                "It can be undone for 24 h, and restored from the bin after that",
            ),
        ],
        "button": _say(f"删除 {n} 家", f"Delete {n}"),
    }


def _transfer(actor: Actor, asked: Asked, customers: Sequence[Customer], counts: Mapping[str, int]) -> dict[str, Any]:
    n = len(customers)
    button = _say(f"转交 {n} 家", f"Transfer {n}")
    if asked.to_member_id is None:
        return {"sentences": [_HOURS], "button": button, **offered(actor)}
    member = receiver(actor, asked.to_member_id)
    moving = [each.pk for each in customers if each.owner_id != member.pk]
    along = open_of_owners(moving)
    others = _counts(moving).get("agenda", 0) - along
    zh = f"{len(moving)} 家转给{member.name}，{along} 件没办完的待办跟着走"
    en = f"{len(moving)} go to {member.name}; {along} open to-dos go along"
    said = [
        _say(
            zh + (f"，别人名下的 {others} 件不动" if others else ""),
            en + (f", {others} of others stay with them" if others else ""),
        ),
        _say("阶段、跟进和历史不变", "Stage, records and history stay as they are"),
    ]
    already = n - len(moving)
    if already:
        said.append(_say(f"另外 {already} 家本来就是{member.name}的", f"{already} more are {member.name}'s already"))
    return {"sentences": [*said, _HOURS], "button": _say(f"转交 {len(moving)} 家", f"Transfer {len(moving)}"),
            "proof": _proof(actor, moving, member)}  # fmt: skip


def _proof(actor: Actor, ids: Sequence[int], member: Membership) -> dict[str, Any] | None:
    """Counts before and after, of a transfer that is done and taken back."""
    if not ids:
        return None
    found: list[Proof] = []

    def run(change: Change) -> None:
        rows = visible(actor, Customer, act="change").filter(pk__in=ids).order_by("pk")
        found.append(give(change, list(rows.select_for_update(of=("self",))), member, ""))

    rehearse(actor, "customer.transfer", run)
    return found[0].shown()


def open_of_owners(ids: Sequence[int]) -> int:
    """Open rows that the owner of the customer holds himself: they follow a hand-over."""
    found = 0
    for kind in record_types().values():
        if kind.scope.via == "customer" and kind.scope.mine:
            rows = unscoped(kind.model, "step").filter(kind.counted, customer_id__in=ids)
            found += rows.filter(**{kind.scope.mine[0]: F("customer__owner_id")}).count()
    return found


def _class(actor: Actor, asked: Asked, customers: Sequence[Customer], counts: Mapping[str, int]) -> dict[str, Any]:
    n = len(customers)
    choice = options_of(actor.org_id, actor.config_version).get("intent_class", {}).get(asked.intent_class)
    if choice is None:
        if asked.intent_class:
            raise Invalid("意向等级不在选项里", "Not an intent class", field="intent_class")
        return {"sentences": [_HOURS], "button": _say(f"定级 {n} 家", f"Set {n}")}
    other = [each for each in customers if each.intent_class not in ("", asked.intent_class)]
    said = [_say(f"{n} 家定为 {choice.zh}", f"{n} become {choice.en}")]
    if other:
        said.append(_say(f"其中 {len(other)} 家原来是别的等级", f"{len(other)} of them had another class"))
    return {"sentences": [*said, _HOURS], "button": _say(f"定级 {n} 家", f"Set {n}")}


def _tag(actor: Actor, asked: Asked, customers: Sequence[Customer], counts: Mapping[str, int]) -> dict[str, Any]:
    n = sum(tags_after(each, asked.add, asked.remove) != each.tags for each in customers)
    same = len(customers) - n
    said = [_say(f"{n} 家的标签会变", f"The tags of {n} change")]
    if same:
        said.append(_say(f"{same} 家已经是这样", f"{same} are so already"))
    return {"sentences": [*said, _HOURS], "button": _say(f"打标签 {n} 家", f"Tag {n}")}


def _merge(actor: Actor, asked: Asked, customers: Sequence[Customer], counts: Mapping[str, int]) -> dict[str, Any]:
    """Both sides field by field, who is joined to whom, and what moves."""
    if len(customers) < min(2, len(set(asked.ids))) or not customers:
        said = [_say("要两家都能改才能合并，找负责人或主管", "You need to be able to change both; ask the owner")]
        return {"sentences": said, "button": _say("合并", "Merge"), "into": None, "customers": [], "fields": [],
                "joined": [], "moving": {}}  # fmt: skip
    into = asked.into if asked.into in {each.pk for each in customers} else _likely(customers)
    hidden = actor.grants.fields.get("customer", {})
    survivor = check_merge(actor, customers, into, asked.choices or {})
    gone = [each for each in customers if each.pk != into]
    moving = _counts([each.pk for each in gone], merging=True)
    rows = unscoped(Contact, "step").filter(customer_id__in=[each.pk for each in customers], deleted_at__isnull=True)
    pairs = same_people(list(rows), into)
    hanging = hanging_on(actor, [each.pk for each in gone])
    zh, en = (joint.join(each for each in pair if each)
              for joint, *pair in zip(("、", ", "), _amounts(moving), amounts(hanging), strict=True))  # fmt: skip
    names = "、".join(each.name for each in gone)
    said = [
        _say(
            f"{names} 并入 {survivor.name}{'：' + zh + '一起过来' if zh else ''}",
            f"{names} becomes part of {survivor.name}{': ' + en + ' come along' if en else ''}",
        )
    ]
    if pairs:
        said.append(_say(f"{len(pairs)} 位联系人是同一个人，合成一位", f"{len(pairs)} contacts are the same person"))
    former = {each.owner.name for each in gone if each.owner and each.owner_id != survivor.owner_id}
    if former and "owner" not in (asked.choices or {}):
        who = "、".join(sorted(former))
        said.append(_say(f"{who}改为协作人，仍能看和写", f"{who} stays as a collaborator"))
    return {
        "sentences": [*said, _HOURS],
        "button": _say(f"合并 {len(customers)} 家", f"Merge {len(customers)}"),
        "into": into,
        "customers": [
            {"id": each.pk, "name": each.name, "owner": each.owner.name if each.owner else ""} for each in customers
        ],
        "fields": _fields(shaped(actor, CUSTOMER), customers, survivor, asked.choices or {}, hidden),
        "joined": [_joined(pair) for pair in pairs],
        "moving": moving | {each.slug: each.n for each in hanging if each.zh},
    }


def _likely(customers: Sequence[Customer]) -> int:
    """The file with the most life in it survives unless told otherwise."""
    return max(customers, key=lambda each: (each.last_contact_at is not None, len(each.recent_days), -each.pk)).pk


def _fields(
    kind: RecordType,
    customers: Sequence[Customer],
    survivor: Customer,
    choices: Mapping[str, int],
    hidden: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The fields in which they differ, with each one's value and whose is kept."""
    kept = sources(kind, customers, survivor, choices)
    found = []
    for field in chosen_fields(kind):
        if field.slug in hidden:
            continue
        values = [shown(each, field) for each in customers]
        if len({repr(value) for value in values}) < 2:
            continue
        found.append(
            {
                "slug": field.slug,
                "label": {"zh": field.zh, "en": field.en},
                "values": [
                    {"id": each.pk, "value": _value(each, field.slug, value)}
                    for each, value in zip(customers, values, strict=True)
                ],
                "kept": kept[field.slug].pk,
            }
        )
    return found


def _value(customer: Customer, slug: str, value: Any) -> Any:
    if slug == "owner" and customer.owner is not None:
        owner: Membership = customer.owner
        return {"id": owner.pk, "name": owner.name}
    return plain(value)


def _joined(pair: Pair) -> dict[str, str]:
    return {"kept": pair.kept.name, "gone": pair.gone.name}


_SAYINGS: Mapping[str, Any] = {
    "delete": _delete,
    "transfer": _transfer,
    "class": _class,
    "tag": _tag,
    "merge": _merge,
}
