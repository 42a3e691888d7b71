"""The verb that publishes a new version of a template (R-001, R-018)."""

from __future__ import annotations

from typing import Any

from genjin.door.action import action
from genjin.door.change import Change
from genjin.followups.models import Template
from genjin.followups.schemas import TemplateIn
from genjin.followups.steps import add_version
from genjin.followups.templates import Layout, read_layout
from genjin.lib.errors import Conflict, Invalid, NotFound

Reply = dict[str, Any]


@action("template.publish", "发布记录模板", "publish a template")
def publish_template(change: Change, key: str, *, template: TemplateIn) -> Reply:
    """A new version for everybody; records keep the version they were written with.

    The first six sections of the standard report stay, in their order, unless the administrator overrides
    that with a reason, which stands in the log. Raises `NotFound`, `Conflict` when somebody published
    meanwhile, `Invalid` naming the place.
    """
    newest = _newest(change, key)
    if template.version != newest.version:
        raise Conflict(
            f"刚有人发布了第 {newest.version} 版，看过再发布",
            f"Version {newest.version} was published meanwhile; look at it first",
            extra={"version": newest.version},
        )
    body = template.body()
    old = read_layout(key, newest.version, newest.zh, newest.en, newest.body)
    new = read_layout(key, newest.version + 1, template.zh, template.en, body)
    broken = broken_sections(old, new)
    if broken and not (template.override and template.why):
        raise Invalid(
            f"标准模板的这几节不能删也不能换顺序：{'、'.join(broken)}。一定要改，写明理由并确认",
            f"These sections of the standard template stay in place: {', '.join(broken)}. "
            "To change them, confirm and give the reason",
            field="why" if template.override else "sections",
            code="protected",
        )
    body["protected"] = [each.key for each in new.sections if each.key in old.protected]
    row = add_version(change, newest, zh=template.zh, en=template.en, body=body)
    change.record(
        "template.published",
        row,
        before={"version": newest.version, "sections": [each.key for each in old.sections]},
        after={
            "key": key,
            "version": row.version,
            "sections": [each.key for each in new.sections],
            **({"override": broken} if broken else {}),
        },
        why=template.why,
    )
    return {"id": row.pk, "key": key, "version": row.version}


def _newest(change: Change, key: str) -> Template:
    rows = Template.objects.select_for_update().filter(org_id=change.actor.org_id, key=key)
    found = rows.order_by("-version").first()
    if found is None:
        raise NotFound()
    return found


def broken_sections(old: Layout, new: Layout) -> list[str]:
    """Names of protected sections that the new version lacks or moves."""
    kept = [each.key for each in new.sections]
    guarded = [each for each in old.sections if each.key in old.protected]
    lost = [each.zh for each in guarded if each.key not in kept]
    order = [key for key in kept if key in {each.key for each in guarded}]
    if not lost and order != [each.key for each in guarded]:
        return [each.zh for each in guarded]
    return lost
