"""What the services of opportunities refuse, and why."""

from __future__ import annotations


class DisclosureDiffers(Exception):
    """One of two opportunities is every member's to see and the other isn't: merging would disclose it."""


class ProjectChangedMeanwhile(Exception):
    """Something else became known of a project, or was said of it, since the person began to write."""


class NameTaken(Exception):
    """A name means another buyer already: it is taken from that one first."""


class NoName(Exception):
    """A name that holds no word could mean anything."""
