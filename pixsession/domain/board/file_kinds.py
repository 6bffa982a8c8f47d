"""The kinds of files in words: one table, for the screens and for the documents."""

from __future__ import annotations

from pixsession.foundation.i18n import N_, _

# By the values of `readers.ExportKind`, which are those of the JSON contract.
_KIND_WORDS = {
    "profiles": N_("profile collection"),
    "assessment": N_("evaluation campaign"),
    "results": N_("certification results"),
    "candidates": N_("list of candidates"),
    "sessions": N_("import of sessions"),
    "roster": N_("class list"),
    "credentials": N_("passwords"),
    "unknown": N_("unknown"),
}
FILE_KINDS = tuple(_KIND_WORDS)


def file_kind_words(kind: str) -> str:
    """The kind of a file, empty where it is none of ours."""
    return _(_KIND_WORDS[kind]) if kind in _KIND_WORDS else ""
