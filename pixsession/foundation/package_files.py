"""The files of the package itself, which may be in an archive."""

from __future__ import annotations

# importlib.resources loads archives and temporary files besides, 10 ms of every command: (c), (d), (r).
import pkgutil


def package_file(name: str) -> bytes:
    """A file, by its path from the package ("locale/fr/LC_MESSAGES/pixsession.mo"); raises OSError."""
    content = pkgutil.get_data("pixsession", name)
    if content is None:
        raise FileNotFoundError(name)
    return content
