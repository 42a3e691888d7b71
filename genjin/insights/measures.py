"""What targets are set in: each measure is described here once, and counted by one grouped statement for everybody.

A number counts a person's work whole, also on customers that have gone to somebody else since: a target must not
fall by a hand-over. Rows behind it open by the reader's own scope (`behind.py`). Rows taken over from old tables
(历史数据), deleted ones and those of deleted customers count nowhere; a merged customer counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Aggregate, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import ExtractDay, TruncMonth

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.guard import unscoped
from genjin.contracts.models import Contract
from genjin.customers.models import LIVING, Customer
from genjin.followups.models import COUNTED, FollowUp
from genjin.insights.rules import bounds
from genjin.lib.amounts import MOST as MOST_MONEY
from genjin.lib.errors import Invalid

Numbers = Mapping[tuple[int, date], int]


@dataclass(frozen=True, slots=True)
class Measure:
    """A definition: rows of `model` that meet `where`, of the member in `who`, at `at`, added up by `add`."""

    slug: str
    zh: str
    en: str
    unit_zh: str
    unit_en: str
    means_zh: str
    means_en: str
    model: type[Any]
    who: str
    at: str
    where: Q
    add: Callable[[ZoneInfo], Aggregate]
    dated: bool = False
    money: bool = False
    reads: tuple[str, ...] = ()
    most: int = 1_000_000
    #: Rows of another table that count as well, by a definition of their own.
    also: Measure | None = None

    def rows(
        self, rows: QuerySet[Any], zone: ZoneInfo, first: date, after: date, members: Collection[int] | None = None
    ) -> QuerySet[Any]:
        """Those of `rows` that count from the day `first` until before `after`."""
        low, high = (first, after) if self.dated else bounds(first, after, zone)
        rows = rows.filter(self.where, **{f"{self.at}__gte": low, f"{self.at}__lt": high})
        return rows if members is None else rows.filter(**{f"{self.who}__among": sorted(members)})

    def as_json(self) -> dict[str, Any]:
        return {
            "slug": self.slug,
            "label": {"zh": self.zh, "en": self.en},
            "unit": {"zh": self.unit_zh, "en": self.unit_en},
            "means": {"zh": self.means_zh, "en": self.means_en},
            "money": self.money,
            "most": self.most,
        }


def _each(zone: ZoneInfo) -> Aggregate:
    return Count("*")


def _customer_days(zone: ZoneInfo) -> Aggregate:
    """Pairs of customer and day; rows are grouped by month, so the day of the month tells days apart."""
    return Count(F("customer_id") * 32 + ExtractDay("contact_at", tzinfo=zone), distinct=True)


def _sum(zone: ZoneInfo) -> Aggregate:
    return Sum("amount")


#: Few customers lie in the bin: leaving their records out is far cheaper than joining all that live.
_BINNED = Exists(
    unscoped(Customer, "measure").filter(
        org_id=OuterRef("org_id"), pk=OuterRef("customer_id"), deleted_at__isnull=False
    )
)
_RECORDS = COUNTED & ~Q(_BINNED)
_WON = _RECORDS & Q(status="won", signed_on__isnull=False, amount__isnull=False, currency="CNY")
#: Somebody wrote of the same contract before.
_TOLD_BEFORE = Exists(
    unscoped(FollowUp, "measure").filter(
        _WON,
        LIVING,
        Q(signed_on=OuterRef("signed_on")) | ~Q(contract_number=""),
        org_id=OuterRef("org_id"),
        customer_id=OuterRef("customer_id"),
        contract_number=OuterRef("contract_number"),
        id__lt=OuterRef("id"),
    )
)

#: A contract that was signed here counts once: not where a record that says won told of it.
_TOLD_BY_RECORD = Exists(
    unscoped(FollowUp, "measure").filter(
        _WON,
        LIVING,
        Q(~Q(contract_number=""), contract_number=OuterRef("number"))
        | Q(signed_on=OuterRef("signed_on"), amount=OuterRef("amount")),
        org_id=OuterRef("org_id"),
        customer_id=OuterRef("customer_id"),
    )
)
_SIGNED_HERE = Q(state__in=("signed", "ended"), told=False, amount__isnull=False, currency="CNY") & ~Q(_BINNED)

RECORDS = Measure(
    "records", "跟进记录", "Records", "条", "records",
    "这个月联系、写成记录并提交的条数。没联系上的尝试、草稿、退回还没改好的、导入的历史数据不算。按联系时间算进哪个月，"
    "算给跟进人；客户后来转给别人也还算他的。",
    "Records of contacts in this month that were submitted. Attempts, drafts, records sent back and not yet mended and "
    "old data do not count. The time of contact decides the month; they belong to whoever spoke, also after "
    "the customer has gone to somebody else.",
    FollowUp, "contacted_by_id", "contact_at", _RECORDS, _each,
)  # fmt: skip
CONTACTS = Measure(
    "contacts", "有效联系", "Effective contacts", "次", "contacts",
    "真正联系上客户的次数：跟进记录里去掉“未接通”，同一个人对同一家客户一天只算一次，写几条都一样。",
    "How often a customer was reached: records but those of status “not reached”; one person and one customer count "
    "once a day, however many records.",
    FollowUp, "contacted_by_id", "contact_at", _RECORDS & ~Q(status="no_answer"), _customer_days,
)  # fmt: skip
CUSTOMERS = Measure(
    "customers", "新客户", "New customers", "家", "customers",
    "这个月新建的客户，算给现在的负责人。导入的历史数据、删掉的不算；合并成一家的只算一家。",
    "Customers created in this month, counted for whoever holds them now. Old data taken over and deleted ones do not "
    "count; merged ones count as one.",
    Customer, "owner_id", "created_at", Q(historical=False), _each,
)  # fmt: skip
_SIGNED = Measure(
    "amount", "成交金额", "Amount won", "元", "yuan", "", "",
    Contract, "owner_id", "signed_on", _SIGNED_HERE & ~Q(_TOLD_BY_RECORD), _sum, dated=True, money=True,
)  # fmt: skip
AMOUNT = Measure(
    "amount", "成交金额", "Amount won", "元", "yuan",
    "跟进状态为“已成交”的记录里写的成交金额，和在系统里签的合同，按签约日期算进哪个月；记录算给跟进人，合同算给负责人。"
    "同一客户的同一份合同写了几次，只算最早的一次；只加人民币。",
    "The amount written in records of status “won”, and contracts that were signed here; the signing date decides the "
    "month; a record belongs to whoever spoke, a contract to its owner. A contract of one customer told several times "
    "counts once, by the earliest record. Yuan only.",
    FollowUp, "contacted_by_id", "signed_on", _WON & ~Q(_TOLD_BEFORE), _sum,
    dated=True, money=True, most=MOST_MONEY, also=_SIGNED,
    reads=("followup.amount", "followup.signed_on", "contract.amount", "contract.signed_on"),
)  # fmt: skip
MEASURES = (RECORDS, CONTACTS, CUSTOMERS, AMOUNT)


def measures_for(actor: Actor) -> list[Measure]:
    """The measures whose fields the actor may read."""
    return [each for each in MEASURES if reads(actor, *each.reads)]


def measure_for(actor: Actor, slug: str, field: str = "measure") -> Measure:
    """The measure of that name; `Invalid` when there is none for the actor."""
    for each in measures_for(actor):
        if each.slug == slug:
            return each
    raise Invalid(f"没有“{slug[:20]}”这个指标", f"There is no measure “{slug[:20]}”", field=field)


def totals(
    org_id: int,
    zone: ZoneInfo,
    first: date,
    after: date,
    measures: Sequence[Measure],
    members: Collection[int] | None = None,
) -> dict[str, Numbers]:
    """Measure → (member, first day of the month) → number; one statement a table for any number of members."""
    found: dict[str, Numbers] = {}
    for each in measures:
        numbers: dict[tuple[int, date], int] = {}
        for part in (each, each.also) if each.also else (each,):
            rows = part.rows(unscoped(part.model, "measure").filter(LIVING, org_id=org_id), zone, first, after, members)
            month = TruncMonth(part.at, tzinfo=None if part.dated else zone, output_field=DateField())
            grouped = rows.order_by().annotate(of_month=month).values_list(part.who, "of_month")
            for who, of_month, number in grouped.annotate(number=part.add(zone)):
                if who is not None:
                    numbers[who, of_month] = numbers.get((who, of_month), 0) + number
        found[each.slug] = numbers
    return found


def writing_times(org_id: int, zone: ZoneInfo, first: date, after: date) -> dict[int, list[tuple[int, int]]]:
    """Member → how many records he typed in how many seconds, from opening the form to submission (R-253)."""
    low, high = bounds(first, after, zone)
    rows = unscoped(FollowUp, "measure").filter(LIVING, org_id=org_id, contact_at__gte=low, contact_at__lt=high)
    rows = rows.filter(COUNTED, seconds_spent__gt=0, entered_by_id__isnull=False)
    grouped = rows.order_by().values_list("entered_by_id", "seconds_spent").annotate(number=Count("*"))
    found: dict[int, list[tuple[int, int]]] = {}
    for who, seconds, number in grouped:
        found.setdefault(who, []).append((seconds, number))
    return found
