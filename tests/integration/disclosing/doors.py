"""Every way out that a member has, asked as a member would, for two worlds to be compared by their bytes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.access.address_values import NOTHING, value_of
from tests.access.rows import Row, rows_written
from tests.access.small_world import SmallWorld
from tests.integration.delivery.world import owe_and_send

# Routes that answer a member or a visitor and tell of no opportunity, with what they tell of instead. Any
# other is a door by itself, from the day that it stands in the access matrix.
TELLS_NO_OPPORTUNITY = {
    "/about/": "what Setu is",
    "/accessibility/": "how usable it is",
    "/account/": "the person",
    "/account/data/": "what can be taken along, and what is kept",
    "/account/data/delete/": "the person",
    "/account/data/delete-company/": "the company",
    "/account/tokens/": "keys, which are made anew",
    "/api/v1/docs": "how to ask",
    "/api/v1/docs/<operation_id>": "how to ask",
    "/api/v1/schema": "how to ask",
    "/colleagues/": "people of the company",
    "/digest/": "a form",
    "/digest/sent/": "that a mail is on its way",
    "/healthz": "whether it runs",
    "/invitations/<token>/": "who invites",
    "/open-data/extension/extension.json": "names of fields",
    "/open-data/extension/release-schema.json": "names of fields",
    "/privacy/": "what is kept of people",
    "/register/": "a form",
    "/register/company/": "a form",
    "/register/sent/": "that a mail is on its way",
    "/webhooks/": "addresses of the company's own systems",
}
# The log-in and all about it
_ACCOUNTS = "/accounts/"
# Routes that answer a member with something else than a page in this world, and why that is no gap
ANSWERS_ELSEWHERE = {
    "/": "leads to the matches",
    "/api/v1/": "nothing is there",
    "/api/v1/<missing>": "nothing is there",
    "/api/v1/docs/<operation_id>/ask": "leads to the answer, which is a door of the API",
    "/api/v1/follows/<opportunity_id>": "nothing is followed; asked of the hidden in answers_about",
    "/api/v1/project-follows/<project_id>": "nothing is followed; asked of the hidden in answers_about",
    "/gallery/": "not for members",
    "/language/setlang/": "leads back",
    "/notifications/<profile_id>/preview/": "nothing is due; what it would show is the digest of _mail",
    "/register/waiting/": "leads on whoever needn't wait",
}
# The same pages, asked what only some questions bring to light.
ASKED = (
    "/matches/?q=sensors",
    "/matches/?q=Zyxtown",
    "/explore/?q=Zyxtown",
    "/explore/?q=Zyxtwon",
    "/explore/?q=tunnel+ventilation&closed=1",
    "/explore/?stage=tender&state=MH",
    "/explore/?view=table&order=newest",
    "/explore/?view=map",
    "/explore/export.csv?stage=tender",
    "/searches/new/?stage=tender",
    "/searches/new/?q=Zyxtown",
    "/calendar/?score=0&view=agenda",
    "/early/?stage=dpr",
    "/early/?stage=identified&state=MH",
    "/calendar/?score=0&download=json",
    "/api/v1/opportunities?q=Zyxtown",
    "/api/v1/opportunities?q=Zyxtwon+sensors&closed=yes",
    "/api/v1/opportunities?sort=newest&limit=3",
    "/api/v1/opportunities/facets?state=MH&state=KL&closed=yes",
    "/api/v1/projects?stage=dpr&state=MH",
    "/api/v1/buyers?q=Zyxtown",
    "/api/v1/matches?q=Zyxtown",
    "/api/v1/matches?sort=newest&limit=3",
    "/api/v1/matches?sort=value&mark=new&stage=early&stage=tender",
)
# A page's table as a file, of the kinds of which one tells what the others do
_TABLE = re.compile(r'href="(\?[^"]*\bdownload=json[^"]*)"')
# What stands for nothing but the moment or the visit
_FLEETING = (
    (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'), b""),
    (re.compile(rb'"X-CSRFToken": ?"[^"]*"'), b""),
    (re.compile(rb"\\?&quot;X-CSRFToken\\?&quot;:[^}]*"), b""),
    (re.compile(rb"just now|\d+ (?:min|h) ago"), b""),
    (re.compile(rb'"made_at": "[^"]*"'), b""),
    (re.compile(rb"DTSTAMP:[0-9TZ]*"), b""),
    (re.compile(rb"<updated>[^<]*</updated>"), b""),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, without what stands for the moment."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def is_door(row: Row, *roles: str) -> bool:
    """Whether one of these gets a page there, and one that might tell of an opportunity."""
    return (
        row.method == "GET"
        and any(row.answer_to(role) == "200" for role in roles)
        and row.route not in TELLS_NO_OPPORTUNITY
        and not row.route.startswith((_ACCOUNTS, "/office/"))
    )


def doors_of(world: SmallWorld, role: str = "owner") -> Iterator[str]:
    """The address of every page that answers them, and of some questions to it."""
    doors = [row for row in rows_written() if is_door(row, role)]
    for row in doors:
        yield row.path([(name, value_of(name, row.route, world.values)) for name in row.parameters])
    open_routes = {row.route for row in doors}
    yield f"/open-data/ocds/records/{world.values['month']}.jsonl.gz"
    yield from (asked for asked in ASKED if asked.partition("?")[0] in open_routes)


def all_answers(client: Client, doors: list[str], *, with_mail: bool = True) -> dict[str, Answer]:
    """What each door answers, each table that it offers as a file, and each mail that would be sent now."""
    told: dict[str, Answer] = {}
    for door in doors:
        told[door] = _answer(client.get(door))
        for table in _TABLE.findall(told[door].body.decode(errors="replace")):
            address = door.partition("?")[0] + html.unescape(table)
            told[address] = _answer(client.get(address))
    if not with_mail:
        return told
    told["why not"] = _answer(client.post("/matches/why-not/", {"text": "Tunnel ventilation and sensors"}))
    return told | _mail()


def _mail() -> dict[str, Answer]:
    mail.outbox.clear()
    now = timezone.now()
    owe_and_send(now.date(), now=now)
    sent = sorted(mail.outbox, key=lambda message: (message.to, message.subject))
    return {
        f"mail {number} to {message.to}": Answer(
            200, (), _without_tokens(f"{message.subject}\n{message.body}")
        )
        for number, message in enumerate(sent)
    }


def _without_tokens(text: str) -> bytes:
    return re.sub(r"/mail/(\w+)/\S+", r"/mail/\1/", text).encode()


def _answer(response: Any) -> Answer:
    told = ("ETag", "Last-Modified", "Location", "Content-Disposition", "Content-Type")
    body = b"".join(response) if response.streaming else response.content
    if response.headers.get("Content-Type", "").endswith("spreadsheetml.sheet"):
        body = str(CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()).encode()
    for fleeting, instead in _FLEETING:
        body = fleeting.sub(instead, body)
    return Answer(
        response.status_code,
        tuple((name, response.headers[name]) for name in told if name in response.headers),
        body,
    )


def answers_about(
    client: Client, world: SmallWorld, hidden: dict[str, str], *, role: str = "owner"
) -> Iterator[tuple[str, Answer, Answer]]:
    """Each route that names an opportunity or a project, asked about a hidden one and about none at all.

    ``hidden`` is as the world's values: by parameter, or by route and parameter.

    Yields the route with both answers, in which the number isn't told apart.
    """
    for row in rows_written():
        asked = [name for name in row.parameters if name in hidden or f"{row.route} {name}" in hidden]
        if not asked or row.route.startswith("/office/") or row.answer_to(role) in ("405", "403", "login"):
            continue
        values = {name: value_of(name, row.route, world.values) for name in row.parameters}
        pair = []
        for number in (value_of(asked[0], row.route, hidden), NOTHING):
            address = row.path((values | {asked[0]: number}).items())
            ask = client.get if row.method == "GET" else client.post
            found = _answer(ask(address))
            same = tuple((name, re.sub(rf"/{number}\b", "/#", value)) for name, value in found.headers)
            pair.append(Answer(found.status, same, re.sub(rf"/{number}\b".encode(), b"/#", found.body)))
        yield f"{row.method} {row.route}", pair[0], pair[1]
