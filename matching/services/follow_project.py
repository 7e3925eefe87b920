from __future__ import annotations

from datetime import datetime

from matching.models import ProjectFollow
from opportunities.project_selectors import visible_projects
from portal.accounts.models import Company, User


def follow_project(project_id: int, *, company: Company, by: User, now: datetime) -> ProjectFollow | None:
    """Let a company follow a project. None where it may know of none by that number.

    Following twice is following once, whoever of the company did it first.
    """
    if not visible_projects(to=company, at=now).filter(pk=project_id).exists():
        return None
    # Of those who get here at the same moment the database lets one in, and gives the others its row.
    follow, _ = ProjectFollow.objects.standing().get_or_create(
        company=company, project_id=project_id, defaults={"by": by, "created_at": now}
    )
    return follow


def unfollow_project(project_id: int, *, company: Company, now: datetime) -> None:
    """End what the company follows of a project. Ending again keeps the first moment."""
    ProjectFollow.objects.standing().filter(company=company, project=project_id).update(ended_at=now)
