"""The kinds of files in words, as the documents name them; the list of files on the screen has less room."""

from __future__ import annotations

from pixsession.foundation.i18n import N_, _

# By the values of `readers.ExportKind`, which are those of the JSON contract.
_KIND_WORDS = {
    "profiles": N_("profile collection"),
    "assessment": N_("evaluation campaign"),
    "results": N_("certification results"),
    "candidates": N_("candidates of a session"),
    "sessions": N_("import of certification sessions"),
    "roster": N_("class list"),
    "credentials": N_("usernames and passwords"),
    "unknown": N_("not an export of Pix"),
}


def file_kind_words(kind: str) -> str:
    """The kind of a file, empty where it is none of ours."""
    return _(_KIND_WORDS[kind]) if kind in _KIND_WORDS else ""
