"""WSGI entry point."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from genjin.cli.serving import end_with_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")
application = get_wsgi_application()
end_with_server()
