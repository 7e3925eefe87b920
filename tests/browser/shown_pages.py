"""The pages that every visual check goes through, and who sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matching.models import Delivery
from portal.accounts.models import User
from tests.factories.world import World


@dataclass(frozen=True, slots=True)
class Shown:
    name: str
    path: str
    user: User | None


def six_pages(world: World, *, member: User, office: User) -> Iterator[Shown]:
    message = Delivery.objects.exclude(body_html="").latest("pk").pk
    yield Shown("login", "/accounts/login/", None)
    yield Shown("matches", "/matches/", member)
    yield Shown("opportunity", f"/opportunities/{world.sensors.pk}/", member)
    yield Shown("partners", "/partners/", member)
    yield Shown("partners-for", f"/partners/for/{world.sensors.pk}/", member)
    yield Shown("inbox", f"/office/inbox/?item=undisclosed-{world.poles.pk}", office)
    yield Shown("sources", "/office/sources/", office)
    yield Shown("sent-mail", f"/office/mail/?message={message}", office)
    yield Shown("profiles", "/profile/", member)
    yield Shown("profile", f"/profile/{world.profile.pk}/", member)
