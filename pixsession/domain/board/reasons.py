"""Why a verdict is in doubt: a closed list of codes, each with one sentence in the user's language."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pixsession.foundation.i18n import N_, _


class ReasonCode(StrEnum):
    """Each doubt the program can have about a student."""

    LEVEL_UNKNOWN = "level_unknown"
    LEVEL_DOES_NOT_FIT_PIX = "level_does_not_fit_pix"
    PIX_COUNT_DIFFERS = "pix_count_differs"
    PIX_SAYS_ELIGIBLE = "pix_says_eligible"
    PIX_SAYS_NOT_ELIGIBLE = "pix_says_not_eligible"
    CELL_UNREADABLE = "cell_unreadable"
    SEND_DATE_UNKNOWN = "send_date_unknown"
    SEND_DATE_AMBIGUOUS = "send_date_ambiguous"
    SEND_STATE_UNKNOWN = "send_state_unknown"
    SENDS_TIE = "sends_tie"
    NAMESAKES = "namesakes"
    PERHAPS_NAMESAKES = "perhaps_namesakes"
    NAMELESS = "nameless"
    PERHAPS_SAME = "perhaps_same"
    SUBMISSION_GONE = "submission_gone"
    NOT_IN_LIST = "not_in_list"


_SENTENCES = {
    ReasonCode.LEVEL_UNKNOWN: N_("level unreadable or missing: {all}"),
    ReasonCode.LEVEL_DOES_NOT_FIT_PIX: N_("level does not fit its pix: {all}"),
    ReasonCode.PIX_COUNT_DIFFERS: N_("Pix counts {0} eligible competences, the columns give {1}"),
    ReasonCode.PIX_SAYS_ELIGIBLE: N_("Pix says eligible, the columns give {0} competences at level 1"),
    ReasonCode.PIX_SAYS_NOT_ELIGIBLE: N_(
        "Pix says not eligible, the columns give {0} competences at level 1"
    ),
    ReasonCode.CELL_UNREADABLE: N_("line {0}: “{1}” cannot be read"),
    ReasonCode.SEND_DATE_UNKNOWN: N_("date of the profile sent missing or unreadable"),
    # Then come the levels of the profiles that may be the latest instead, packed; "" for one in doubt.
    ReasonCode.SEND_DATE_AMBIGUOUS: N_("sent on {0} or on {1}? the file may hold the month before the day"),
    ReasonCode.SEND_STATE_UNKNOWN: N_("line {0}: sent or not? the cell says “{1}”"),
    ReasonCode.SENDS_TIE: N_("two different profiles sent at the same time"),
    ReasonCode.NAMESAKES: N_("several students share this name and class, nothing tells them apart"),
    ReasonCode.PERHAPS_NAMESAKES: N_("several lines under this name and class: one student?"),
    ReasonCode.NAMELESS: N_("no name in the export"),
    ReasonCode.PERHAPS_SAME: N_("perhaps the same student as {0} ({1})"),
    ReasonCode.SUBMISSION_GONE: N_(
        "a profile sent on {0} is in “{1}” and not in “{2}”: deleted, or one file is not what it seems"
    ),
    ReasonCode.NOT_IN_LIST: N_("in “{0}”, and not in “{1}”, which counts"),
}


# Where there is room for some words only.
_BRIEFLY = {
    ReasonCode.LEVEL_UNKNOWN: N_("level unreadable"),
    ReasonCode.LEVEL_DOES_NOT_FIT_PIX: N_("levels or pix?"),
    ReasonCode.PIX_COUNT_DIFFERS: N_("{0} or {1} comp.?"),
    ReasonCode.PIX_SAYS_ELIGIBLE: N_("Pix: eligible"),
    ReasonCode.PIX_SAYS_NOT_ELIGIBLE: N_("Pix: not eligible"),
    ReasonCode.CELL_UNREADABLE: N_("cell unreadable"),
    ReasonCode.SEND_DATE_UNKNOWN: N_("sent, date unknown"),
    ReasonCode.SEND_DATE_AMBIGUOUS: N_("sent on which day?"),
    ReasonCode.SEND_STATE_UNKNOWN: N_("sent or not?"),
    ReasonCode.SENDS_TIE: N_("which profile?"),
    ReasonCode.NAMESAKES: N_("namesakes"),
    ReasonCode.PERHAPS_NAMESAKES: N_("namesake?"),
    ReasonCode.NAMELESS: N_("no name"),
    ReasonCode.PERHAPS_SAME: N_("who is who?"),
    ReasonCode.SUBMISSION_GONE: N_("profile gone?"),
    ReasonCode.NOT_IN_LIST: N_("not in the list"),
}


class Reason(NamedTuple):
    """One doubt and the values its sentence shows."""

    code: ReasonCode
    values: tuple[str, ...] = ()

    def sentence(self) -> str:
        """The doubt in the language in use; values come from files and are cleaned where they are shown."""
        return _(_SENTENCES[self.code]).format(*self.values, all=", ".join(self.values))

    def briefly(self) -> str:
        """The doubt in at most 18 cells; the sentence says the rest."""
        return _(_BRIEFLY[self.code]).format(*self.values)
