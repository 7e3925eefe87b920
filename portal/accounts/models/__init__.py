from portal.accounts.models.company import Company, Membership
from portal.accounts.models.departure import Departure
from portal.accounts.models.feed_link import FeedLink
from portal.accounts.models.invitation import Invitation, InvitationQuerySet
from portal.accounts.models.people import User, UserManager
from portal.accounts.models.registration import Registration, RegistrationQuerySet

__all__ = [
    "Company",
    "Departure",
    "FeedLink",
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "Registration",
    "RegistrationQuerySet",
    "User",
    "UserManager",
]
