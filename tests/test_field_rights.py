"""A field that a role may not read is found nowhere: in no answer, by no search, sort or filter (R-166, A5, P3)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from conftest import Cast, Person
from genjin.access.guard import unscoped
from genjin.access.models import Role
from genjin.agenda.fields import AGENDA
from genjin.approvals.models import Approval
from genjin.approvals.tests.conftest import review_all
from genjin.contracts.tests.making import signed
from genjin.customers.fields import CONTACT, CUSTOMER, NEED
from genjin.customers.models import Contact, Customer
from genjin.exchange.tests.test_export_over_http import exported
from genjin.exchange.tests.test_import_over_http import plain, send, work, workbook
from genjin.followups.fields import FOLLOWUP
from genjin.followups.tasks import draw_the_week
from genjin.orgs.models import Organisation
from genjin.records.tests.making import make_row, make_type
from genjin.schema.registry import Field, RecordType
from tests.field_rights_addresses import OWN, addresses
from tests.routes import all_routes

#: By these a row is known, in lists, to-dos and messages; a team that hides them hides the row itself.
NAMES = {"customer.name", "contact.name", "need.text"}
#: Rows of their own type, which has field rights of its own; or kept by the machine.
ELSEWHERE = {"followup.needs", "followup.next_steps", "followup.files"}
#: Times that the machine keeps on a customer's row: how each is shown, and how it is told in days.
TIMES = {
    "customer.last_contact_at": ("2026-11-02T07:13:29Z", ("2026-11-02", '"silent_days":22', "22 天", '"rhythm":[22]')),
    "customer.next_due_at": ("2026-11-22T07:13:29Z", ("2026-11-22",)),
    "customer.created_at": ("2026-11-01T07:13:29Z", ("2026-11-01", "11月1日")),
}
PHONE = "13977650001"
DIGITS = "77650001"


_KINDS = (CUSTOMER, CONTACT, NEED, FOLLOWUP)


def _planted(kind: RecordType) -> Iterator[tuple[str, Field, int]]:
    for number, field in enumerate(kind.fields):
        path = f"{kind.slug}.{field.slug}"
        if field.type in _VALUES and not field.read_only and path not in NAMES | ELSEWHERE:
            yield path, field, number + 100 * (1 + _KINDS.index(kind))


#: Type of field → the canary as it is sent, and the ways in which it may be shown.
_VALUES: dict[str, Callable[[int], tuple[Any, tuple[str, ...]]]] = {
    **dict.fromkeys(("text", "longtext", "richtext"), lambda n: (f"金丝雀{n}号", (f"金丝雀{n}号",))),
    "phone": lambda n: (PHONE, (PHONE, DIGITS)),
    "email": lambda n: (f"canary{n}@example.com", (f"canary{n}@",)),
    "tags": lambda n: ([f"金丝雀{n}号"], (f"金丝雀{n}号",)),
    "money": lambda n: (7_100_000_00 + n * 100, (str(7_100_000 + n), f"{7_100_000 + n:,}")),
    "money_range": lambda n: (
        {"low": 7_100_000_00 + n * 100, "high": 7_100_000_00 + n * 100},
        (str(7_100_000 + n), f"{7_100_000 + n:,}"),
    ),
    "date": lambda n: (f"1{900 + n % 97}-03-17", (f"1{900 + n % 97}-03-17",)),
    "quotes": lambda n: ([f"金丝雀{n}号"], (f"金丝雀{n}号",)),
    "risks": lambda n: ([f"金丝雀{n}号"], (f"金丝雀{n}号",)),
    "objections": lambda n: ([{"text": f"金丝雀{n}号"}], (f"金丝雀{n}号",)),
    "qa": lambda n: ([{"q": f"金丝雀{n}号", "a": "答"}], (f"金丝雀{n}号",)),
}  # fmt: skip
CANARIES: dict[str, tuple[Any, tuple[str, ...]]] = {
    path: _VALUES[field.type](number) if path != "contact.wechat" else ("canary_703", ("canary_703",))
    for kind in _KINDS
    for path, field, number in _planted(kind)
}


def of_kind(kind: str) -> dict[str, Any]:
    return {path.partition(".")[2]: sent for path, (sent, _) in CANARIES.items() if path.startswith(f"{kind}.")}


def _at(slug: str) -> datetime:
    return datetime.fromisoformat(TIMES[f"customer.{slug}"][0])


def restrict(cast: Cast, fields: dict[str, dict[str, str]]) -> None:
    """The marks of whoever reads here: reps and supervisors."""
    Role.objects.filter(org=cast.org, key__in=("rep", "supervisor")).update(fields=fields)
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=F("config_version") + 1)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def _customer(person: Person, name: str, number: int) -> int:
    """A customer with a canary in each of its fields, its contact's and its need's, all of them changed once."""
    contact = {**of_kind("contact"), "name": f"联系人{number}", "decision_role": "decider"}
    body = {"name": name, "source": "online", **of_kind("customer"), "contact": contact, "confirm_duplicate": True}
    made = person.post("/customers", body)
    assert made.status == 201, made
    pk = int(made["id"])
    need = {"kind": "function", "text": f"需求{number}", **of_kind("need")}
    assert person.post(f"/customers/{pk}/needs", need).status == 201
    for slug, value in of_kind("customer").items():
        blank: dict[str, Any] = {slug: [] if isinstance(value, list) else None}
        for change in (blank, {slug: value}):
            now = person.get(f"/customers/{pk}")["customer"]["version"]
            assert person.patch(f"/customers/{pk}", {"version": now, **change}).status == 200
    row = unscoped(Contact, "test").get(customer_id=pk)
    assert person.patch(f"/contacts/{row.pk}", {"version": row.version, "wechat": "", "notes": ""}).status == 200
    again = {slug: of_kind("contact")[slug] for slug in ("wechat", "notes")}
    assert person.patch(f"/contacts/{row.pk}", {"version": row.version + 1, **again}).status == 200
    return pk


def _record(good: Any) -> dict[str, Any]:
    """The four inputs with a canary in each field; the content quotes one, marked and nowhere else."""
    body = {**good, **of_kind("followup"), "feedback": good["feedback"] + of_kind("followup")["feedback"]}
    summary = body.pop("summary")
    body["summary_blocks"] = [
        {"type": "paragraph", "text": [{"text": good["summary"]}]},
        {"type": "quote", "text": [{"text": summary}]},
    ]
    return body


@pytest.fixture
def world(cast: Cast, good: Any) -> dict[str, list[str]]:
    """Reader → every address he may ask, on data full of canaries."""
    cast.org.settings = {"review": {"share": 1, "check_new_files": True}}
    cast.org.save()
    review_all(cast.org, share=1, check_new_files=True)
    supervisor = Role.objects.get(org=cast.org, key="supervisor")
    Role.objects.filter(pk=supervisor.pk).update(verbs=[*supervisor.verbs, "audit.*"])
    ours, theirs = _customer(cast.zhao, "甲公司", 1), _customer(cast.li, "乙公司", 2)
    records = []
    for person, pk, at in (
        (cast.li, theirs, "2026-11-24T01:00:00Z"), (cast.li, theirs, "2026-11-18T01:00:00Z"),
        (cast.li, theirs, "2026-11-17T01:00:00Z"), (cast.zhao, ours, "2026-11-24T01:30:00Z"),
    ):  # fmt: skip
        made = person.post("/followups", {"customer_id": pk, **_record(good), "contact_at": at})
        assert made.status == 201, made
        records.append(int(made["id"]))
    _reviewed(cast, records[0])
    signed(cast, cast.li, theirs)
    last = _at("last_contact_at")
    times: dict[str, Any] = {"active_at": last, "first_contact_at": last, "recent_days": [f"{last:%Y-%m-%d}"]}
    times |= {slug: _at(slug) for slug in ("last_contact_at", "next_due_at", "created_at")}
    unscoped(Customer, "test").update(**times)
    assigned = {"ids": [ours], "member_ids": [cast.zhao.id], "amount": 4}
    assert cast.zhao.post("/assignments", assigned).status == 200
    assert draw_the_week(cast.org.pk)
    assert cast.zhao.post("/models", {"record_id": records[1], "verdict": "good"}).status == 201
    removed = cast.zhao.post("/followups", {"customer_id": ours, **_record(good), "contact_at": "2026-11-12T01:00:00Z"})
    review = unscoped(Approval, "test").get(subject_id=removed["id"], subject_type="followup")
    unscoped(Approval, "test").filter(pk=review.pk).update(state="passed")
    assert cast.zhao.delete(f"/followups/{removed['id']}").status == 200
    make_type(cast)
    own = make_row(cast.li, "主轴样品", customer=theirs)
    _offered(cast, theirs, records[0])
    _asked(cast, ours, theirs)
    handed = cast.li.post("/handovers", {"customer_ids": [theirs], "to_member_id": cast.wang.id})
    assert cast.li.post(f"/handovers/{handed['id']}/send").status == 200
    everywhere = addresses(ours, theirs, records, own)
    lent = [each for each in everywhere if each.startswith(("/approvals", "/approval-requests", "/handovers"))]
    return {"zhao": everywhere, "wang": ["/models", *lent]}


def _offered(cast: Cast, customer: int, record: int) -> None:
    """A deal with a quotation that rests on a record full of canaries."""
    deal = cast.li.post(f"/customers/{customer}/deals", {"title": "二期", "expected_close": "2026-12-31"})["id"]
    offer = {"followup_id": record, "lines": [{"name": "网关", "price": 5}], "valid_until": "2026-12-31"}
    assert cast.li.post(f"/deals/{deal}/quotations", offer).status == 201


def _asked(cast: Cast, *customers: int) -> None:
    """A request of each, lent to 王销售, who sees neither customer."""
    stage = {"by": [{"who": "member", "id": cast.wang.id}]}
    flow = {"name": "特价", "purpose": "discount", "stages": [stage]}
    assert cast.admin.post("/approval-flows", {"body": flow}).status == 201
    for person, pk in zip((cast.zhao, cast.li), customers, strict=True):
        ask = {"subject_id": pk, "purpose": "discount", "text": "年框价"}
        assert person.post("/approval-requests", ask).status == 201


def _reviewed(cast: Cast, record: int) -> None:
    """Returned and mended in every field, so that the version that came back is shown beside it."""
    found = unscoped(Approval, "test").get(subject_type="followup", subject_id=record, kind="review")
    assert cast.zhao.post(f"/approvals/{found.pk}/return", {"reasons": {"topic": "补主题"}}).status == 200
    texts = {slug: f"改过的{slug}" for slug in ("topic", "background", "result", "key_figures", "reflection")}
    assert cast.li.patch(f"/followups/{record}", {"version": 1, **texts, "risks": ["改过"], "quotes": []}).status == 200


def _read(person: Person, address: str) -> str:
    if address.startswith("export:"):
        answer = exported(person, record_type=address.partition(":")[2], format="csv")
        return answer.text.decode()
    answer = person.get(address)
    assert answer.status in (200, 404), (address, answer)
    if answer.text.startswith(b"PK"):  # a Word file
        return zipfile.ZipFile(io.BytesIO(answer.text)).read("word/document.xml").decode()
    return str(answer.text.decode())


def test_every_route_is_visited(world: dict[str, list[str]]) -> None:
    """A new route that reads belongs into the sweep."""

    def shape(address: str) -> str:
        path = address.partition("?")[0]
        return re.sub(r"(?<=/)(\d+|customer|contact|need|followup|record|x_sample)(?=/|$)", "{}", path)

    visited = {shape(address) for address in world["zhao"]}
    routes = {route.split(" ")[1] for route in all_routes() if route.startswith("GET ")} - OWN
    shapes = {re.sub(r"\{\w+\}", "{}", path) for path in routes}
    assert shapes - visited == set()


@pytest.mark.parametrize("mark", ["hidden", "masked"])
def test_no_canary_of_a_barred_field_is_found_anywhere(cast: Cast, world: dict[str, list[str]], mark: str) -> None:
    """R-166: each field alone is taken from the readers, and then every answer that held it is asked again."""
    people = {"zhao": cast.zhao, "wang": cast.wang}
    open_to_all = {(who, each): _read(people[who], each) for who, found in world.items() for each in found}
    told: list[tuple[str, str, str]] = []
    for path, (_, forms) in (CANARIES | TIMES).items():
        held = [place for place, text in open_to_all.items() if any(form in text for form in forms)]
        assert held, f"{path} was planted nowhere"
        kind, _, slug = path.partition(".")
        restrict(cast, {kind: {slug: mark}})
        for who, address in held:
            text = _read(people[who], address)
            told += [(path, who, address) for form in forms if form in text][:1]
    assert told == [], "\n".join(map(str, told))


@pytest.mark.parametrize("mark", ["hidden", "masked"])
def test_who_may_read_no_field_still_gets_an_answer(cast: Cast, world: dict[str, list[str]], mark: str) -> None:
    """R-166: whatever is taken away, no page fails for want of it."""
    marks = {kind.slug: {each.slug: mark for each in kind.fields} for kind in (*_KINDS, AGENDA)}
    boards = ("/customers/board",)
    for kinds in ([kind] for kind in marks), [list(marks)]:
        for some in kinds:
            restrict(cast, {kind: marks[kind] for kind in some})
            for who, found in world.items():
                for address in found:
                    if not address.startswith(boards):
                        _read({"zhao": cast.zhao, "wang": cast.wang}[who], address)


@pytest.mark.parametrize("mark", ["hidden", "masked"])
@pytest.mark.parametrize(
    ("slug", "told"), [("contacted_by", "李销售"), ("department", "销售一部"), ("entered_at", "2026-11-24")]
)
def test_who_made_a_record_and_when_stands_in_no_file_either(
    cast: Cast, good: Any, new_customer: Any, mark: str, slug: str, told: str
) -> None:
    """R-166: not in an export, not on the page for print, not in the review; and each of them is there."""
    review_all(cast.org, share=1)
    pk = new_customer(cast.li, "甲公司")
    record = cast.li.post("/followups", {"customer_id": pk, **good, "contact_at": "2026-11-23T01:00:00Z"})
    assert record.status == 201, record
    approval = unscoped(Approval, "test").get(subject_type="followup", subject_id=record["id"])
    columns = {"contacted_by": "跟进人", "department": "部门", "entered_at": "记录时间"}

    def shown() -> list[bool]:
        table = exported(cast.zhao, record_type="followup", format="csv").text.decode("utf-8-sig").splitlines()
        pdf = exported(cast.zhao, record_type="followup", format="pdf", ids=[record["id"]]).text
        assert pdf.startswith(b"%PDF")
        whole = cast.zhao.get(f"/approvals/{approval.pk}")
        page = cast.zhao.get(f"/followups/{record['id']}")
        assert (whole.status, page.status) == (200, 200)
        of_whom = page["contacted_by"] or {}
        place = {"contacted_by": of_whom.get("name"), "department": of_whom.get("department")}
        value = place[slug] if slug in place else page[slug]
        return [told in table[1] and columns[slug] in table[0], bool(value), str(value or "-") in str(whole["record"])]

    assert shown() == [True, True, True]
    restrict(cast, {"followup": {slug: mark}})
    assert shown()[:2] == [False, False]


@pytest.mark.parametrize("mark", ["hidden", "masked"])
@pytest.mark.parametrize("slug", ["phone", "wechat", "email"])
def test_a_number_that_one_may_not_read_finds_nobody(cast: Cast, new_customer: Any, mark: str, slug: str) -> None:
    """P3, R-131: by its digits nothing is found in find, list, count, export and duplicate look-up; names still are."""
    contact = {"name": "王建国", "title": "采购总监", "phone": PHONE}
    pk = new_customer(cast.zhao, f"恒锐{DIGITS[:4]}精密有限公司", contact=contact)
    other = new_customer(cast.zhao, "云帆有限公司", contact={**contact, "phone": "13811112222"})

    def found() -> list[Any]:
        hits = cast.zhao.get("/find", q=DIGITS).body
        listed = cast.zhao.get("/customers", q=PHONE[-6:], count="true").body
        looked = cast.zhao.post("/customers/lookup", {"phone": PHONE})["items"]
        file = exported(cast.zhao, q=PHONE, format="csv").text.decode()
        return [
            [each["id"] for each in hits["customers"]], len(hits["contacts"]),
            [each["id"] for each in listed["items"]], listed["total"], [each["id"] for each in looked],
            "恒锐" in file,
        ]  # fmt: skip

    assert found() == [[pk], 1, [pk], 1, [pk], True]
    restrict(cast, {"contact": {slug: mark}})
    assert found() == [[], 0, [], 0, [], False]
    assert [each["id"] for each in cast.zhao.get("/find?q=恒锐")["customers"]] == [pk]
    # Digits of a name are no number.
    assert [each["id"] for each in cast.zhao.get("/customers", q=f"恒锐 {DIGITS[:4]}")["items"]] == [pk]
    assert [each["id"] for each in cast.zhao.get("/customers", q="云帆")["items"]] == [other]


def test_a_name_and_a_number_may_be_typed_together(cast: Cast, new_customer: Any) -> None:
    """R-132: each word of a search is part of a name or of a number."""
    pk = new_customer(cast.li, "恒锐精密有限公司", contact={"name": "王建国", "phone": PHONE})
    new_customer(cast.li, "恒通有限公司", contact={"name": "李芸", "phone": "13811112222"})
    for text in ("恒 1397", "恒1397", "恒锐 0001", PHONE, "hrjm 7765"):
        assert [each["id"] for each in cast.li.get("/customers", q=text)["items"]] == [pk], text
    assert cast.li.get("/customers", q="恒 99999")["items"] == []


def test_a_quotation_out_of_a_hidden_text_stands_nowhere_else(cast: Cast, new_customer: Any, good: Any) -> None:
    """R-166, R-014: neither in the quotations, nor in the feedback they made, nor as the customer's last words."""
    said = "金丝雀说 45 天太长"
    tree = [{"type": "paragraph", "text": [{"text": good["summary"]}]}, {"type": "quote", "text": [{"text": said}]}]
    pk = new_customer(cast.zhao, "甲公司")
    body = {"customer_id": pk, **good, "summary_blocks": tree, "feedback": "", "quotes": ["另外说的一句"]}
    del body["summary"]
    body["next_steps"][0]["due_at"] = "2026-11-24T09:00:00Z"
    made = cast.zhao.post("/followups", body)
    assert made.status == 201, made
    paths = [f"/followups/{made['id']}", "/followups", f"/customers/{pk}", f"/customers/{pk}/brief", "/customers",
             "/agenda", "/desk/today", f"/versions/followup/{made['id']}", "export:followup"]  # fmt: skip
    holding = [path for path in paths if said in _read(cast.zhao, path)]
    assert set(paths) - set(holding) == {f"/versions/followup/{made['id']}"}
    restrict(cast, {"followup": {"summary": "hidden"}})
    assert [path for path in paths if said in _read(cast.zhao, path)] == []
    assert cast.zhao.get(f"/followups/{made['id']}")["quotes"] == ["另外说的一句"]
    restrict(cast, {"followup": {"feedback": "hidden"}})
    assert cast.zhao.get("/customers")["items"][0]["last_words"] == ""
    assert cast.zhao.get(f"/followups/{made['id']}")["quotes"] == []


def test_no_way_in_writes_what_one_may_not_read(cast: Cast, new_customer: Any) -> None:
    """R-166: an import, an attempt and a to-do refuse by name, and nothing is written."""
    pk = new_customer(cast.zhao, "甲公司")
    run = send(cast.zhao, workbook([plain("乙公司", "2026-11-20 14:30")]))
    work()
    restrict(cast, {"contact": {"phone": "masked"}, "followup": {"summary": "readonly"}, "agenda": {"goal": "hidden"}})
    refused = cast.zhao.post(f"/imports/{run}/check")
    assert (refused.status, refused["field"]) == (403, "columns") and "手机/微信" in refused["zh"]
    columns = cast.zhao.get(f"/imports/{run}")["columns"]
    left = [{"sheet": each["sheet"], "header": each["header"], "field": None} for each in columns]
    for each, was in zip(left, columns, strict=True):
        if was["field"] in ("customer.name", "contact.name", "followup.contact_at"):
            each["field"] = was["field"]
    assert cast.zhao.put(f"/imports/{run}/columns", {"columns": left}).status == 200
    assert cast.zhao.post(f"/imports/{run}/check").status == 200
    due = "2026-11-30T02:00:00Z"
    attempt = {"customer_id": pk, "channel": "phone", "kind": "no_answer", "next_try_at": due}
    assert cast.zhao.post("/followups/attempts", {**attempt, "note": "占线"})["field"] == "summary"
    assert cast.zhao.post("/followups/attempts", attempt).status == 201
    todo = {"customer_id": pk, "act": "打电话", "due_at": due}
    assert cast.zhao.post("/agenda", {**todo, "goal": "定价"})["field"] == "goal"
    assert cast.zhao.post("/agenda", todo).status == 201
    assert [each["goal"] for each in cast.admin.get("/agenda?owner=team")["items"]] == ["", "", ""]
