"""What the services of opportunities refuse, and why."""

from __future__ import annotations


class DisclosureDiffers(Exception):
    """Members don't see both opportunities alike: merging would disclose something.

    Only a person may decide that; where neither rule of disclosure covers the other, one has to be corrected
    first.
    """


class ProjectChangedMeanwhile(Exception):
    """Something else became known of a project, or was said of it, since the person began to write."""


class AttachedAlready(Exception):
    """The address of a document is attached to the project with something else said of it."""


class NameTaken(Exception):
    """A name means another buyer already: it is taken from that one first."""


class NoName(Exception):
    """A name that holds no word could mean anything."""
