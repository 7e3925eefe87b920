from __future__ import annotations

from portal.accounts.models import Company, User


def test_charlie_works_elsewhere_than_alice_and_bob(alice: User, bob: User, charlie: User) -> None:
    assert {person.companies.get() for person in (alice, bob)} == {Company.objects.get(name="Vallar AB")}
    assert charlie.companies.get() != alice.companies.get()
