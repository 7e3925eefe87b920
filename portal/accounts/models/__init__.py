from portal.accounts.models.company import Company, Membership
from portal.accounts.models.feed_link import FeedLink
from portal.accounts.models.people import User, UserManager

__all__ = ["Company", "FeedLink", "Membership", "User", "UserManager"]
