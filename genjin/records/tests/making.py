"""How tests make an own type and its rows over HTTP."""

from __future__ import annotations

from typing import Any

from conftest import Answer, Cast, Person
from genjin.access.models import Role

STATES: list[dict[str, Any]] = [
    {"key": "asked", "zh": "待审", "en": "Asked", "next": ["sent", "refused"]},
    {"key": "sent", "zh": "已寄出", "en": "Sent", "color": "#2f6fed"},
    {"key": "refused", "zh": "不寄", "en": "Refused", "closed": True, "next": []},
]
#: 业务员 their own rows, 主管 those of the department.
RIGHTS = {"rep": {"see": ["self"], "change": ["self"]}, "supervisor": {"see": ["subtree"], "change": ["subtree"]}}


def make_type(cast: Cast, zh: str = "样品申请", slug: str = "x_sample", **more: Any) -> str:
    """A type with three states (待审 → 已寄出 or 不寄) that 业务员 and 主管 work with."""
    rights = more.pop("rights", RIGHTS)
    body = {"zh": zh, "en": "Sample", "slug": slug, "states": STATES, **more}
    answer = cast.admin.post("/record-types", body)
    assert answer.status == 201, answer
    for key, scopes in rights.items():
        give(cast, slug, key, scopes)
    return slug


def give(cast: Cast, slug: str, role: str, scopes: dict[str, list[str]], marks: dict[str, str] | None = None) -> None:
    """What a role may do with the rows of a type, by the verb that gives it anything else."""
    row = Role.objects.get(org=cast.org, key=role)
    body: dict[str, Any] = {"version": row.version, "scopes": {**row.scopes, slug: scopes}}
    body |= {"fields": {**row.fields, slug: marks}} if marks is not None else {}
    answer = cast.admin.patch(f"/roles/{row.pk}", body)
    assert answer.status == 200, answer


def make_row(person: Person, name: str, slug: str = "x_sample", **values: Any) -> int:
    answer = person.post(f"/records/{slug}", {"name": name, **values})
    assert answer.status == 201, answer
    return int(answer["id"])


def row(person: Person, pk: int, slug: str = "x_sample") -> Any:
    answer: Answer = person.get(f"/records/{slug}/{pk}")
    assert answer.status == 200, answer
    return answer.body


def names(answer: Any) -> list[str]:
    assert answer.status == 200, answer
    return [each["name"] for each in answer["items"]]
