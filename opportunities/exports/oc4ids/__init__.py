"""Open data of projects before there is a tender (OC4IDS 0.9)."""

from opportunities.exports.oc4ids.package import project_package
from opportunities.exports.oc4ids.project import project, project_id_of

__all__ = ["project", "project_id_of", "project_package"]
