"""Every address that tells of customers, for the sweep of field rights; a new route that reads belongs here."""

from __future__ import annotations

from genjin.access.guard import unscoped
from genjin.approvals.models import Approval
from genjin.contracts.models import Contract, Delivery
from genjin.customers.models import Contact, Need
from genjin.deals.models import Deal, Quotation
from genjin.handovers.models import Handover
from genjin.orgs.models import Department


def addresses(ours: int, theirs: int, records: list[int], own: int) -> list[str]:
    """`own`: a row of the own type x_sample."""
    found = ["/customers?limit=50", "/customers/views", "/customers/board?by=life_cycle", "/followups?limit=50",
             "/agenda?owner=team", "/agenda", "/agenda/views", "/followups/views", "/bin",
             "/bin?kind=followup", "/batches", "/desk/today", "/desk/first-days", "/desk/weekly-report", "/inbox",
             "/models", "/guide", "/templates", "/calendar", "/stages", "/playbooks", "/cadence", "/meeting",
             "/exceptions", "/exceptions?kind=silent&limit=100", "/exceptions?reason=none",
             "/templates/record/versions", "/schema", "/session", "/members", "/departments", "/tokens", "/health",
             "/setup", "/imports", "/audit?limit=200", "/audit/export.csv",
             "/views", "/views/role?role=rep", "/assignments", "/assignments/rules", "/assignments/receivers",
             "/requests?side=asked", "/requests?side=given&state=settled", "/requests/figures",
             "/care?whose=team&from=2026-12-07", "/care/items?whose=team", "/care/overview?whose=team", "/communities",
             "/pools", "/pools/customers", "/complaints", "/complaints?which=done", "/satisfaction", "/surveys",
             "/contracts", "/handovers", "/handovers/choices",
             "/targets", "/targets/team", "/targets/progress", "/targets/proposal", "/targets/team/file?format=csv",
             "/approvals/counts", "/find?q=公司", "/find?q=兼容", "/find?q=联系人1",
             "/links/customer", "/links/contact?q=联系人1", "/links/followup?q=公司", "/links/agenda",
             "export:customer", "export:contact", "export:followup", "export:agenda", "export:deal",
             "/deals?limit=50", "/deals/views", "/deals/board", "/deals/options", "/products", "/needs-interval",
             "export:x_sample", "/bin?kind=x_sample", "/find?q=主轴"]  # fmt: skip
    team = Department.objects.get(name="销售一部").pk
    found += [f"/targets/rows?measure={slug}&department_id={team}" for slug in ("records", "contacts", "customers")]
    found += [f"/approvals?which={which}" for which in ("records", "files", "peers", "returned")]
    found += [
        "/approval-requests",
        "/approval-requests?which=asked",
        "/approval-requests?which=done",
        "/approval-requests/colleagues",
    ]
    found += [f"/approval-requests/of/customer/{pk}" for pk in (ours, theirs)]
    found += [
        f"/approval-requests/{pk}"
        for pk in unscoped(Approval, "test").filter(kind="request").values_list("pk", flat=True)
    ]
    found += [f"/approvals/{pk}" for pk in unscoped(Approval, "test").values_list("pk", flat=True)]
    for kind, model in (("contracts", Contract), ("deliveries", Delivery)):
        for pk in unscoped(model, "test").values_list("pk", flat=True):
            found += [f"/{kind}/{pk}", f"/{kind}/{pk}/file?format=docx"]
    for pk in unscoped(Deal, "test").values_list("pk", flat=True):
        found += [f"/deals/{pk}", f"/deals/{pk}/quotations"]
    found += [f"/quotations/{pk}" for pk in unscoped(Quotation, "test").values_list("pk", flat=True)]
    for pk in unscoped(Handover, "test").values_list("pk", flat=True):
        found += [f"/handovers/{pk}", f"/handovers/{pk}/customers", f"/handovers/{pk}/customers/{theirs}",
                  f"/handovers/{pk}/customers/{theirs}/file"]  # fmt: skip
    for pk in (ours, theirs):
        found += [
            f"/customers/{pk}",
            f"/customers/{pk}/brief",
            f"/customers/{pk}/ownership",
            f"/customers/{pk}/pools",
            f"/pools/customers/{pk}",
            f"/customers/{pk}/objections",
            f"/customers/{pk}/contracts",
            f"/customers/{pk}/care",
            f"/customers/{pk}/complaints",
            f"/customers/{pk}/satisfaction",
            f"/customers/{pk}/deals",
            f"/customers/{pk}/help/new",
            f"/customers/{pk}/path",
            f"/customers/{pk}/passages",
            f"/customers/{pk}/since?seen=2020-01-01T00:00:00Z",
        ]
        kinds = ("all", "followup", "task", "file", "change", "comment")
        found += [f"/customers/{pk}/timeline?kind={kind}" for kind in kinds]
    of_type = [("customer", ours), ("customer", theirs), *(("followup", pk) for pk in records)]
    of_type += [("contact", pk) for pk in unscoped(Contact, "test").values_list("pk", flat=True)]
    of_type += [("need", pk) for pk in unscoped(Need, "test").values_list("pk", flat=True)]
    for kind, pk in of_type:
        found += [f"/versions/{kind}/{pk}", *(f"/versions/{kind}/{pk}/{number}" for number in range(1, 4))]
    found += [
        "/record-types",
        *(f"/records/x_sample{rest}" for rest in ("", "/views", "/board", f"/{own}", f"/{own}/comments")),
    ]
    found += [f"/versions/x_sample/{own}", *(f"/customers/{pk}/records" for pk in (ours, theirs))]
    found += [f"/followups/{pk}" for pk in records]
    return found + [f"/approvals/of/followup/{pk}" for pk in records]


#: One's own words and files, or nothing of customers at all.
OWN = {"/survey-links/{link_id}", "/survey-links/{link_id}/qr.svg", "/followups/drafts",
       "/imports/{run_id}", "/imports/{run_id}/rows", "/imports/{run_id}/refused.xlsx",
       "/exports/{run_id}", "/exports/{run_id}/file", "/files/{file_id}", "/files/{file_id}/preview",
       "/invitations/{token}", "/departments/{department_id}/robot", "/audit/events", "/roles", "/roles/catalogue",
       "/roles/{role_id}", "/members/{member_id}/handover", "/designs/{type}/cost",
       "/handovers/{handover_id}/proof.pdf", "/contracts/template", "/quotations/{quotation_id}/file.pdf",
       "/designs", "/designs/{type}", "/designs/{type}/fields/{key}", "/designs/{type}/versions", "/option-lists",
       "/option-lists/{name}", "/regions", "/playbooks/{key}/versions",
       "/playbooks/{key}", "/playbooks/{key}/facts", "/ladders",
       "/pools/rules", "/care/plans",
       "/packs", "/pack", "/pack/changes", "/pack/versions", "/standard", "/standard/versions",
       "/approval-flows", "/automations", "/automations/catalogue", "/automations/{automation_id}",
       "/automations/{automation_id}/versions", "/automations/{automation_id}/runs",
       "/session/devices", "/team/members", "/team/invitations", "/team/sessions", "/team/tokens"}  # fmt: skip
