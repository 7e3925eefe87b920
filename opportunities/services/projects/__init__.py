"""The only writers of projects and of their links to tenders."""

from opportunities.services.projects.documents import DocumentNamed, attach_document, remove_document
from opportunities.services.projects.links import link_project, refuse_link, unlink_project
from opportunities.services.projects.notes import remove_project_note, write_project_note
from opportunities.services.projects.propose_links import propose_links, propose_links_of
from opportunities.services.projects.record_project import (
    facts_of_project,
    pending_projects,
    record_project,
)
from opportunities.services.projects.state_project import (
    OFFICE,
    add_project,
    repeat_statements,
    state_project,
)

__all__ = [
    "OFFICE",
    "DocumentNamed",
    "add_project",
    "attach_document",
    "facts_of_project",
    "link_project",
    "pending_projects",
    "propose_links",
    "propose_links_of",
    "record_project",
    "refuse_link",
    "remove_document",
    "remove_project_note",
    "repeat_statements",
    "state_project",
    "unlink_project",
    "write_project_note",
]
