"""The field list says which fields its reader may not see as they stand (R-166)."""

from __future__ import annotations

from typing import Any

from conftest import Cast, Person
from genjin.access.models import Role


def test_closed_fields_are_those_of_the_readers_roles(cast: Cast) -> None:
    """Read-only is open; of another type or role nothing is said."""
    role = Role.objects.get(org=cast.org, key="rep")
    fields = {"customer": {"last_contact_at": "hidden", "amount": "readonly"}, "contact": {"phone": "masked"}}
    assert cast.admin.patch(f"/roles/{role.pk}", {"version": role.version, "fields": fields}).status == 200
    assert cast.li.get("/schema")["closed"] == {"customer": ["last_contact_at"], "contact": ["phone"]}
    assert cast.admin.get("/schema")["closed"] == {}


def _told(person: Person, kind: str) -> dict[str, Any]:
    return {each["slug"]: each for each in person.get("/schema")["record_types"][kind]["fields"]}


def test_a_hidden_field_is_not_named_and_others_say_how_they_may_be_used(cast: Cast) -> None:
    role = Role.objects.get(org=cast.org, key="rep")
    fields = {"customer": {"notes": "hidden", "amount": "readonly"}, "contact": {"phone": "masked"}}
    assert cast.admin.patch(f"/roles/{role.pk}", {"version": role.version, "fields": fields}).status == 200
    mine, everybody = _told(cast.li, "customer"), _told(cast.admin, "customer")
    assert (set(everybody) - set(mine), mine["amount"]["mark"]) == ({"notes"}, "readonly")
    assert _told(cast.li, "contact")["phone"]["mark"] == "masked"
    assert not [each for each in everybody.values() if "mark" in each]


def test_what_the_team_put_away_is_closed_and_what_it_renamed_is_told(cast: Cast) -> None:
    shaped = [{"key": "region", "hidden": True}, {"key": "amount", "zh": "预算金额"}]
    body = {"version": 0, "why": "", "groups": [], "fields": shaped}
    assert cast.admin.put("/designs/customer", body).status == 200
    assert cast.li.get("/schema")["closed"] == {"customer": ["region"]}
    mine = _told(cast.li, "customer")
    assert "region" not in mine
    assert (mine["amount"]["label"]["zh"], mine["amount"]["renamed"]) == ("预算金额", True)
    assert "renamed" not in mine["industry"]
