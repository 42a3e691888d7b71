"""Every route of the API, read from the router itself."""

from __future__ import annotations

from genjin.api.root import api


def all_routes() -> list[str]:
    """ "METHOD /path" of each operation, sorted."""
    return sorted(
        f"{method} {path}"
        for _prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    )
