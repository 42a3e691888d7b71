"""A new organisation from the standard pack: options, roles, root department, first administrator."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from genjin.access.models import Grant, Role
from genjin.care import packing_steps as care
from genjin.followups.models import Template
from genjin.history.schedule import plan_organisation
from genjin.lib.standard import read_standard
from genjin.orgs.models import Department, Login, Membership, Organisation
from genjin.playbook.steps import lay_standard
from genjin.schema.bulk import insert_rows
from genjin.schema.models import Option


def create_organisation(
    name: str, *, account: str, password: str, person: str, now: datetime, is_demo: bool = False
) -> Membership:
    """Make a team with its standard and one administrator, all or nothing; returns the administrator."""
    with transaction.atomic():
        org = Organisation.objects.create(name=name, is_demo=is_demo)
        plan_organisation(org, now)
        root = Department.objects.create(org=org, name=name, path="/")
        load_standard_options(org)
        load_standard_roles(org)
        load_standard_templates(org)
        lay_standard(org.pk, now)
        care.lay_standard(org.pk)
        login, _ = Login.objects.get_or_create(
            account=account, defaults={"password": make_password(password), "password_at": now}
        )
        member = Membership.objects.create(org=org, login=login, department=root, name=person)
        give_role(member, "admin")
        return member


def load_standard_options(org: Organisation) -> None:
    """Write the option lists of the standard pack."""
    lists: dict[str, list[dict[str, Any]]] = read_standard("options")
    rows = [
        Option(
            org=org,
            list_name=list_name,
            key=str(choice["key"]),
            zh=choice["zh"],
            en=choice["en"],
            synonyms=choice.get("synonyms", []),
            facts=choice.get("facts", {}),
            position=position,
        )
        for list_name, choices in lists.items()
        for position, choice in enumerate(choices)
    ]
    insert_rows(Option, rows)


def load_standard_roles(org: Organisation) -> None:
    """Write the roles of the standard pack."""
    data = read_standard("roles")
    rows = [
        Role(
            org=org,
            key=role["key"],
            zh=role["zh"],
            en=role["en"],
            verbs=role["verbs"],
            scopes=role["scopes"],
            fields=role.get("fields", {}),
            position=position,
        )
        for position, role in enumerate(data["roles"])
    ]
    insert_rows(Role, rows)


def load_standard_templates(org: Organisation) -> None:
    """Write the first version of each template of the standard pack (R-001, R-021, R-055, R-041)."""
    data = read_standard("templates")
    Template.objects.bulk_create(
        Template(
            org=org,
            key=template["key"],
            zh=template["zh"],
            en=template["en"],
            body={
                name: template[name] for name in ("kinds", "protected", "conditions", "sections") if name in template
            },
            position=position,
        )
        for position, template in enumerate(data["templates"])
    )


def add_department(org: Organisation, name: str, parent: Department | None = None) -> Department:
    """A department under `parent` (the root when None)."""
    above = parent or Department.objects.get(org=org, parent=None)
    return Department.objects.create(org=org, name=name, parent=above, path=f"{above.path}{above.pk}/")


def give_role(member: Membership, role: str, department: Department | None = None) -> None:
    """Let a member hold a role, for his own department or a named one."""
    Grant.objects.create(
        org_id=member.org_id,
        member=member,
        role=Role.objects.get(org_id=member.org_id, key=role),
        department=department,
    )
