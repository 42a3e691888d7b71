"""The word index: GIN over the token array on PostgreSQL, FTS5 kept by triggers on SQLite."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE search_fts USING fts5(tokens, content='search_searchrow', content_rowid='id', "
    "columnsize=0, detail=none)",
    "CREATE TRIGGER search_fts_insert AFTER INSERT ON search_searchrow BEGIN "
    "INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER search_fts_delete AFTER DELETE ON search_searchrow BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
    "CREATE TRIGGER search_fts_update AFTER UPDATE ON search_searchrow BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); "
    "INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens); END",
]
POSTGRESQL = [
    # Tokens are compared byte by byte: no language's order is wanted, and its comparisons cost a fifth of an insert.
    'ALTER TABLE search_searchrow ALTER COLUMN tokens TYPE text COLLATE "C"',
    "CREATE INDEX search_tokens ON search_searchrow USING gin (string_to_array(tokens, ' '))",
]


def make(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
