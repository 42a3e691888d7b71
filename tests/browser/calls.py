"""What the browser tests prepare through the page's own session, without clicking."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

FIRM = "苏州恒锐精密机械有限公司"
CALL = """async ([method, path, body]) => {
  const token = document.cookie.match(/csrftoken=([^;]+)/);
  const headers = {'Content-Type': 'application/json', 'X-CSRFToken': token ? token[1] : ''};
  const answer = await fetch('/api/v1' + path, {method, headers, body: JSON.stringify(body)});
  return [answer.status, await answer.json()];
}"""


def call(page: Page, method: str, path: str, body: dict[str, Any]) -> Any:
    """The answer's body; a refusal fails the test with what was said. A busy database (503) is asked again."""
    for _ in range(3):
        status, answer = page.evaluate(CALL, [method, path, body])
        if status != 503:
            break
        page.wait_for_timeout(3_000)
    assert status in (200, 201), (status, answer)
    return answer


def new_customer(page: Page, name: str = FIRM, phone: str = "13800000001") -> int:
    person = {"name": "王建国", "phone": phone}
    body = {"name": name, "source": "exhibition", "confirm_duplicate": True, "contact": person}
    return int(call(page, "POST", "/customers", body)["id"])
