"""The public page as small HTML: no script, no inline style, nothing of the customer but his own words (R-147)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from genjin.surveys.models import Survey

STYLE = "/s/survey.css"
_SAID: Mapping[str, tuple[str, str]] = {
    "thanks": ("收到了，谢谢你", "Thank you, we have it"),
    "answered": ("这份调查已经答过了，谢谢", "This survey has been answered already. Thank you"),
    "expired": ("这份调查已经过期，谢谢你打开它", "This survey has expired. Thank you for opening it"),
    "unknown": ("链接不对，请对照收到的消息再打开一次",
                "This link is not right; please open it again from the message"),
    "busy": ("打开得太频繁，过几分钟再试", "Too many tries from here; please try again in a few minutes"),
    "foreign": ("请从收到的链接打开这一页，再提交一次", "Please open this page from the link you got, and send again"),
    "no_score": ("先选一个分数", "Please choose a score first"),
    "too_long": ("留言最多 1000 字，请删短一点", "The comment holds 1,000 characters at most; please shorten it"),
    "score": ("1 是很不满意，5 是很满意", "1 is very unhappy, 5 is very happy"),
    "comment": ("想说点什么？（可不填）", "Anything you would like to say? (optional)"),
    "send": ("提交", "Send"),
    "once": ("只能提交一次", "You can send it once"),
    "more": ("可多选", "Choose any"),
}  # fmt: skip
_SCORES = (("很不满意", "Very unhappy"), ("不满意", "Unhappy"), ("一般", "Fair"), ("满意", "Happy"),
           ("很满意", "Very happy"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """What the customer has filled in when the page comes back to him; `wrong`: what to mend, a key of the words."""

    score: int = 0
    comment: str = ""
    choices: Sequence[str] = ()
    wrong: str = ""


def said(key: str, language: str) -> str:
    return _SAID[key][1 if language == "en" else 0]


def form(team: str, survey: Survey, language: str, filled: Filled) -> str:
    """The question with its five scores, the choices, the comment, one button."""
    body = [
        f'<p class="team">{escape(team)}</p>',
        f"<h1>{escape(survey.question)}</h1>",
        f'<p class="wrong" role="alert">{said(filled.wrong, language)}</p>' if filled.wrong else "",
        '<form method="post">',
        _scores(language, filled.score),
        _choices(survey, language, filled.choices),
        f'<label class="head" for="comment">{said("comment", language)}</label>',
        f'<textarea id="comment" name="comment" rows="4">{escape(filled.comment)}</textarea>',
        f'<button type="submit">{said("send", language)}</button>',
        f'<p class="note">{said("once", language)}</p>',
        "</form>",
    ]
    return _page(team, language, "".join(body))


def _scores(language: str, chosen: int) -> str:
    at = 1 if language == "en" else 0
    each = "".join(
        f'<input type="radio" name="score" id="s{n}" value="{n}"{" checked" if n == chosen else ""}>'
        f'<label for="s{n}"><b>{n}</b><span>{words[at]}</span></label>'
        for n, words in enumerate(_SCORES, start=1)
    )
    return f'<fieldset class="scores"><legend>{said("score", language)}</legend><div>{each}</div></fieldset>'


def _choices(survey: Survey, language: str, chosen: Sequence[str]) -> str:
    if not survey.choices:
        return ""
    each = "".join(
        f'<input type="checkbox" name="choice" id="c{n}" value="{escape(text)}"'
        f'{" checked" if text in chosen else ""}><label for="c{n}">{escape(text)}</label>'
        for n, text in enumerate(survey.choices)
    )
    legend = f"{escape(survey.choice_question)} <span>{said('more', language)}</span>"
    return f'<fieldset class="choices"><legend>{legend}</legend><div>{each}</div></fieldset>'


def sentence(team: str, key: str, language: str) -> str:
    """One sentence in place of the question."""
    mark = '<p class="mark" aria-hidden="true">✓</p>' if key in ("thanks", "answered") else ""
    name = f'<p class="team">{escape(team)}</p>' if team else ""
    return _page(team, language, f'<div class="said">{mark}<h1>{said(key, language)}</h1>{name}</div>')


def _page(title: str, language: str, body: str) -> str:
    spoken = "en" if language == "en" else "zh-CN"
    name = escape(title) or said("unknown", language)
    return (
        f'<!doctype html><html lang="{spoken}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow"><meta name="color-scheme" content="light dark">'
        # Without an icon of its own the browser would ask for one, and get the app.
        f'<title>{name}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="{STYLE}"></head>'
        f"<body><main>{body}</main></body></html>"
    )
