from __future__ import annotations

from bs4 import BeautifulSoup

from matching.models import Delivery
from portal.accounts.models import User
from tests.factories.world import World
from tests.integration.signing_in import SignIn


def test_what_waits_comes_before_what_is_sent(world: World, olga: User, as_: SignIn) -> None:
    page = BeautifulSoup(as_(olga).get("/office/mail/").content, "lxml")

    assert [badge.get_text(strip=True) for badge in page.select(".badge")] == ["Waiting", "Sent", "Sent"]


def test_a_message_is_shown_as_sent_and_shut_in(world: World, olga: User, as_: SignIn) -> None:
    message = Delivery.objects.exclude(body_html="").latest("pk")

    page = BeautifulSoup(as_(olga).get(f"/office/mail/?message={message.pk}").content, "lxml")
    body = as_(olga).get(f"/office/mail/{message.pk}/body/")

    assert [frame["src"] for frame in page.select("iframe[sandbox='']")] == [
        f"/office/mail/{message.pk}/body/"
    ]
    assert body.content.decode() == message.body_html
    assert body.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    assert body.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_message_that_is_not_there_is_not_found(olga: User, as_: SignIn) -> None:
    assert as_(olga).get("/office/mail/?message=7").status_code == 404
    assert as_(olga).get("/office/mail/7/body/").status_code == 404


def test_before_the_first_mail_the_page_says_when_it_comes(olga: User, as_: SignIn) -> None:
    assert "Nothing has been sent yet" in as_(olga).get("/office/mail/").content.decode()
