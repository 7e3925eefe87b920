from __future__ import annotations

from django.utils import timezone
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password

from portal.accounts.models import Company, Membership, User

PASSWORD = "en-bro-till-indien"  # noqa: S105  opens nothing but made-up accounts


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = Sequence(lambda n: f"Person {n}")
    email = Sequence(lambda n: f"person-{n}@example.org")
    password = Password(PASSWORD)


class CompanyFactory(DjangoModelFactory[Company]):
    class Meta:
        model = Company

    name = Sequence(lambda n: f"Företag {n} AB")
    approved_at = LazyFunction(timezone.now)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    company = SubFactory(CompanyFactory)
