"""The incidents that Pix knows, by code: E during the test, C when the session is finalised."""

from __future__ import annotations

from pixsession.foundation.i18n import N_, _
from pixsession.foundation.text import shown

# The codes of a test of today (certification-issue-report in 1024pix/pix); in French, Pix's own labels.
_LABELS = {
    "E1": N_("The image is not displayed"),
    "E2": N_("The simulator or application is not displayed"),
    "E3": N_("The file to download does not open"),
    "E4": N_("The site to visit is unavailable, under maintenance or out of reach"),
    "E5": N_("The site is blocked by the network of the school"),
    "E8": N_("The extra time for the question is exceeded"),
    "E9": N_("The software does not work"),
    "E10": N_("The page of the question was left unintentionally"),
    "E11": N_("A page says “Oups, une erreur est survenue”"),
    "E12": N_("The question is not accessible (colour blindness, say)"),
    "C1": N_("First name, last name or birth date corrected"),
    "C2": N_("Extra time added or changed"),
    "C4": N_("Signature forgotten or on the wrong line"),
    "C6": N_("Suspicion of fraud"),
    "C7": N_("Technical incident, not blocking"),
    "C8": N_("Incident due to the candidate, not blocking"),
}
CODES = tuple(_LABELS)
# Taken out of use by Pix: old journals may hold them, nobody can choose them.
RETIRED = frozenset({"A1", "A2", "C3", "C5", "E6", "E7"})

_LIVE = N_("Handle it now in the invigilator screen of Pix: until then the student stays blocked.")
_FINAL = N_("Report it when the session is finalised, in Pix Certif.")


def is_live(code: str) -> bool:
    """Whether an incident is handled during the test, in the invigilator screen."""
    return code.startswith("E")


def incident_words(code: str) -> str:
    """An incident with its code, "E1 L’image ne s’affiche pas"; the code alone where it is not in use."""
    return f"{code} {_(_LABELS[code])}" if code in _LABELS else shown(code, 12)


def incident_reminder(code: str) -> str:
    """What remains to be done about it in the screens of Pix."""
    return _(_LIVE) if is_live(code) else _(_FINAL)
