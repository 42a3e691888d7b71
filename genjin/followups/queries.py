"""Reading follow-up records and drafts; the answers of the check panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from genjin.access.actor import Actor
from genjin.access.fields import barred, concealed, reads
from genjin.access.own import told_own
from genjin.access.reading import read_page, read_under
from genjin.access.visible import visible
from genjin.agenda.queries import of_customer as agenda_of
from genjin.agenda.queries import of_sources
from genjin.customers.models import Customer
from genjin.customers.queries import words_of
from genjin.followups import comments
from genjin.followups.drafts import CALL
from genjin.followups.fields import FOLLOWUP
from genjin.followups.judging import judge_parts, panel, setting_of
from genjin.followups.layouts import choose, gaps_of, values_of
from genjin.followups.models import Draft, FollowUp, FollowUpFile
from genjin.followups.rich import settled
from genjin.followups.rules import only_quotes
from genjin.followups.schemas import CheckIn
from genjin.followups.sheets import entry_delay, reading_of, sheet
from genjin.lib.errors import NotFound
from genjin.orgs.models import Membership
from genjin.people import listing
from genjin.people.needing import demand_indexes
from genjin.quality.next_step import read_next_step
from genjin.quality.queries import standard_of
from genjin.schema.compiled import fetch
from genjin.schema.paging import Order, behind, page_of
from genjin.schema.queries import options_of
from genjin.schema.shapes import shaped

NEWEST = Order("contact_at", descending=True)
_COLUMNS = (
    "id", "version", "customer_id", "customer__name", "contact_id", "contact__name", "contact__title", "contact_at",
    "precision", "entered_at", "late", "channel", "attempt", "summary", "summary_blocks", "feedback", "quotes", "score",
    "status", "status_reason", "state", "contacted_by_id", "contacted_by__name", "department__name", "entered_by_id",
    "entered_by__name", "historical", "objections", "needs", "qa", "risks", "attitude_from", "attitude_to",
    "satisfaction", "result", "next_plan", "topic", "goal", "kind", "stage_then",
)  # fmt: skip
#: Below one customer, whose name is known.
_OWN = tuple(name for name in _COLUMNS if name != "customer__name")
_DETAIL = (
    *_COLUMNS, "background", "stage_goal", "mood", "trust", "probability", "customer_score", "key_figures",
    "expectation", "help_needed", "reflection", "interest", "special", "competitor", "problem", "handling",
    "amount", "currency", "signed_on", "contract_number", "delivery_period", "service_period", "payment_terms",
    "comments", "repurchase", "referral", "axes",
    "findings", "participants_ours", "participants_theirs", "seconds_spent", "life_cycle_then",
)  # fmt: skip


def list_followups(
    actor: Actor,
    *,
    now: datetime,
    customer_id: int | None = None,
    view: str = "",
    expression: Any = None,
    sort: str = "",
    text: str = "",
    cursor: str = "",
    limit: int = 20,
    count: bool = False,
) -> dict[str, Any]:
    """One page of records, newest contact first unless told otherwise; three statements for any page size, one more
    where they are counted."""
    order = listing.order_by(FOLLOWUPS, actor, sort) if sort else NEWEST
    opened = listing.open_view(FOLLOWUPS, actor, view)
    newest = order is NEWEST
    if customer_id is None and _are_few(actor, opened, newest):
        order = replace(order, gather=True)
    where = listing.chosen(FOLLOWUPS, actor, now, opened, expression, text)
    if customer_id is None:
        demand_indexes(FOLLOWUPS, actor, now, opened, expression, text, order)
    else:
        where &= Q(customer_id=customer_id)
    total = listing.total_of(FOLLOWUPS, actor, where if count else None)
    steady = expression is None and not text and not view and newest
    columns = listing.columns_of(FOLLOWUPS, actor, _COLUMNS, order)
    found = read_page(actor, FollowUp, columns, where, order=order, cursor=cursor, limit=limit + 1, steady=steady)
    shown, following = page_of(found, limit, columns.index(order.column), 0)
    rows = [dict(zip(columns, row, strict=True)) for row in shown]
    of_team = told_own(
        actor, "followup", [row.get("extra") or {} for row in rows], [row["customer_id"] for row in rows]
    )
    return {
        "items": [
            told_record(actor, each) | told for each, told in zip(_with_parts(actor, rows, now), of_team, strict=True)
        ],
        "next": following,
        **total,
        **listing.left_out_of(opened),
    }


def _are_few(actor: Actor, opened: listing.Opened, newest: bool) -> bool:
    """Whether the rows are one person's: those of his customers, or what he wrote himself, for whose newest there is
    an index."""
    base = opened if isinstance(opened, str) else opened["base"]
    if base == "mine":
        return not newest
    return not {"all", "subtree", "department"} & actor.grants.scope("customer", "see")


def views(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """Ready-made and saved views of the records with their counts."""
    return listing.tabs(FOLLOWUPS, actor, now)


def _ready(actor: Actor, now: datetime) -> dict[str, Q]:
    today = now.astimezone(actor.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    return {
        "mine": Q(contacted_by_id=actor.member_id),
        "week": Q(contact_at__gte=monday),
        "submitted": Q(state="submitted"),
        "returned": Q(state="returned"),
        "team": Q(),
    }


_LABELS = {
    "mine": ("我的记录", "Mine"),
    "week": ("本周", "This week"),
    "submitted": ("已提交", "Submitted"),
    "returned": ("退回", "Returned"),
    "team": ("团队全部", "All of the team"),
}


#: The list of records with its tabs.
FOLLOWUPS = listing.Listing(FOLLOWUP, FollowUp, "-contact_at", _ready, _LABELS, words_of)


def of_customer(
    actor: Actor, customer: Customer, *, now: datetime, cursor: str = "", limit: int = 20
) -> dict[str, Any]:
    """One page of a visible customer's records, and with it the customer's open agenda: three statements, and one for
    the people or departments that fields of the team point to."""
    where = behind(NEWEST, cursor) if cursor else None
    columns = (*_OWN, *(("extra",) if shaped(actor, FOLLOWUP).own else ()))
    found = read_under(customer, FollowUp, columns, where, order=NEWEST, limit=limit + 1)
    shown, following = page_of(found, limit, columns.index("contact_at"), 0)
    records = [{**dict(zip(columns, row, strict=True)), "customer__name": customer.name} for row in shown]
    of_team = told_own(actor, "followup", [row.pop("extra", {}) for row in records], [customer.pk] * len(records))
    items = agenda_of(actor, customer, now=now, sources=[row["id"] for row in records])
    steps: dict[int, list[dict[str, Any]]] = {}
    for item in items:
        if item["source"] and item["source"]["type"] == "followup":
            steps.setdefault(item["source"]["id"], []).append(item)
    return {
        "items": [each | told for each, told in zip(_with_steps(records, steps), of_team, strict=True)],
        "next": following,
        "agenda": [item for item in items if item["state"] == "open"],
    }


def one(actor: Actor, followup_id: int, *, now: datetime) -> dict[str, Any]:
    """A whole record under its template; `NotFound` when missing or not visible."""
    record = visible(actor, FollowUp).filter(pk=followup_id).select_related(*_RELATED).first()
    if record is None:
        raise NotFound()
    (whole,) = _whole(actor, [record], now)
    own = actor.member_id in (record.contacted_by_id, record.entered_by_id)
    return {
        **whole,
        "comments": comments.of_record(actor, record.customer, record.pk, now=now),
        "can": {
            "update": own and actor.may("followup.update"),
            "export": actor.may("export.start"),
            "comment": actor.may("comment.add"),
        },
    }


def several(actor: Actor, ids: Sequence[int], *, now: datetime) -> list[dict[str, Any]]:
    """Whole records under their templates, those of `ids` that the actor may see, oldest contact first; a
    constant number of statements."""
    rows = visible(actor, FollowUp).filter(pk__in=ids).select_related(*_RELATED)
    return _whole(actor, list(rows.order_by("contact_at", "id")), now)


def _whole(actor: Actor, records: list[FollowUp], now: datetime) -> list[dict[str, Any]]:
    rows = [{name: _along(record, name) for name in _DETAIL} for record in records]
    reading = reading_of(actor, records)
    of_team = told_own(actor, "followup", [each.extra for each in records], [each.customer_id for each in records])
    found = []
    for record, row, told, whole in zip(records, rows, of_team, _with_parts(actor, rows, now), strict=True):
        steps, files = whole["next_steps"], whole["files"]
        more = {slug: row[slug] for slug in _DETAIL if slug not in _COLUMNS}
        laid_out = sheet(actor, record, reading, steps=steps, files=files)
        delay = entry_delay(record) if reads(actor, "followup.contact_at", "followup.entered_at") else None
        found.append({**told_record(actor, {**whole, **more}), **told, **laid_out, "entry_delay": delay})
    return found


def told_record(actor: Actor, record: dict[str, Any]) -> dict[str, Any]:
    """The record without what is hidden or masked for the actor; a blank of the same kind stands there.

    What tells of a hidden field goes with it: quotations from its text, findings on it, the plan in words.
    """
    if not actor.grants.fields:
        return record
    kept = barred(actor, "followup")
    shown = dict(concealed(actor, "followup", record))
    if shown.get("contacted_by"):
        department = None if "department" in kept else shown["contacted_by"]["department"]
        shown["contacted_by"] = {**shown["contacted_by"], "department": department}
    elif "contacted_by" in shown:
        shown["contacted_by"] = None
    if shown.get("contact"):
        shown["contact"] = concealed(actor, "contact", shown["contact"])
    if shown.get("quotes") and kept & _QUOTED:
        covering = [record.get(slug) for slug in kept & _QUOTED]
        known = "\n".join(map(str, covering)) if all(covering) else None
        shown["quotes"] = [each for each in shown["quotes"] if known is not None and each.strip("“”") not in known]
    if "feedback" in shown and "summary" in kept and only_quotes(shown["feedback"]):
        shown["feedback"] = ""
    if "findings" in shown:
        shown["findings"] = [each for each in shown["findings"] if each["field"] not in kept]
    if "next_plan" in shown and "next_steps" in kept:
        shown["next_plan"] = ""
    return shown


#: Texts whose words stand in `quotes` as well.
_QUOTED = frozenset({"summary", "feedback"})


_RELATED = ("customer", "contact", "contacted_by", "entered_by", "department")


def _along(record: FollowUp, path: str) -> Any:
    """The value at the end of `customer__name`; None where a link is empty."""
    value: Any = record
    for name in path.split("__"):
        value = getattr(value, name, None)
    return value


def _with_parts(actor: Actor, rows: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Records with their next steps and files, two statements for any number."""
    if not rows:
        return []
    return _with_steps(rows, of_sources(actor, "followup", [row["id"] for row in rows], now=now))


_FILE = ("followup_id", "kind", "file_id", "file__name", "file__size")


def _with_steps(rows: list[dict[str, Any]], steps: dict[int, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    ids = [row["id"] for row in rows]
    if not ids:
        return []
    files: dict[int, list[dict[str, Any]]] = {}
    attached = fetch(QuerySet(FollowUpFile), Q(followup_id__among=ids), _FILE, order=("id",), steady=True)
    for followup, kind, pk, name, size in attached:
        files.setdefault(followup, []).append({"id": pk, "name": name, "kind": kind, "size": size})
    return [_shape(row, steps.get(row["id"], []), files.get(row["id"], [])) for row in rows]


_PLAIN = (
    "id", "version", "contact_at", "precision", "entered_at", "late", "channel", "summary", "summary_blocks",
    "feedback", "quotes", "score", "status", "status_reason", "state", "historical", "objections", "needs", "qa",
    "risks", "attitude_from", "attitude_to", "satisfaction", "result", "next_plan", "topic", "goal", "kind",
    "stage_then",
)  # fmt: skip


def _shape(row: dict[str, Any], steps: list[dict[str, Any]], files: list[dict[str, Any]]) -> dict[str, Any]:
    made = {slug: row[slug] for slug in _PLAIN}
    made["attempt"] = row["attempt"] or None
    made["customer"] = {"id": row["customer_id"], "name": row["customer__name"]}
    made["contact"] = (
        {"id": row["contact_id"], "name": row["contact__name"], "title": row["contact__title"]}
        if row["contact_id"]
        else None
    )
    made["contacted_by"] = {
        "id": row["contacted_by_id"],
        "name": row["contacted_by__name"],
        "department": row["department__name"],
    }
    made["entered_by"] = {"id": row["entered_by_id"], "name": row["entered_by__name"]}
    made["next_steps"] = steps
    made["files"] = files
    return made


def check(actor: Actor, draft: CheckIn, *, now: datetime) -> dict[str, Any]:
    """The panel's answer for a draft in any state: points, findings, the next step as read."""
    customer = None
    if draft.customer_id is not None:
        customer = visible(actor, Customer).filter(pk=draft.customer_id).first()
        if customer is None:
            raise NotFound(field="customer_id")
    options = options_of(actor.org_id, actor.config_version)
    draft = settled(draft)
    setting = setting_of(actor, customer, draft)
    verdict, standard = judge_parts(actor, draft, setting, options, now=now)
    layout = choose(actor, draft.template, draft.kind)
    values = values_of(draft, customer, setting.contact)
    holding, gaps = gaps_of(actor, layout, values, now)
    shown = panel(verdict, standard)
    shown["findings"] += gaps
    shown["errors"] += len(gaps)
    return {
        **shown,
        "template": {"key": layout.key, "version": layout.version},
        "applies": sorted(holding),
        "next_step": _read_sentence(actor, draft.next_sentence, now),
    }


def _read_sentence(actor: Actor, sentence: str, now: datetime) -> dict[str, Any] | None:
    """One sentence → act, person, time, goal, shown for confirmation (design §7, the fourth input)."""
    if not sentence.strip():
        return None
    colleagues = dict(Membership.objects.filter(org_id=actor.org_id, active=True).values_list("name", "id")[:2000])
    local = now.astimezone(actor.zone).replace(tzinfo=None)
    standard = standard_of(actor)
    reading = read_next_step(sentence, now=local, people=list(colleagues), author=actor.name, standard=standard)
    owner = reading.owner if reading.owner in colleagues else actor.name
    due = reading.due_at.replace(tzinfo=actor.zone) if reading.due_at else None
    return {
        "act": reading.act,
        "owner": {"id": colleagues.get(owner or "", actor.member_id), "name": owner},
        "due_at": due,
        "precision": reading.precision or "minute",
        "goal": reading.goal,
        "waits_only": reading.waits_only,
        "executable": reading.executable,
    }


def calls_of(actor: Actor, *, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """Phone numbers that the actor tapped and did not write about since, newest first (R-078)."""
    rows = Draft.objects.filter(
        member_id=actor.own_id,
        client_key__startswith=CALL,
        saved_at__gt=since,
        saved_at__lte=until,
        customer_id__isnull=False,
    )
    found = rows.order_by("-saved_at").values("client_key", "customer_id", "saved_at", "body")[:5]
    return [
        {
            "client_key": row["client_key"],
            "customer_id": row["customer_id"],
            "at": row["saved_at"],
            "contact_name": short_text(str(row["body"].get("contact_name") or ""), 60),
        }
        for row in found
    ]


def short_text(text: str, most: int) -> str:
    """`text` cut to `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def drafts(actor: Actor, customer_id: int | None) -> list[dict[str, Any]]:
    """The actor's own drafts, newest first."""
    rows = Draft.objects.filter(member_id=actor.own_id).exclude(client_key__startswith=CALL)
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return [
        {"client_key": key, "customer_id": customer, "body": body, "saved_at": saved}
        for key, customer, body, saved in rows.order_by("-saved_at").values_list(
            "client_key", "customer_id", "body", "saved_at"
        )[:50]
    ]
