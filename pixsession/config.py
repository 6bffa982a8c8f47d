"""Settings: the user's file, then the environment, then the options of the command."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pixsession.domain.display import shown
from pixsession.domain.eligibility import Rule
from pixsession.errors import BadConfiguration
from pixsession.i18n import LANGUAGES, N_, _

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
_ON = frozenset({"1", "true", "yes", "on"})
_OFF = frozenset({"0", "false", "no", "off"})


class BoardRequest(NamedTuple):
    """What a board is made of; here, so that asking for one does not load the engine."""

    folder: Path
    rule: Rule
    campaigns: frozenset[str] = frozenset()  # codes or keys; empty: all
    dossier: Path | None = None  # None: nothing is kept
    scan_seconds: float = 2.0
    columns: tuple[tuple[str, str], ...] = ()  # header of a class list → what stands below it


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user may set; durations in the unit of their name."""

    language: str = "fr"
    rule: Rule = field(default_factory=Rule)
    stale_minutes: int = 30  # no export for so long: the board says so
    change_minutes: int = 15  # how long ▲ ▼ stay beside a student
    scan_seconds: float = 2.0  # 5 s at least on a network file system
    theme: str = "pixsession-dark"
    ascii_only: bool = False
    mouse: bool | None = None  # None: on, except over SSH
    bell: bool = False
    keys: dict[str, str] = field(default_factory=dict)  # binding id → keys
    columns: dict[str, str] = field(default_factory=dict)  # header of a class list → one of LIST_COLUMNS


class _Kind(NamedTuple):
    """What a key takes: in words, as a test on a value of TOML, and out of a variable's text."""

    words: Callable[[], str]
    fits: Callable[[object], bool]
    from_text: Callable[[str], object] = str.strip


class _Key(NamedTuple):
    """One key of the file, its environment variable, and why somebody would set it."""

    path: str  # "rule.min_level" is `min_level` under `[rule]`
    variable: str
    kind: _Kind
    reason: str


def _whole(low: int, high: int) -> _Kind:
    def fits(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high

    return _Kind(
        lambda: _("a whole number from {low} to {high}").format(low=low, high=high), fits, _number_in
    )


def _seconds(low: float, high: float) -> _Kind:
    def fits(value: object) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high

    return _Kind(lambda: _("a number from {low} to {high}").format(low=low, high=high), fits, _number_in)


def _number_in(text: str) -> object:
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text.strip()


def _switch_in(text: str) -> object:
    word = text.strip().lower()
    return word in _ON if word in _ON | _OFF else word


_SWITCH = _Kind(lambda: _("true or false"), lambda value: isinstance(value, bool), _switch_in)
_SWITCH_OR_AUTO = _Kind(
    lambda: _('true, false or "auto"'), lambda value: isinstance(value, bool) or value == _AUTO, _switch_in
)
_LANGUAGE = _Kind(
    lambda: _("one of {choices}").format(choices=", ".join(f'"{name}"' for name in LANGUAGES)),
    lambda value: isinstance(value, str) and value in LANGUAGES,
    lambda text: text.strip().lower(),
)
_TEXT = _Kind(lambda: _("a text"), lambda value: isinstance(value, str) and bool(value.strip()))

_LIST_COLUMN = _Kind(
    lambda: _("one of {choices}").format(choices=", ".join(f'"{name}"' for name in LIST_COLUMNS)),
    lambda value: isinstance(value, str) and value in LIST_COLUMNS,
)
# Sections whose keys are the user's own, and what their values are.
_FREE = {"keys": _TEXT, "columns": _LIST_COLUMN}

_KEYS = (
    _Key("language", "PIXSESSION_LANG", _LANGUAGE, N_("Language of the screens and texts.")),
    _Key(
        "stale_minutes",
        "PIXSESSION_STALE_MINUTES",
        _whole(1, 1440),
        N_("After so many minutes without a new export, the board says that it is out of date."),
    ),
    _Key(
        "change_minutes",
        "PIXSESSION_CHANGE_MINUTES",
        _whole(1, 1440),
        N_("How many minutes ▲ and ▼ stay beside a student whose profile changed."),
    ),
    _Key(
        "scan_seconds",
        "PIXSESSION_SCAN_SECONDS",
        _seconds(0.5, 60),
        N_("How often the folder is looked at, in seconds (never under 5 on a network folder)."),
    ),
    _Key(
        "theme", "PIXSESSION_THEME", _TEXT, N_("Colours; the list is in the palette (ctrl+p) of the board.")
    ),
    _Key(
        "ascii",
        "PIXSESSION_ASCII",
        _SWITCH,
        N_("Plain characters only, for a terminal that shows squares instead of symbols."),
    ),
    _Key(
        "mouse",
        "PIXSESSION_MOUSE",
        _SWITCH_OR_AUTO,
        N_("The mouse in the board; “auto”: yes, except over SSH, where every motion travels."),
    ),
    _Key("bell", "PIXSESSION_BELL", _SWITCH, N_("Ring when a student becomes eligible or stops being so.")),
    _Key(
        "rule.min_competences",
        "PIXSESSION_MIN_COMPETENCES",
        _whole(1, 16),
        N_("How many of the 16 competences a student needs (Pix certification: 5)."),
    ),
    _Key(
        "rule.min_level",
        "PIXSESSION_MIN_LEVEL",
        _whole(1, 8),
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
    text = _text_of(path)
    chosen: dict[str, object] = {}
    free: dict[str, dict[str, str]] = {}
    if text is not None:
        chosen, free = _read_file(path, text)
    for key in _KEYS:
        written = environ.get(key.variable, "")
        if written.strip():
            where = _("environment variable {variable}").format(variable=key.variable)
            chosen[key.path] = _checked(key, key.kind.from_text(written), where)
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


def _checked(key: _Key, value: object, where: str) -> object:
    if key.kind.fits(value):
        return value
    raise BadConfiguration(
        _("{where}: “{key}” must be {expected}, not {value}.").format(
            where=where, key=key.path, expected=key.kind.words(), value=_as_toml(value)
        ),
        _("Settings"),
    )


def _text_of(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = _("{file} cannot be read: {reason}.").format(file=shown(str(path)), reason=reason)
    except UnicodeDecodeError:
        message = _("{file} is not UTF-8 text: save it again as UTF-8.").format(file=shown(str(path)))
    raise BadConfiguration(message, _("Settings"))


def _read_file(path: Path, text: str) -> tuple[dict[str, object], dict[str, dict[str, str]]]:
    """Checked values by path, and the sections whose keys are the user's own."""
    import tomli  # noqa: PLC0415 - most users have no settings file

    try:
        document = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise BadConfiguration(_syntax_words(path, text, error.lineno, error.colno), _("Settings")) from None
    chosen: dict[str, object] = {}
    free: dict[str, dict[str, str]] = {}
    for parts, value in _leaves(document):
        where = _where(path, text, parts)
        name = ".".join(parts)
        if parts[0] in _FREE and len(parts) > 1:
            key = _Key(shown(name), "", _FREE[parts[0]], "")
            free.setdefault(parts[0], {})[".".join(parts[1:])] = str(_checked(key, value, where))
        elif name in _BY_PATH:
            chosen[name] = _checked(_BY_PATH[name], value, where)
        else:
            raise BadConfiguration(_unknown_words(where, name, value), _("Settings"))
    return chosen, free


def _leaves(
    table: Mapping[str, object], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], object]]:
    for name, value in table.items():
        if isinstance(value, dict) and (value or name in _SECTIONS):
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value


def _unknown_words(where: str, name: str, value: object) -> str:
    if name in _SECTIONS:
        return _("{where}: “{key}” is a section: write [{key}] on its own line.").format(
            where=where, key=name
        )
    from difflib import get_close_matches  # noqa: PLC0415 - only on the way to an error

    last = name.rpartition(".")[2]
    spellings = {path.rpartition(".")[2]: path for path in KEY_NAMES} | {path: path for path in KEY_NAMES}
    spellings |= {section: section for section in _SECTIONS} if isinstance(value, dict) else {}
    near = get_close_matches(name, spellings, 1) or get_close_matches(last, spellings, 1)
    if near:
        words = _("{where}: unknown key “{key}”. Did you mean “{nearest}”?")
        return words.format(where=where, key=shown(name), nearest=spellings[near[0]])
    words = _("{where}: unknown key “{key}”. The keys are: {keys}.")
    return words.format(where=where, key=shown(name), keys=", ".join((*KEY_NAMES, "[keys]", "[columns]")))


def _syntax_words(path: Path, text: str, line: int, column: int) -> str:
    lines = text.split("\n")
    faulty = shown(lines[line - 1], 60) if line <= len(lines) else ""
    where = _("{file}, line {line}, column {column}").format(file=shown(str(path)), line=line, column=column)
    if not faulty:
        return _("{where}: the file stops too early.").format(where=where)
    return _("{where}: this is not TOML: {text}").format(where=where, text=faulty)


# Compiled where they are used: only on the way to an error.
_TABLE = r"\s*\[\[?\s*([^\[\]]+?)\s*\]"
_ASSIGNMENT = r"""\s*((?:[\w\-.\s]|"[^"]*"|'[^']*')+?)\s*="""
_PART = r"""[\w\-]+|"[^"]*"|'[^']*'"""


def _where(path: Path, text: str, parts: tuple[str, ...]) -> str:
    return _("{file}, line {line}").format(file=shown(str(path)), line=_line_of(text, parts))


def _line_of(text: str, parts: tuple[str, ...]) -> int:
    """The 1-based line where this key is written, else that of the table that holds it."""
    table: tuple[str, ...] = ()
    nearest, depth = 1, 0
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(_TABLE, line):
            here = table = _parts_of(header[1])
        elif assignment := re.match(_ASSIGNMENT, line):
            here = table + _parts_of(assignment[1])
        else:
            continue
        if here == parts[: len(here)] and len(here) > depth:
            nearest, depth = number, len(here)
    return nearest


def _parts_of(written: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, written))


def _as_toml(value: object) -> str:
    if value is None:
        return f'"{_AUTO}"'
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{shown(value, 60)}"' if isinstance(value, str) else shown(str(value), 60)


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
        lines += ["", f"# {_(key.reason)} ({key.variable})", f"#{name} = {_as_toml(_default(key.path))}"]
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


def _default(path: str) -> object:
    table, _dot, name = path.rpartition(".")
    settings = Settings()
    return getattr(settings.rule if table else settings, _FIELDS.get(name, name))
