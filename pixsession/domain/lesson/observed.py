"""What may be observed in a lesson: the short list that we propose, in the language in use."""

from __future__ import annotations

from pixsession.foundation.i18n import N_, as_spoken

# Of what ails anybody nothing is kept.
OBSERVATIONS = (
    N_("forgotten credentials"),
    N_("keyboard"),
    N_("equipment"),
    N_("helped"),
    N_("helps others"),
)


def observation_words(text: str) -> str:
    """An observation in the language in use, where it is one that we propose; else as a teacher wrote it.

    It is written down in the words of whoever noted it, and two windows may speak two languages.
    """
    return as_spoken(text, OBSERVATIONS)
