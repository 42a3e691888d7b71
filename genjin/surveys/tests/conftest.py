"""A survey that went out, and the customer's browser without any login."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from conftest import Cast

SURVEY = {
    "title": "季度回访",
    "question": "这个季度对我们的服务满意吗？",
    "choice_question": "哪方面最该改？",
    "choices": ["响应速度", "产品质量", "交付"],
    "about": "产线看板",
}


@dataclass
class Sent:
    """A link of 李销售's customer."""

    customer: int
    survey: int
    invitation: int
    path: str
    link: str


def made(cast: Cast, **values: Any) -> int:
    answer = cast.zhao.post("/surveys", {**SURVEY, **values})
    assert answer.status == 201, answer
    return int(answer["id"])


def sent_to(cast: Cast, customer: int, survey: int) -> Sent:
    contact = cast.li.get(f"/customers/{customer}")["contacts"][0]["id"]
    answer = cast.li.post(f"/customers/{customer}/surveys", {"survey_id": survey, "contact_id": contact})
    assert answer.status == 201, answer
    return Sent(customer, survey, answer["id"], re.sub(r"^https?://[^/]+", "", answer["link"]), answer["link"])


@pytest.fixture
def sent(cast: Cast, new_customer: Any) -> Sent:
    return sent_to(cast, new_customer(cast.li, "金丝雀有限公司"), made(cast))


@pytest.fixture
def phone() -> Client:
    """A customer's browser: no cookie, Chinese."""
    return Client(raise_request_exception=False, headers={"accept-language": "zh-CN,zh;q=0.9"})
