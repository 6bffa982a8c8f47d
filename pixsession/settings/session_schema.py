"""The keys of a session file, the values that each takes, and its defaults."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from pixsession.domain.certification.session import SessionKind
from pixsession.domain.lesson.objectives import MOST_PER_AREA, SCHOOL_OBJECTIVES, Objective
from pixsession.domain.lesson.observed import OBSERVATIONS
from pixsession.foundation.i18n import N_, _
from pixsession.settings.toml_file import SWITCH, Kind, whole

DURATIONS = {SessionKind.CERTIFICATION: 105, SessionKind.HALF_GROUP: 55}  # minutes
SECTIONS = ("expected", "rule", "remediation", "limits", "checklist", "lesson")
SOURCES = ("lists", "session_number", "classes", "groups", "names")
_TYPOGRAPHY = "\u00a0\u202f"  # French puts one of them before a colon
# The gestures of a certification, in their order; none of them belongs to a lesson.
_GESTURES = (
    N_("Identity: an identity document for each student"),
    N_("Presence: each student who is there is marked present"),
    N_("Code: the access code is on the board"),
    N_("Start: each student who is present is authorised to start"),
    N_("End: each test is finished, or its reason written down"),
    N_("Finalise: incidents reported, session finalised in Pix Certif"),
)


# -- what a value of the file means; None: nothing -----------------------------------------------------------


def date_in(value: object) -> date | None:
    """A day of this century: a date of TOML, "2026-03-12" or "12/03/2026"."""
    found = value if isinstance(value, date) and not isinstance(value, datetime) else None
    if isinstance(value, str):
        iso = re.fullmatch(r"\s*(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})\s*", value)
        french = re.fullmatch(r"\s*(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})\s*", value)
        if parts := iso or french:
            try:
                found = date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
            except ValueError:
                return None
    return found if found is not None and 2000 <= found.year < 2100 else None


def time_in(value: object) -> time | None:
    """A time of the day: a time of TOML, "08:30", "8:30", "8h30" or "8h"."""
    if isinstance(value, time):
        return value
    if isinstance(value, str):
        parts = re.fullmatch(r"\s*([0-9]{1,2})\s*(?:[:hH]\s*([0-9]{2})|[hH])\s*", value)
        if parts and int(parts[1]) < 24 and int(parts[2] or 0) < 60:
            return time(int(parts[1]), int(parts[2] or 0))
    return None


def line_in(value: object) -> str | None:
    """One line of text that has something in it, without doubled spaces; those of typography stay."""
    if not isinstance(value, str):
        return None
    spaced = "".join(" " if letter.isspace() and letter not in _TYPOGRAPHY else letter for letter in value)
    line = re.sub(" +", " ", spaced).strip()
    return line if line and _is_plain(line) else None


def name_in(value: object) -> str | None:
    """One line that names somebody or something: a space is a space, wherever it was copied from."""
    line = line_in(value)
    return None if line is None else " ".join(line.split())


def _is_plain(text: str) -> bool:
    """Nothing in it that a terminal would obey, or that UTF-8 cannot write."""
    return all(unicodedata.category(letter) not in {"Cc", "Cs"} for letter in text)


def word_in(value: object) -> str | None:
    """The name of a class, group, room or session: 601 is one as much as "3eB"."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12:
        return str(value)
    return name_in(value)


def code_in(value: object) -> str | None:
    """The code of a campaign or session: capitals and digits, no space."""
    code = "".join(value.split()).upper() if isinstance(value, str) else ""
    return code if re.fullmatch(r"[A-Z0-9][A-Z0-9_-]{2,19}", code) else None


def path_in(value: object) -> str | None:
    """The path of a file or folder, to the letter."""
    return value if isinstance(value, str) and value.strip() and _is_plain(value) else None


def _kind_in(text: str) -> object:
    """A kind by its word in the language in use, or by its number in the question."""
    word = text.strip().casefold()
    spoken = (_("certification"), _("half-group"))
    for number, (kind, name) in enumerate(zip(SessionKind, spoken, strict=True), 1):
        if word in {str(number), name.casefold()}:
            return str(kind)
    return word


def _fits(read: Callable[[object], object], *, may_be_empty: bool = False) -> Callable[[object], bool]:
    return lambda value: (may_be_empty and value == "") or read(value) is not None


def _list_of(read: Callable[[object], object], example: str, *, least: int = 0) -> Kind:
    return Kind(
        lambda: _("a list in square brackets, such as {example}").format(example=example),
        lambda value: (
            isinstance(value, list)
            and len(value) >= least
            and all(read(element) is not None for element in value)
        ),
    )


_LINE = Kind(lambda: _("a text on one line"), _fits(line_in))
_CODE = Kind(lambda: _("the code of a campaign: letters and digits"), _fits(code_in, may_be_empty=True))
_TIME = Kind(lambda: _('a time such as "08:30"'), _fits(time_in, may_be_empty=True))
_WORDS = _list_of(word_in, '["3eA", "3eB"]')

KINDS: Mapping[str, Kind] = {
    "kind": Kind(
        lambda: _("one of {choices}").format(choices=", ".join(f'"{kind}"' for kind in SessionKind)),
        lambda value: isinstance(value, str) and value in set(SessionKind),
        _kind_in,
    ),
    "title": _LINE,
    "date": Kind(lambda: _('a day of the calendar, such as 2026-03-12 or "12/03/2026"'), _fits(date_in)),
    "start": _TIME,
    "timezone": Kind(
        lambda: _('the name of a time zone, such as "Indian/Reunion"'), _fits(line_in, may_be_empty=True)
    ),
    "duration_minutes": whole(1, 600),
    "room": Kind(
        lambda: _("the name of one room (for several, see [[rooms]])"), _fits(word_in, may_be_empty=True)
    ),
    "access_code": Kind(
        lambda: _("the access code of a session: letters and digits"), _fits(code_in, may_be_empty=True)
    ),
    "folders": _list_of(path_in, '["exports"]', least=1),
    "bell": SWITCH,
    "share": SWITCH,
    "expected.lists": _list_of(path_in, '["candidats.xlsx"]'),
    "expected.session_number": Kind(
        lambda: _("the number of a session"), _fits(word_in, may_be_empty=True)
    ),
    "expected.classes": _WORDS,
    "expected.groups": _list_of(word_in, '["3eA gr1", "3eA gr2"]'),
    "expected.names": _list_of(name_in, '["MARTIN Lou", "PETIT Noa (3eB)"]'),
    "rule.min_competences": whole(1, 16),
    "rule.min_level": whole(1, 8),
    "remediation.label": _LINE,
    "remediation.code": _CODE,
    "remediation.collection_code": _CODE,
    "limits.latest_start": _TIME,
    "limits.profile_days": whole(1, 400),
    "limits.export_minutes": whole(1, 1440),
    "limits.authorisation_minutes": whole(1, 1440),
    "checklist.items": _list_of(line_in, '["…", "…"]'),
    "lesson.stuck_exports": whole(1, 20),
    "lesson.stuck_minutes": whole(1, 180),
    "lesson.code": _CODE,
    "lesson.far_points": whole(5, 100),
    "lesson.observations": _list_of(line_in, '["…", "…"]'),
    "lesson.helper_level": whole(1, 8),
    "lesson.delegates": _list_of(name_in, '["MARTIN Lou", "PETIT Noa (3eB)"]'),
}  # fmt: skip
ROOM_KINDS = {
    "rooms.name": Kind(lambda: _("the name of a room"), _fits(word_in)),
    "rooms.posts": _list_of(name_in, '["CDI"]'),
    **{f"rooms.{source}": KINDS[f"expected.{source}"] for source in SOURCES},
}
OBJECTIVE_KINDS = {
    "objectives.name": Kind(lambda: _("the name of an objective"), _fits(word_in)),
    "objectives.min_competences": whole(1, 16),
    "objectives.min_level": whole(1, 8),
    "objectives.min_per_area": whole(0, MOST_PER_AREA),
}


def default_title(kind: SessionKind) -> str:
    """What a session is called that was given no title."""
    return _("Pix certification") if kind is SessionKind.CERTIFICATION else _("Pix lesson in half-group")


def default_checklist(kind: SessionKind) -> tuple[str, ...]:
    """The checklist of the day of a session that was given none."""
    return tuple(_(gesture) for gesture in _GESTURES) if kind is SessionKind.CERTIFICATION else ()


def default_observations(kind: SessionKind) -> tuple[str, ...]:
    """What may be observed in a lesson that was given no list."""
    return tuple(_(text) for text in OBSERVATIONS) if kind is SessionKind.HALF_GROUP else ()


def default_objectives(kind: SessionKind) -> tuple[Objective, ...]:
    """What a lesson aims at that was given no objective: to be eligible for certification."""
    first = SCHOOL_OBJECTIVES[0]
    return (first._replace(name=_(first.name)),) if kind is SessionKind.HALF_GROUP else ()
