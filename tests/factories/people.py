"""Invented people of lists, for the tests of who is who."""

from __future__ import annotations

from pixsession.domain.people.identities import Identity


def someone(key: str, last: str, first: str, division: str | None = "3eA", **more: object) -> Identity:
    return Identity(key, last, first, division=division)._replace(**more)  # type: ignore[arg-type]


def unsplit(key: str, name: str, division: str | None = "3eA", **more: object) -> Identity:
    """Somebody of a list with one column, all in capitals."""
    return someone(key, name, "", division, **more)
