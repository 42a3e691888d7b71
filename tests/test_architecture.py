"""The house keeps its shape: what no linter knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from genjin.access.guard import UNSCOPED_REASONS, GuardedManager
from genjin.access.rows import Row
from genjin.customers.merging import CARRIED
from genjin.customers.models import Contact, Customer
from genjin.door.action import VERBS
from genjin.schema.registry import record_types

ROOT = Path(__file__).resolve().parents[1]
CODE = [path for path in sorted((ROOT / "genjin").rglob("*.py")) if "migrations" not in path.parts]
SERVER = [path for path in CODE if "tests" not in path.parts]


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_every_table_of_customers_data_is_guarded_and_begins_its_indexes_with_org() -> None:
    for model in apps.get_models():
        if not issubclass(model, Row):
            continue
        assert isinstance(model.objects, GuardedManager), model
        for index in model._meta.indexes:
            first = index.fields[0] if index.fields else index.expressions[0].name
            assert first == "org" or index.name in ("agenda_tell", "agenda_climb"), (model, index.name)
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                assert constraint.fields[0] in ("org", "run"), (model, constraint.name)
                assert constraint.condition is not None or "run" in constraint.fields, (model, constraint.name)


def test_references_to_customers_are_real_foreign_keys() -> None:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if getattr(field, "name", "") in ("customer_id", "customer") and isinstance(field, models.Field):
                assert isinstance(field, models.ForeignKey), (model, field.name)


def test_a_merge_takes_every_reference_to_customers_and_contacts_along() -> None:
    """Each foreign key is moved by the folder that owns it, in a reaction marked `@carries`."""
    references = {
        (field.model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model in (Customer, Contact)
    }
    assert references == CARRIED


def test_unscoped_reads_state_a_reason_of_the_list() -> None:
    used = set()
    for path in SERVER:
        for node in calls(path):
            named = isinstance(node.func, ast.Name) and node.func.id in ("unscoped", "read_unscoped")
            if named and path.parent.name != "access":
                reason = node.args[1]
                assert isinstance(reason, ast.Constant), where(path, node)
                assert reason.value in UNSCOPED_REASONS, where(path, node)
                used.add(reason.value)
    assert "step" in used


def test_nobody_reads_customers_data_past_its_scope() -> None:
    """A plain query set of a guarded table, or the bare condition of a scope, stays inside `access`."""
    guarded = {model.__name__ for model in apps.get_models() if issubclass(model, Row)}
    for path in SERVER:
        if path.parent.name == "access":
            continue
        text = path.read_text("utf-8")
        assert not re.search(r"\bscope_(of|under)\b|\bGuardedQuerySet(\(|\.of)|\.scoped\(", text), path
        for node in calls(path):
            plain = isinstance(node.func, ast.Name) and node.func.id == "QuerySet"
            if plain and node.args and isinstance(node.args[0], ast.Name):
                assert node.args[0].id not in guarded, where(path, node)


SAVING = ("save", "bulk_create", "bulk_update", "save_columns", "update_row", "insert_rows", "insert_new")


def test_rows_are_saved_by_verbs_steps_and_their_like_only() -> None:
    allowed = re.compile(
        r"/(\w*actions|\w*steps|intake|bulk|reactions|followers|tasks|models|drafts|change|replies|schedule|sessions|throttle|joining"
        r"|sending|archive|restoring|merging|organisation|demo\w*|storage|running|undo|given|reading|saving|floor|export\w*)\.py$|/demo|/exchange/"
    )
    for path in SERVER:
        text = path.as_posix()
        for node in calls(path):
            named = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if named in (
                "save",
                "bulk_create",
                "bulk_update",
                "save_columns",
                "update_row",
                "insert_rows",
                "insert_new",
            ):
                apart = any(each in text for each in ("/cli/", "/search/", "/documents/"))  # a Word file is saved too
                assert apart or allowed.search(text), where(path, node)


def test_no_signals_no_base_manager_no_star_imports() -> None:
    for path in SERVER:
        text = path.read_text("utf-8")
        assert "django.db.models.signals" not in text and "@receiver" not in text, path
        assert "_base_manager" not in text, path
        assert not re.search(r"^from .* import \*", text, re.M), path
        assert not re.search(r"\.(raw|extra)\(|RawSQL|mark_safe", text), path


def test_files_and_functions_keep_their_size() -> None:
    for path in CODE:
        text = path.read_text("utf-8")
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 50, where(path, node)
    for path in (ROOT / "genjin" / "door").glob("*.py"):
        assert path.read_text("utf-8").count("\n") <= 200, path


def test_verbs_are_named_and_said_in_chinese() -> None:
    for name, verb in VERBS.items():
        if name.startswith("test."):
            continue
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", name), name
        assert re.search(r"[\u4e00-\u9fff]", verb.zh) and verb.en, name


def test_every_field_names_a_real_column_and_both_labels() -> None:
    for kind in record_types().values():
        columns = {field.attname for field in kind.model._meta.concrete_fields} | {
            field.name for field in kind.model._meta.concrete_fields
        }
        for field in kind.fields:
            assert field.zh and field.en, field
            if field.part:
                continue
            wanted = [f"{field.db}_low", f"{field.db}_high"] if field.type == "money_range" else [field.db]
            wanted += [field.blocks] if field.type == "richtext" else []
            assert set(wanted) <= columns, (kind.slug, field.slug)


@pytest.mark.parametrize("name", ["requirements/base.txt", "requirements/dev.txt", "web/package-lock.json"])
def test_lock_files_name_no_host(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "resolved" not in text or '"resolved"' not in text
    assert "--index" not in text and "--find-links" not in text
    hosts = set(re.findall(r"https?://([^/\"\s]+)", text))
    assert not {host for host in hosts if "registry" in host or "pypi" in host}


def test_no_vague_module_names() -> None:
    banned = {"utils", "helpers", "common", "base", "manager", "misc"}
    assert not {path.stem for path in CODE} & banned
