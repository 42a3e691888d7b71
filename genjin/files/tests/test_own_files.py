"""Files and pictures in own fields: taken by the change that names them, read by whoever reads row and field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import Cast, Person
from genjin.access.models import Role
from genjin.fields.tests.designing import add, change
from genjin.files.models import OwnFile, StoredFile
from genjin.files.tests.test_files import PNG, send
from genjin.orgs.models import Organisation


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path


def _new(person: Person, name: str, **values: Any) -> Any:
    return person.post("/customers", {"name": name, "source": "online", **values})


def _upload(person: Person, name: str = "合同.pdf", data: bytes = b"%PDF-1.4 x") -> int:
    return int(send(person, name, data)["id"])


def test_a_file_is_read_as_its_row_is(cast: Cast) -> None:
    """R-166, A7: by whoever may see the row and the field; no longer, once the field does not hold it."""
    (deal,) = add(cast.admin, {"zh": "合同", "type": "attachment"})
    file = _upload(cast.li)
    made = _new(cast.li, "甲公司", **{deal: [file]})
    assert made.status == 201, made
    answer = {each: getattr(cast, each).get(f"/files/{file}").status for each in ("li", "zhao", "qian", "outsider")}
    assert answer == {"li": 200, "zhao": 200, "qian": 404, "outsider": 404}
    role = Role.objects.get(org=cast.org, key="rep")
    role.fields = {"customer": {deal: "hidden"}}
    role.save()
    Organisation.objects.filter(pk=cast.org.pk).update(config_version=cast.org.config_version + 9)
    assert cast.li.get(f"/files/{file}").status == 404
    assert cast.zhao.patch(f"/customers/{made['id']}", {"version": 1, deal: None}).status == 200
    assert cast.zhao.get(f"/files/{file}").status == 404
    back = cast.zhao.post(f"/versions/customer/{made['id']}/1", {"version": 2})
    assert (back.status, back["restored"]) == (200, [deal])
    assert cast.zhao.get(f"/files/{file}").status == 200


def test_nobody_takes_what_is_not_his(cast: Cast) -> None:
    """A7: neither another's upload nor what another record holds; nothing is changed by the attempt."""
    (deal,) = add(cast.admin, {"zh": "合同", "type": "attachment"})
    theirs, held = _upload(cast.wang), _upload(cast.li)
    assert _new(cast.li, "甲公司", **{deal: [held]}).status == 201
    for file in (theirs, held, 10**9):
        refused = _new(cast.li, "乙集团", **{deal: [file]})
        assert (refused.status, refused["field"], refused["zh"]) == (
            422, deal, "合同里有一个附件找不到，重新上传一次")  # fmt: skip
    assert [each["name"] for each in cast.li.get("/customers")["items"]] == ["甲公司"]
    assert OwnFile.objects.count() == 1
    assert not StoredFile._base_manager.get(pk=theirs).held


def test_a_picture_is_a_picture(cast: Cast) -> None:
    (door,) = add(cast.admin, {"zh": "门头", "type": "picture"})
    refused = _new(cast.li, "甲公司", **{door: [_upload(cast.li)]})
    assert (refused.status, refused["zh"]) == (422, "门头只能放图片：“合同.pdf”不是")
    many = _new(cast.li, "甲公司", **{door: list(range(1, 22))})
    assert (many.status, many["zh"]) == (422, "门头要填一组附件，最多 20 个")
    photo = _upload(cast.li, "门头.png", PNG)
    made = _new(cast.li, "甲公司", **{door: [{"id": photo, "name": "门头.png"}]})
    assert cast.li.get(f"/customers/{made['id']}")["customer"][door] == [{"id": photo, "name": "门头.png"}]
    assert cast.zhao.get(f"/files/{photo}/preview").status == 200
    usual = change(cast.admin, door, settings={"default": [photo]})
    assert (usual.status, usual["zh"]) == (422, "“门头”没有默认值")


def test_a_merge_takes_files_along(cast: Cast) -> None:
    (deal,) = add(cast.admin, {"zh": "合同", "type": "attachment"})
    file = _upload(cast.li)
    lost = _new(cast.li, "甲公司", **{deal: [file]})["id"]
    kept = _new(cast.li, "乙集团")["id"]
    assert cast.li.post("/customers/merge", {"ids": [lost, kept], "into": kept}).status == 200
    assert cast.zhao.get(f"/customers/{kept}")["customer"][deal] == [{"id": file, "name": "合同.pdf"}]
    assert cast.zhao.get(f"/files/{file}").status == 200


def test_every_kind_of_row_can_hold_files(cast: Cast, good: dict[str, Any]) -> None:
    """Contacts, records of contact and to-dos too."""
    keys = {of: add(cast.admin, {"zh": f"{of}附件", "type": "attachment"}, of=of)[0]
            for of in ("contact", "followup", "agenda")}  # fmt: skip
    files = {of: _upload(cast.li) for of in keys}
    person = {"name": "王建国", "phone": "13800000001", keys["contact"]: [files["contact"]]}
    pk = _new(cast.li, "甲公司", contact=person)["id"]
    logged = cast.li.post("/followups", {"customer_id": pk, **good, keys["followup"]: [files["followup"]]})
    assert logged.status == 201, logged
    todo = {"act": "寄样", "due_at": "2026-12-01T02:00:00Z", "customer_id": pk}
    assert cast.li.post("/agenda", {**todo, keys["agenda"]: [files["agenda"]]}).status == 201
    for file in files.values():
        assert (cast.zhao.get(f"/files/{file}").status, cast.qian.get(f"/files/{file}").status) == (200, 404)
