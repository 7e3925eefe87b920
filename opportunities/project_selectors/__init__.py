"""What pages and mails ask about projects. Everything a company sees starts at ``visible_projects``."""

from opportunities.project_selectors.board import (
    RARE,
    BoardCounts,
    BoardFilter,
    Column,
    board_counts,
    in_column,
    in_columns,
    narrowed_board,
    on_the_board,
    top_of_each_column,
)
from opportunities.project_selectors.documents import documents_on, project_documented, shared_documents_on
from opportunities.project_selectors.door import (
    Projects,
    by_expected,
    domains_of,
    project_on,
    project_standing_for,
    projects_for_office,
    projects_upon,
    public_projects,
    root_of,
    visible_projects,
)
from opportunities.project_selectors.foretold import how_well_foretold
from opportunities.project_selectors.history import (
    ProjectEntry,
    project_history,
)
from opportunities.project_selectors.links import (
    LinkedTender,
    Proposal,
    TenderedProject,
    linked_tenders,
    links_of,
    projects_behind,
    proposed_links,
    tendered_projects,
)
from opportunities.project_selectors.notes import notes_on, project_noted, shared_notes_on
from opportunities.project_selectors.published import project_told, projects_told, projects_told_since
from opportunities.project_selectors.search import TenderFound, tenders_to_link

__all__ = [
    "RARE",
    "BoardCounts",
    "BoardFilter",
    "Column",
    "LinkedTender",
    "ProjectEntry",
    "Projects",
    "Proposal",
    "TenderFound",
    "TenderedProject",
    "board_counts",
    "by_expected",
    "documents_on",
    "domains_of",
    "how_well_foretold",
    "in_column",
    "in_columns",
    "linked_tenders",
    "links_of",
    "narrowed_board",
    "notes_on",
    "on_the_board",
    "project_documented",
    "project_history",
    "project_noted",
    "project_on",
    "project_standing_for",
    "project_told",
    "projects_behind",
    "projects_for_office",
    "projects_told",
    "projects_told_since",
    "projects_upon",
    "proposed_links",
    "public_projects",
    "root_of",
    "shared_documents_on",
    "shared_notes_on",
    "tendered_projects",
    "tenders_to_link",
    "top_of_each_column",
    "visible_projects",
]
