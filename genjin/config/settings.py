"""Settings, read from the environment. Nobody imports this but the entry points."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("GENJIN_DATA", ROOT / "data")).resolve()
FILES = DATA / "files"
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
BENCH = os.environ.get("GENJIN_BENCH") == "1"
DEBUG = False


def _secret() -> str:
    """GENJIN_SECRET_KEY, or one made on the first start and kept in the data folder."""
    given = os.environ.get("GENJIN_SECRET_KEY")
    if given:
        return given
    kept = DATA / "secret_key"
    if not kept.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text().strip()


def _database(url: str) -> dict[str, Any]:
    """A Django database from `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                # One writer at a time: on a busy machine its turn may take a while, and waiting beats a refusal.
                "timeout": 15,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
            },
        }
    options: dict[str, Any] = {"connect_timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path[1:],
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": options,
    }


SECRET_KEY = _secret()
DATABASE_URL = os.environ.get("GENJIN_DATABASE_URL", f"sqlite:///{DATA / 'genjin.db'}")
DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "zh-hans"
USE_I18N = False

_HOST = urlsplit(PUBLIC_URL).hostname or "127.0.0.1"
ALLOWED_HOSTS = [_HOST, "127.0.0.1", "localhost", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SESSION_SECURE = PUBLIC_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("GENJIN_PROXY") else None

#: SQLite leaves out what an index only carries along; the board is right without it.
SILENCED_SYSTEM_CHECKS = ["models.W040"]

INSTALLED_APPS = [
    "genjin.orgs",
    "genjin.schema",
    "genjin.access",
    "genjin.history",
    "genjin.people",
    "genjin.entry",
    "genjin.files",
    "genjin.search",
    "genjin.customers",
    "genjin.fields",
    "genjin.agenda",
    "genjin.approvals",
    "genjin.quality",
    "genjin.records",
    "genjin.followups",
    "genjin.playbook",
    "genjin.ownership",
    "genjin.pools",
    "genjin.objections",
    "genjin.deals",
    "genjin.contracts",
    "genjin.care",
    "genjin.complaints",
    "genjin.surveys",
    "genjin.handovers",
    "genjin.insights",
    "genjin.notify",
    "genjin.exchange",
    "genjin.automations",
    "genjin.desk",
    "genjin.packs",
    "genjin.api",
]
MIDDLEWARE = ["genjin.api.middleware.Guardrails"]
ROOT_URLCONF = "genjin.config.urls"
TEMPLATES: list[dict[str, Any]] = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

EMAIL_HOST = os.environ.get("GENJIN_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("GENJIN_MAIL_PORT") or "25")
EMAIL_HOST_USER = os.environ.get("GENJIN_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GENJIN_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("GENJIN_MAIL_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("GENJIN_MAIL_FROM") or f"genjin@{_HOST}"
EMAIL_TIMEOUT = 10

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MOST_UPLOAD = 50 * 1024 * 1024
#: Lets group robots and webhooks reach this machine: tests only.
OUTBOUND_ALLOW_PRIVATE = os.environ.get("GENJIN_OUTBOUND_ALLOW_PRIVATE") == "1"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("GENJIN_LOG", "WARNING")},
}
