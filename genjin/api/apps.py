"""Loads what the folders register: fields, reactions, followers, scheduled tasks."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ApiConfig(AppConfig):
    name = "genjin.api"

    def ready(self) -> None:
        autodiscover_modules("fields", "reactions", "limit_reactions", "followers", "tasks", "actions")
        autodiscover_modules("batch_actions", "version_actions", "view_actions", "calendar_actions")
        autodiscover_modules("department_actions", "role_actions", "team_actions", "reveal_actions", "leaving_actions")
        autodiscover_modules("viewing_actions", "stuck_actions")
        autodiscover_modules("type_actions", "publish_actions", "recount_actions", "gates", "plan_actions")
        autodiscover_modules("chain_actions", "chain_reactions", "flow_actions")
        autodiscover_modules("plan_actions", "greeting_actions", "community_actions")
        autodiscover_modules("money_actions", "delivery_actions", "template_actions", "ladder")
        autodiscover_modules("quote_actions", "product_actions", "needs_actions")
        import_module("genjin.door.undo")
