"""The field list says which fields its reader may not see as they stand (R-166)."""

from __future__ import annotations

from conftest import Cast
from genjin.access.models import Role


def test_closed_fields_are_those_of_the_readers_roles(cast: Cast) -> None:
    """Read-only is open; of another type or role nothing is said."""
    role = Role.objects.get(org=cast.org, key="rep")
    fields = {"customer": {"last_contact_at": "hidden", "amount": "readonly"}, "contact": {"phone": "masked"}}
    assert cast.admin.patch(f"/roles/{role.pk}", {"version": role.version, "fields": fields}).status == 200
    assert cast.li.get("/schema")["closed"] == {"customer": ["last_contact_at"], "contact": ["phone"]}
    assert cast.admin.get("/schema")["closed"] == {}
