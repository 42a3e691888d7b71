"""What verbs of templates write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from genjin.door.change import Change
from genjin.followups.models import Template
from genjin.orgs.models import Organisation


def add_version(change: Change, newest: Template, *, zh: str, en: str, body: Mapping[str, Any]) -> Template:
    """Write the next version of a template and let every process read the configuration anew."""
    row = Template.objects.create(
        org_id=change.actor.org_id,
        key=newest.key,
        version=newest.version + 1,
        zh=zh,
        en=en,
        body=dict(body),
        position=newest.position,
        published_by_id=change.actor.member_id,
    )
    Organisation.objects.filter(pk=change.actor.org_id).update(config_version=F("config_version") + 1)
    return row
