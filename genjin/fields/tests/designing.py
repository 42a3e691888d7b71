"""How tests shape a form over HTTP."""

from __future__ import annotations

from typing import Any

from conftest import Answer, Person


def document(person: Person, of: str = "customer") -> dict[str, Any]:
    """The form as it stands, ready to be changed and sent back."""
    found = person.get(f"/designs/{of}").body
    fields = [{name: value for name, value in each.items() if name not in ("own", "can")} for each in found["fields"]]
    return {"version": found["version"], "fields": fields, "groups": found["groups"], "rules": found["rules"]}


def put(person: Person, body: dict[str, Any], of: str = "customer") -> Answer:
    answer: Answer = person.put(f"/designs/{of}", body)
    return answer


def add(person: Person, *fields: dict[str, Any], of: str = "customer") -> list[str]:
    """Publish further fields at the end of the form; their keys."""
    body = document(person, of)
    body["fields"] += fields
    answer = put(person, body, of)
    assert answer.status == 200, answer
    keys: list[str] = answer["keys"][-len(fields) :]
    return keys


def change(person: Person, key: str, of: str = "customer", **values: Any) -> Answer:
    """Publish the form with other words for one field."""
    body = document(person, of)
    next(each for each in body["fields"] if each["key"] == key).update(values)
    return put(person, body, of)


def without(person: Person, key: str, of: str = "customer") -> Answer:
    body = document(person, of)
    body["fields"] = [each for each in body["fields"] if each["key"] != key]
    return put(person, body, of)


def make_list(person: Person, name: str, *labels: str) -> dict[str, str]:
    """A new option list; label → key."""
    answer = person.put(f"/option-lists/{name}", {"items": [{"zh": label} for label in labels]})
    assert answer.status == 200, answer
    return dict(zip(labels, answer["keys"], strict=True))
