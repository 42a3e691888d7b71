"""The verb that says which Word file the team's contracts are made from."""

from __future__ import annotations

from typing import Any

from genjin.contracts.papers import PLACES, SETTING
from genjin.documents.filled import placeholders
from genjin.door.action import action
from genjin.door.change import Change
from genjin.files.queries import content, open_file
from genjin.files.steps import hold_files
from genjin.lib.errors import Invalid
from genjin.orgs.models import Organisation

Reply = dict[str, Any]
MOST_NAMED = 5


@action("org.contract_template", "换合同模板", "change the template of contracts")
def set_template(change: Change, *, file_id: int | None) -> Reply:
    """A Word file of one's own upload, all of whose placeholders are known; None: the built-in layout again."""
    org = Organisation.objects.select_for_update().get(pk=change.actor.org_id)
    settings = dict(org.settings)
    before = settings.pop(SETTING, None)
    if file_id is not None:
        file = open_file(change.actor, file_id)
        _demand_known(placeholders(content(file)))
        hold_files(change, [file.pk])
        settings[SETTING] = {"file_id": file.pk, "name": file.name}
    org.settings = settings
    org.save(update_fields=["settings"])
    change.record("organisation.contract_template", org, before={"name": (before or {}).get("name", "")},
                  after={"name": settings.get(SETTING, {}).get("name", "")})  # fmt: skip
    return {"name": settings.get(SETTING, {}).get("name", "")}


def _demand_known(names: list[str]) -> None:
    unknown = [name for name in names if name not in PLACES]
    if not unknown:
        return
    some = "、".join(f"{{{{{name}}}}}" for name in unknown[:MOST_NAMED])
    more = f"等 {len(unknown)} 处" if len(unknown) > MOST_NAMED else ""
    raise Invalid(
        f"模板里有不认识的字段：{some}{more}；能用的有：{'、'.join(PLACES)}",
        f"The template names what there is not: {some}; it may say {', '.join(PLACES)}",
        field="file_id",
        extra={"unknown": unknown},
    )
