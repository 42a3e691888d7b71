"""Making a configuration what a pack wants it to be, section by section, in the transaction of one change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from genjin.access.actor import Actor
from genjin.access.models import Grant, Role
from genjin.agenda.ladder_checks import ground_of as ladder_ground
from genjin.agenda.ladder_checks import problems_of, refuse
from genjin.agenda.ladder_schemas import LaddersIn
from genjin.agenda.ladder_steps import put_in_force as put_ladders
from genjin.approvals.flow_checking import check
from genjin.approvals.flow_queries import people_of
from genjin.approvals.flow_steps import drop_flow, lay_flow, order_flows_by
from genjin.approvals.models import ApprovalFlow
from genjin.approvals.rules import RulesError, rules_from
from genjin.automations.followers import ALIVE
from genjin.automations.models import Automation
from genjin.automations.steps import drop, lay
from genjin.care.packing_steps import lay_care
from genjin.door.change import Change
from genjin.fields.fields import DESIGNED
from genjin.fields.queries import EMPTY, designed, ground_of, holders_of, rows_with
from genjin.fields.rules import checked
from genjin.fields.steps import put_in_force, same_form, write_list
from genjin.followups.models import Template
from genjin.followups.publishing import broken_sections
from genjin.followups.steps import add_version
from genjin.followups.templates import read_layout
from genjin.lib.errors import Invalid
from genjin.lib.standard import read_standard
from genjin.orgs.models import Organisation
from genjin.packs.laying import FORM, Holds, Items
from genjin.packs.taking import SETTINGS, names_somebody
from genjin.packs.type_steps import WHOLE, write_types
from genjin.people.models import SavedView
from genjin.people.role_catalogue import ScopedType, scoped_types
from genjin.people.role_queries import demand_an_administrator
from genjin.people.role_rules import clean_fields, clean_scopes, clean_verbs, demand_no_more_than
from genjin.people.view_rules import check_view, names_of
from genjin.playbook.books import books_of
from genjin.playbook.laying_steps import Wanted, held_books, lay_books
from genjin.pools.packing_steps import held_pools, lay_pools
from genjin.quality.queries import difference, live_standard
from genjin.quality.steps import put_in_force as put_standard
from genjin.quality.team import PARTS
from genjin.quality.team import checked as checked_standard
from genjin.schema.extra import is_own
from genjin.schema.models import Shape
from genjin.schema.own_kinds import is_own_kind
from genjin.schema.shapes import shaped, shaped_types

_VIEW: dict[str, Any] = {
    "base": "", "filter": None, "sort": "", "columns": [], "density": "roomy", "layout": "list", "board_by": "",
    "shared": "all", "roles": [],
}  # fmt: skip


def known_fields(org_id: int) -> tuple[dict[str, dict[str, Any]], dict[str, int]]:
    """Own fields that the team ever had (type → key → newest entry), and the number of each type's next key."""
    known: dict[str, dict[str, Any]] = {slug: {} for slug in DESIGNED}
    following = dict.fromkeys(DESIGNED, 1)
    rows = Shape.objects.filter(org_id=org_id).order_by("number").values_list("record_type", "body")
    for slug, body in rows:
        known.setdefault(slug, {}).update({each["key"]: each for each in body["fields"] if is_own(each["key"])})
        following[slug] = max(following.get(slug, 1), int(body.get("next", 1)))
    return known, following


def holds_of(actor: Actor, mapping: Mapping[str, str]) -> Holds:
    """What the records and people of the actor's team hold; customers of nodes that `mapping` names will have gone."""
    alive = set(Automation.objects.filter(org_id=actor.org_id, state__in=ALIVE).values_list("key", flat=True))
    held = set(Grant.objects.filter(org_id=actor.org_id, member__active=True).values_list("role__key", flat=True))
    return Holds(
        option=lambda name, key: next(holders_of(actor, name, [key]), None) is not None,
        field=lambda slug, entry: rows_with(actor.org_id, designed(actor.org_id, slug)[0], dict(entry)) > 0,
        role=held.__contains__,
        automation=alive.__contains__,
        playbook=lambda key: key in held_books(actor.org_id, mapping),
        pool=lambda name: name in held_pools(actor.org_id),
    )


@dataclass
class Writer:
    """Writes the target; `current` tells what is there already."""

    change: Change
    org: Organisation
    current: Items
    target: Items
    why: str
    mapping: Mapping[str, str]

    @property
    def fresh(self) -> Actor:
        """The actor as he sees what this change has written: nothing of it may be cached before the commit."""
        return self.change.actor.with_(config_version=0)

    def write(self) -> None:
        """All sections, each depending only on those before it."""
        for name in self._changed("options"):
            write_list(self.org.pk, name, list(self._of("options", name).values()))
        self._types()
        for slug in dict.fromkeys(each for section in FORM for each in self._changed(section)):
            self._form(slug)
        self._templates()
        self._roles()
        self._views()
        self._flows()
        self._playbooks()
        self._pools()
        self._care()
        self._automations()
        self._standard()
        self._settings()

    def _of(self, section: str, of: str, items: Items | None = None) -> dict[str, Any]:
        chosen = self.target if items is None else items
        return {place[2]: item for place, item in chosen.items() if place[:2] == (section, of)}

    def _changed(self, section: str) -> list[str]:
        """Lists or types of a section in which anything differs, order among it."""
        names = dict.fromkeys(place[1] for place in (*self.current, *self.target) if place[0] == section)
        return [
            of for of in names
            if list(self._of(section, of).items()) != list(self._of(section, of, self.current).items())
        ]  # fmt: skip

    def _types(self) -> None:
        wanted, current = self._of("types", ""), self._of("types", "", self.current)
        if wanted != current:
            write_types(self.change, wanted, current, why=self.why)

    def _form(self, slug: str) -> None:
        if is_own_kind(slug) and slug in self._of("types", "", self.current) and slug not in self._of("types", ""):
            return  # put away with its form
        if slug not in DESIGNED and slug not in self._of("types", ""):
            raise Invalid(f"“{slug}”没有可以设计的表单", f"“{slug}” has no form to shape", field=f"forms.{slug}")
        kind, live = designed(self.org.pk, slug)
        ground = ground_of(self.fresh, kind, live)
        fields = list(self._of("forms", slug).values())
        new = {each["key"]: each for each in fields if is_own(each["key"]) and each["key"] not in ground.known}
        ground = replace(ground, known={**ground.known, **new})
        sent = {name: list(self._of(section, slug).values()) for section, name in FORM.items()}
        try:
            body = checked(sent, ground)
        except Invalid as wrong:
            wrong.field = f"forms.{slug}.{wrong.field}"
            raise
        before = live.body if live else EMPTY
        if not same_form(before, body):
            put_in_force(self.change, kind, live, body, why=self.why)

    def _templates(self) -> None:
        wanted = self._of("templates", "")
        newest = {row.key: row for row in Template.objects.filter(org=self.org).order_by("version")}
        for position, (key, said) in enumerate(wanted.items()):
            body = {name: value for name, value in said.items() if name not in ("key", "zh", "en")}
            row = newest.get(key)
            if row and (row.zh, row.en, row.body) == (said["zh"], said["en"], body):
                continue
            layout = read_layout(key, row.version + 1 if row else 1, said["zh"], said["en"], body)
            if row and (broken := broken_sections(read_layout(key, row.version, row.zh, row.en, row.body), layout)):
                self._demand_reason(key, broken)
            made = (
                add_version(self.change, row, zh=said["zh"], en=said["en"], body=body)
                if row
                else Template.objects.create(org=self.org, key=key, zh=said["zh"], en=said["en"], body=body,
                                             position=position, published_by_id=self.change.actor.member_id)
            )  # fmt: skip
            sections = [each.key for each in layout.sections]
            self.change.record("template.published", made, after={"key": key, "version": made.version,
                                                                  "sections": sections}, why=self.why)  # fmt: skip

    def _demand_reason(self, key: str, broken: list[str]) -> None:
        """Sections of the standard (R-001) go or move only for a reason, which stands in the log."""
        if not self.why:
            raise Invalid(
                f"标准包会动标准模板的这几节：{'、'.join(broken)}。一定要改，写明理由",
                f"The pack moves or drops sections of the standard: {', '.join(broken)}. Give the reason",
                field=f"templates.{key}",
                code="protected",
            )

    def _roles(self) -> None:
        rows = {row.key: row for row in Role.objects.filter(org=self.org)}
        wanted, known = self._of("roles", ""), scoped_types(self.fresh)
        for position, (key, said) in enumerate(wanted.items()):
            row = rows.pop(key, None)
            if row is None or said != self.current.get(("roles", "", key)):
                self._role(key, said, row, position, known)
            elif row.position != position:
                Role.objects.filter(pk=row.pk).update(position=position)
        for row in rows.values():
            Grant.objects.filter(role=row).delete()
            self.change.record("role.removed", row, before={"zh": row.zh, "verbs": row.verbs})
            row.delete()
        demand_an_administrator(self.org.pk)

    def _role(
        self, key: str, said: Mapping[str, Any], row: Role | None, position: int, known: Mapping[str, ScopedType]
    ) -> None:
        actor, place = self._holder(), f"roles.{key}"
        try:
            if row is not None:
                demand_no_more_than(actor, row.zh, row.verbs, row.scopes, row.fields)
            verbs, scopes = clean_verbs(said["verbs"]), clean_scopes(known, said.get("scopes", {}))
            fields = clean_fields(self.fresh, said.get("fields", {}))
            demand_no_more_than(actor, said["zh"], verbs, scopes, fields)
        except Invalid as wrong:
            wrong.field = f"{place}.{wrong.field}"
            raise
        if row is not None:
            # What it says of types that are put away stays.
            away = [slug for slug, each in known.items() if each.kind.retired]
            scopes |= {slug: row.scopes[slug] for slug in away if slug in row.scopes}
            fields |= {slug: row.fields[slug] for slug in away if slug in row.fields}
        values = {"zh": said["zh"], "en": said["en"], "verbs": verbs, "scopes": scopes, "fields": fields}
        if row is None:
            made = Role.objects.create(org=self.org, key=key, position=position, **values)
            self.change.record("role.created", made, after={"zh": made.zh, "en": made.en, "copy_of": ""})
            return
        before = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
        Role.objects.filter(pk=row.pk).update(position=position, version=row.version + 1, **values)
        if before:
            self.change.record("role.updated", row, before=before, after={name: values[name] for name in before},
                               why=self.why)  # fmt: skip

    def _holder(self) -> Actor:
        """The actor with the rights to types that this very change has made."""
        grants = self.change.actor.grants
        new = {place[2]: WHOLE for place in self.target if place[0] == "types" and place not in self.current}
        return self.change.actor.with_(grants=replace(grants, scopes={**new, **grants.scopes}))

    def _views(self) -> None:
        rows = {
            ("views", row.record_type, row.name): row
            for row in SavedView.objects.filter(org=self.org).exclude(shared="nobody").order_by("-id")
        }
        wanted = {place: item for place, item in self.target.items() if place[0] == "views"}
        for place, said in wanted.items():
            if said != self.current.get(place):
                self._view(place[1], place[2], said, rows.get(place))
        for place in self.current:
            if place[0] == "views" and place not in wanted and place in rows:
                self.change.record("view.removed", rows[place], before={"name": place[2], "record_type": place[1]})
                rows[place].delete()

    def _view(self, slug: str, name: str, said: Mapping[str, Any], row: SavedView | None) -> None:
        values = {each: said.get(each, usual) for each, usual in _VIEW.items()}
        if slug not in shaped_types(self.fresh):
            raise Invalid(f"没有“{slug}”这种记录", f"There is no type “{slug}”", field=f"views.{name}")
        kind = shaped(self.fresh, slug)
        if kind.lists is None or names_somebody(kind, values["filter"]):
            raise Invalid(
                f"视图“{name}”的筛选不能用：字段没有，或者指了具体的人",
                f"The filter of the view “{name}” will not do: a field that is not there, or a certain person",
                field=f"views.{name}",
            )
        check_view(self.change.actor, kind, kind.lists, values)
        row = row or SavedView(org=self.org, owner_id=self._owner(), record_type=slug, created_at=self.change.now)
        fresh = row.pk is None
        row.name, row.updated_at, row.names = name, self.change.now, names_of(kind, values)
        for each, value in values.items():
            setattr(row, each, value)
        row.version += 0 if fresh else 1
        row.save()
        event = "view.created" if fresh else "view.updated"
        self.change.record(event, row, after={"name": name, "record_type": slug, "filter": row.filter})

    def _flows(self) -> None:
        """In force at once: they are checked as on their own screen, and name nobody."""
        wanted = self._of("flows", "")
        gone = [place[2] for place in self.current if place[0] == "flows" and place[2] not in wanted]
        if not self._changed("flows"):
            return
        people = people_of(self.org.pk, 0)
        for key, said in wanted.items():
            if said != self.current.get(("flows", "", key)):
                body = {name: value for name, value in said.items() if name != "key"}
                try:
                    check(self.fresh, body, people)
                except Invalid as wrong:
                    wrong.field = f"flows.{key}.{wrong.field}"
                    raise
                lay_flow(self.change, key, body)
        for row in ApprovalFlow.objects.filter(org=self.org, key__in=gone, removed_at__isnull=True):
            drop_flow(self.change, row)
        order_flows_by(self.org.pk, list(wanted))

    def _playbooks(self) -> None:
        wanted = self._of("playbooks", "")
        home = {book.key for book in books_of(self.org.pk, 0)} - self._of("playbooks", "", self.current).keys()
        if not self._changed("playbooks") and not self.mapping:
            return
        for key in wanted:
            if key in home:
                raise Invalid(
                    f"流程“{key}”的条件里指了具体的人或部门，标准包改不了它，先在流程页面改",
                    f"The playbook “{key}” names certain people or departments; change it on its own page first",
                    field=f"playbooks.{key}",
                )
        lay_books(self.change, Wanted(wanted, frozenset(home), self.mapping), why=self.why)

    def _pools(self) -> None:
        caps = {name: each.get(("settings", "", "pools")) or {} for name, each in
                (("new", self.target), ("old", self.current))}  # fmt: skip
        if self._changed("pools") or caps["new"] != caps["old"]:
            lay_pools(self.change, list(self._of("pools", "").values()), caps["new"])

    def _care(self) -> None:
        limits = {name: each.get(("settings", "", "care")) or {} for name, each in
                  (("new", self.target), ("old", self.current))}  # fmt: skip
        if self._changed("care") or limits["new"] != limits["old"]:
            lay_care(self.change, list(self._of("care", "").values()), limits["new"])

    def _automations(self) -> None:
        wanted = self._of("automations", "")
        for key, said in wanted.items():
            if said != self.current.get(("automations", "", key)):
                body = {name: value for name, value in said.items() if name != "key"}
                try:
                    lay(self.change, key, body, why=self.why)
                except Invalid as wrong:
                    wrong.field = f"automations.{key}.{wrong.field}"
                    raise
        gone = [place[2] for place in self.current if place[0] == "automations" and place[2] not in wanted]
        for row in Automation.objects.filter(org=self.org, key__in=gone, removed_at__isnull=True):
            drop(self.change, row)

    def _owner(self) -> int:
        assert self.change.actor.member_id is not None
        return self.change.actor.member_id

    def _standard(self) -> None:
        if not self._changed("standard"):
            return
        try:
            body = checked_standard({part: self._of("standard", part) for part in PARTS})
        except Invalid as wrong:
            wrong.field = f"standard.{wrong.field}"
            raise
        live = live_standard(self.org.pk)
        if difference(live.body if live else {}, body):
            put_standard(self.change, live, body, why=self.why)

    def _settings(self) -> None:
        wanted = {name: each for name, each in self._of("settings", "").items() if name in SETTINGS}
        try:
            rules_from({**read_standard("review"), **wanted.get("review", {})})
        except RulesError as error:
            raise Invalid(str(error), "The review settings are not right", field="settings.review") from None
        self._ladders(wanted.pop("ladders", {}))
        rest = {name: value for name, value in self.org.settings.items() if name not in SETTINGS or name == "ladders"}
        settings = {**rest, **wanted}
        if settings != self.org.settings:
            Organisation.objects.filter(pk=self.org.pk).update(settings=settings)

    def _ladders(self, said: Mapping[str, Any]) -> None:
        """Checked as on their own page, but that somebody holds a role may come later."""
        rules = LaddersIn.model_validate(said).bodies()
        if rules == self.org.settings.get("ladders", {}).get("rules", []):
            return
        found = problems_of(rules, ladder_ground(self.fresh), people=False)
        refuse([replace(each, field=f"settings.ladders.{each.field}") for each in found])
        put_ladders(self.change, self.org, rules)
