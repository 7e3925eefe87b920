from portal.accounts.models.api_token import ApiToken, ApiTokenQuerySet
from portal.accounts.models.company import Company, Membership
from portal.accounts.models.departure import Departure
from portal.accounts.models.feed_link import FeedLink
from portal.accounts.models.invitation import Invitation, InvitationQuerySet
from portal.accounts.models.kept_answer import KeptAnswer
from portal.accounts.models.office_look import OfficeLook, OfficeLookNotice, OfficeLookQuerySet
from portal.accounts.models.people import User, UserManager
from portal.accounts.models.record_change import RecordChange
from portal.accounts.models.registration import Registration, RegistrationQuerySet

__all__ = [
    "ApiToken",
    "ApiTokenQuerySet",
    "Company",
    "Departure",
    "FeedLink",
    "Invitation",
    "InvitationQuerySet",
    "KeptAnswer",
    "Membership",
    "OfficeLook",
    "OfficeLookNotice",
    "OfficeLookQuerySet",
    "RecordChange",
    "Registration",
    "RegistrationQuerySet",
    "User",
    "UserManager",
]
