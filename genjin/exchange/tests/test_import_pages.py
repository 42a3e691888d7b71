"""The rows of an import, page by page (R-237)."""

from __future__ import annotations

from conftest import Cast
from genjin.exchange.tests.test_import_over_http import ROWS, checked, workbook
from genjin.schema import paging


def test_all_rows_come_the_urgent_first_page_by_page(cast: Cast) -> None:
    """R-237: what cannot go in stands first, what is ready last; no row twice, none left out."""
    pk = checked(cast.li, workbook(ROWS))
    pages, cursor = [], ""
    while True:
        page = cast.li.get(f"/imports/{pk}/rows", limit=2, cursor=cursor)
        pages.append([row["verdict"] for row in page["items"]])
        cursor = page["next"]
        if not cursor:
            break
    assert pages == [["refused", "confirm"], ["confirm", "ready"], ["ready", "ready"]]
    wrong = paging.encode(7, 1)
    assert cast.li.get(f"/imports/{pk}/rows", cursor=wrong).status == 422
