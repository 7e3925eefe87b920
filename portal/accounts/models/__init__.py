from portal.accounts.models.company import Company, Membership
from portal.accounts.models.people import User, UserManager

__all__ = ["Company", "Membership", "User", "UserManager"]
