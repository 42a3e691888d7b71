"""Playbooks as the designer shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count

from genjin.access.actor import Actor
from genjin.access.fields import reads
from genjin.access.models import Grant, Role
from genjin.access.visible import visible
from genjin.approvals.flow_queries import PURPOSES, flows_for
from genjin.customers.models import Customer
from genjin.lib.errors import NotFound
from genjin.orgs.models import Department
from genjin.playbook import arriving
from genjin.playbook.books import Book, books_of, shown
from genjin.playbook.gates import KINDS
from genjin.playbook.models import PlaybookVersion
from genjin.playbook.rules import Ground
from genjin.playbook.shipped import template_bodies
from genjin.schema.queries import Choice, options_of
from genjin.schema.shapes import shaped

EDIT = "playbook.publish"


def playbooks(actor: Actor) -> dict[str, Any]:
    """All playbooks, how many customers one may see follow each, and those that may be added."""
    books = books_of(actor.org_id, actor.config_version)
    counts = standing_in(actor)
    here = {book.key for book in books}
    return {
        "items": [
            {
                "key": book.key,
                "title": book.title,
                "condition": book.body.get("condition"),
                "default": book.default,
                "version": book.version,
                "nodes": len(book.keys),
                "customers": sum(counts.get(key, 0) for key in book.keys) if counts is not None else None,
            }
            for book in books
        ],
        "templates": [
            {"key": key, "title": body["title"], "nodes": len(body["nodes"])}
            for key, body in template_bodies().items()
            if key not in here
        ],
        "can_edit": actor.may(EDIT),
    }


def standing_in(actor: Actor) -> dict[str, int] | None:
    """Stage → how many customers the actor sees there; None where he may not read stages."""
    if not reads(actor, "customer.stage"):
        return None
    rows = visible(actor, Customer).order_by().values("stage").annotate(n=Count("id"))
    return {row["stage"]: row["n"] for row in rows}


def book_named(actor: Actor, key: str) -> Book:
    """The playbook in force under this key; `NotFound` when there is none."""
    found = next((each for each in books_of(actor.org_id, actor.config_version) if each.key == key), None)
    if found is None:
        raise NotFound(field="key")
    return found


def playbook(actor: Actor, key: str) -> dict[str, Any]:
    """One playbook with whatever its designer offers: roles, departments, fields, kinds of gate items."""
    book = book_named(actor, key)
    ground = ground_of(actor, book.key)
    document = shown(book, options_of(actor.org_id, actor.config_version))
    return {
        "document": document,
        "version": book.version,
        "default": book.default,
        "can_edit": actor.may(EDIT),
        "roles": [{"key": each, "zh": zh, "en": en, "held": each in ground.held}
                  for each, zh, en in _roles(actor.org_id)],
        "departments": sorted(ground.departments),
        "fields": [{"slug": each.slug, "label": {"zh": each.zh, "en": each.en}, "type": each.type}
                   for each in ground.kind.fields if each.slug not in ("stage",)],
        "gates": sorted(ground.gates),
        "events": [{"key": key, "zh": each.zh, "en": each.en} for key, each in arriving.KINDS.items()],
        "purposes": [{"key": key, "zh": each.zh, "en": each.en, "flow": key in ground.granted}
                     for key, each in _purposes(actor).items()],
    }  # fmt: skip


def _roles(org_id: int) -> list[tuple[str, str, str]]:
    return list(Role.objects.filter(org_id=org_id).order_by("position", "id").values_list("key", "zh", "en"))


def ground_of(actor: Actor, key: str, *, default: bool | None = None) -> Ground:
    """What a document under this key is checked against (`rules.py`)."""
    books = books_of(actor.org_id, actor.config_version)
    mine = next((each for each in books if each.key == key), None)
    elsewhere: Mapping[str, str] = {
        node["key"]: each.title["zh"] for each in books if each.key != key for node in each.body["nodes"]
    }
    held = Grant.objects.filter(org_id=actor.org_id, member__active=True).values_list("role__key", flat=True)
    usual = mine.default if mine else not books
    statuses = options_of(actor.org_id, actor.config_version).get("life_cycle", {})
    return Ground(
        kind=shaped(actor, "customer"),
        marks=actor.grants.fields.get("customer", {}),
        roles={each: zh for each, zh, _ in _roles(actor.org_id)},
        held=frozenset(held),
        departments=frozenset(Department.objects.filter(org_id=actor.org_id).values_list("name", flat=True)),
        gates=frozenset(KINDS),
        events=frozenset(arriving.KINDS),
        statuses=frozenset(key for key, each in statuses.items() if not each.retired),
        elsewhere=elsewhere,
        default=usual if default is None else default,
        purposes={key: each.zh for key, each in _purposes(actor).items()},
        granted=frozenset(each.body["purpose"] for each in flows_for(actor, "customer")),
    )


def _purposes(actor: Actor) -> dict[str, Choice]:
    choices = options_of(actor.org_id, actor.config_version).get(PURPOSES, {})
    return {key: each for key, each in choices.items() if not each.retired}


def versions(actor: Actor, key: str) -> dict[str, Any]:
    """Every version so far, newest first, with its document: versions are kept for ever."""
    book = book_named(actor, key)
    rows = PlaybookVersion.objects.filter(playbook_id=book.pk).select_related("published_by").order_by("-number")[:200]
    return {
        "items": [
            {
                "number": row.number,
                "live": row.live,
                "at": row.published_at,
                "by": {"id": row.published_by.pk, "name": row.published_by.name} if row.published_by else None,
                "why": row.why,
                "took": row.took,
                "mapping": row.mapping,
                "document": row.body,
            }
            for row in rows
        ]
    }
