"""Choosing one's mail: what a choice would mean is shown at once, and nothing is kept until it is saved."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from matching.models import Subscription
from portal.accounts.models import User
from tests.factories.world import World


def test_what_a_choice_means_is_shown_before_it_is_saved(
    page_of: Callable[..., Page], world: World, alice: User
) -> None:
    page = page_of(alice)
    page.goto(f"/notifications/{world.profile.pk}/")
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_contain_text(world.profile.name)

    page.get_by_label("How often").select_option("No mail")

    expect(page.locator("#meaning")).to_contain_text("still stands in your list")
    assert Subscription.objects.get(recipient__user=alice, profile=world.profile).ended_at is None

    page.get_by_label("How often").select_option("On Mondays")
    expect(page.locator("#meaning")).to_contain_text("What to expect")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    assert Subscription.objects.get(recipient__user=alice, profile=world.profile).weekday == 0
