"""Settings: the user's file, then the environment, then the options of the command."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.i18n import LANGUAGES, N_, _
from pixsession.settings.toml_file import (
    ANY_TEXT,
    SWITCH,
    TEXT,
    Document,
    Kind,
    as_toml,
    leaves,
    misfit,
    number,
    one_of,
    read_document,
    switch_in,
    unknown_words,
    whole,
)

if TYPE_CHECKING:
    from pixsession.domain.certification.session import Session
    from pixsession.domain.share.place import SharePlace

# What a column of a class list can be, in the settings.
LIST_COLUMNS = (
    "last_name",
    "first_name",
    "student",
    "division",
    "group",
    "birth_date",
    "student_number",
    "external_id",
)
_SECTIONS = ("rule", "keys", "columns")
_AUTO = "auto"


class BoardRequest(NamedTuple):
    """What a board is made of; here, so that asking for one does not load the engine."""

    folder: Path
    rule: Rule
    campaigns: frozenset[str] = frozenset()  # codes or keys; empty: all
    dossier: Path | None = None  # None: nothing is kept
    scan_seconds: float = 2.0
    columns: tuple[tuple[str, str], ...] = ()  # header of a class list → one of LIST_COLUMNS
    decisions_from: Path | None = None  # a dossier that is only read: its decisions count, nothing is kept
    session: "Session | None" = None  # the session that is supervised on this board
    reread: "Callable[[], Session] | None" = None  # the session file as it is now; raises BadConfiguration
    shows_all: bool = False  # campaigns of earlier years and of other organisations are on the board too
    share: "SharePlace | None" = None  # of a session that several computers share

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder to follow; the first one is the board's own."""
        return self.session.folders if self.session and self.session.folders else (self.folder,)


_NOTHING: Mapping[str, str] = MappingProxyType({})


class Settings(NamedTuple):
    """Everything a user may set; durations in the unit of their name."""

    language: str = "fr"
    rule: Rule = Rule()
    stale_minutes: int = 30  # no export for so long: the board is marked stale
    change_minutes: int = 15  # how long ▲ ▼ stay beside a student
    scan_seconds: float = 2.0  # 5 s at least on a network file system
    theme: str = "pixsession-dark"
    ascii_only: bool = False
    mouse: bool | None = None  # None: on, except over SSH
    bell: bool = False
    keep_days: int = 90  # what is kept longer is spoken of at the start; 0: never
    post: str = ""  # what this computer is called in a shared session; empty: as its system calls it
    keys: Mapping[str, str] = _NOTHING  # binding id → keys
    columns: Mapping[str, str] = _NOTHING  # header of a class list → one of LIST_COLUMNS


class _Key(NamedTuple):
    """One key of the file, its environment variable, and why somebody would set it."""

    path: str  # "rule.min_level" is `min_level` under `[rule]`
    variable: str
    kind: Kind
    reason: str


_SWITCH_OR_AUTO = Kind(
    lambda: _('true, false or "auto"'), lambda value: isinstance(value, bool) or value == _AUTO, switch_in
)
# Sections whose keys are the user's own, and what their values are.
_FREE = {"keys": TEXT, "columns": one_of(*LIST_COLUMNS)}

_KEYS = (
    _Key("language", "PIXSESSION_LANG", one_of(*LANGUAGES), N_("Language of the screens and texts.")),
    _Key(
        "stale_minutes",
        "PIXSESSION_STALE_MINUTES",
        whole(1, 1440),
        N_("After so many minutes without a new export, the board says that it is out of date."),
    ),
    _Key(
        "change_minutes",
        "PIXSESSION_CHANGE_MINUTES",
        whole(1, 1440),
        N_("How many minutes ▲ and ▼ stay beside a student whose profile changed."),
    ),
    _Key(
        "scan_seconds",
        "PIXSESSION_SCAN_SECONDS",
        number(0.5, 60),
        N_("How often the folder is looked at, in seconds (never under 5 on a network folder)."),
    ),
    _Key("theme", "PIXSESSION_THEME", TEXT, N_("Colours; the list is in the palette (ctrl+p) of the board.")),
    _Key(
        "ascii",
        "PIXSESSION_ASCII",
        SWITCH,
        N_("Plain characters only, for a terminal that shows squares instead of symbols."),
    ),
    _Key(
        "mouse",
        "PIXSESSION_MOUSE",
        _SWITCH_OR_AUTO,
        N_("The mouse in the board; “auto”: yes, except over SSH, where every motion travels."),
    ),
    _Key("bell", "PIXSESSION_BELL", SWITCH, N_("Ring when a student becomes eligible or stops being so.")),
    _Key(
        "keep_days",
        "PIXSESSION_KEEP_DAYS",
        whole(0, 3650),
        N_("After so many days, boards kept on this computer are spoken of at the start; 0: never."),
    ),
    _Key(
        "post",
        "PIXSESSION_POST",
        ANY_TEXT,
        N_("What this computer is called in a shared session, “CDI” for instance; else as its system does."),
    ),
    _Key(
        "rule.min_competences",
        "PIXSESSION_MIN_COMPETENCES",
        whole(1, 16),
        N_("How many of the 16 competences a student needs (Pix certification: 5)."),
    ),
    _Key(
        "rule.min_level",
        "PIXSESSION_MIN_LEVEL",
        whole(1, 8),
        N_("The level needed in each of them (Pix certification: 1)."),
    ),
)
_BY_PATH = {key.path: key for key in _KEYS}
_FIELDS = {"ascii": "ascii_only"}  # where the file's word and the field's differ
VARIABLES = tuple(key.variable for key in _KEYS)
KEY_NAMES = tuple(key.path for key in _KEYS)


def load_settings(path: Path, environ: Mapping[str, str]) -> Settings:
    """The settings of this file (none: the defaults), then of the environment.

    Raises BadConfiguration, in words: the file, the line and the key, or the variable.
    """
    title = _("Settings")
    document = read_document(path, title)
    chosen, free = _read(document) if document else ({}, {})
    for key in _KEYS:
        written = environ.get(key.variable, "")
        if written.strip():
            value = key.kind.from_text(written)
            if not key.kind.fits(value):
                where = _("environment variable {variable}").format(variable=key.variable)
                raise misfit(key.kind, key.path, value, where, title)
            chosen[key.path] = value
    return _settings(chosen, free)


def _settings(chosen: dict[str, object], free: dict[str, dict[str, str]]) -> Settings:
    rule: dict[str, object] = {}
    fields: dict[str, object] = {}
    for path, value in chosen.items():
        table, dot, name = path.rpartition(".")
        target = rule if dot and table == "rule" else fields
        target[_FIELDS.get(name, name)] = None if value == _AUTO and name == "mouse" else value
    # Each value was checked against its key: the types are those of the fields.
    return Settings(rule=Rule(**rule), **free, **fields)  # type: ignore[arg-type]


def _read(document: Document) -> tuple[dict[str, object], dict[str, dict[str, str]]]:
    """Checked values by path, and the sections whose keys are the user's own."""
    chosen: dict[str, object] = {}
    free: dict[str, dict[str, str]] = {}
    for parts, value in leaves(document.root, _SECTIONS):
        name = ".".join(parts)
        if parts[0] in _FREE and len(parts) > 1:
            text = document.checked(_FREE[parts[0]], value, *parts)
            free.setdefault(parts[0], {})[".".join(parts[1:])] = str(text)
        elif name in _BY_PATH:
            chosen[name] = document.checked(_BY_PATH[name].kind, value, *parts)
        else:
            raise document.refusal(unknown_words(name, value, KEY_NAMES, _SECTIONS), *parts)
    return chosen, free


def commented_default() -> str:
    """The settings file with every key at its default, commented out, each with its reason.

    A line `#key = value` without a space is a key; taking the `#` away sets it.
    """
    lines = [
        f"# {_('Settings of pixsession. Take the # away from a line to change it.')}",
        f"# {_('An option of the command wins over a variable, which wins over this file.')}",
    ]
    section = ""
    for key in _KEYS:
        table, _dot, name = key.path.rpartition(".")
        if table != section:
            lines += ["", f"#[{table}]"]
            section = table
        lines += ["", f"# {_(key.reason)} ({key.variable})", f"#{name} = {_written_default(key.path)}"]
    lines += [
        "",
        "#[columns]",
        "",
        f"# {_('Class lists with headers of their own: the header, then what stands below it.')}",
        f"# {_('It is one of: {names}.').format(names=', '.join(LIST_COLUMNS))}",
        '#"Eleve" = "student"',
        "",
        "#[keys]",
        "",
        f"# {_('Other keys for the board: the name of an action, then its keys.')}",
        "",
    ]
    return "\n".join(lines)


def _written_default(path: str) -> str:
    table, _dot, name = path.rpartition(".")
    settings = Settings()
    value = getattr(settings.rule if table else settings, _FIELDS.get(name, name))
    return as_toml(_AUTO if value is None else value)
