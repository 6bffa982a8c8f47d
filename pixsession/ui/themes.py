"""The themes of the program, and the colours of states for any other theme of Textual."""

from __future__ import annotations

from textual.app import App
from textual.color import Color
from textual.theme import Theme

# What a theme must say besides Textual's own colours. "calm" is text that steps back and can still be read.
_NAMES = (
    "state-eligible",
    "state-not-eligible",
    "state-to-check",
    "state-not-sent",
    "state-not-in-export",
    "change-gain",
    "change-loss",
    "board-calm",
    "board-cursor",
    "board-cursor-blurred",
    "board-cursor-text",
    "board-hover",
)


def _variables(*colours: str) -> dict[str, str]:
    return dict(zip(_NAMES, colours, strict=True))


_DARK = _variables(
    "#7fd992", "#ff938a", "#ffcb5c", "#8fc1ff", "#d3b0f5",
    "#7fd992", "#ff938a",
    "#a8b3c0", "#1d3b57", "#222b36", "#e6eaf0", "#1a222c",
)  # fmt: skip
_LIGHT = _variables(
    "#17663a", "#a81f1a", "#7a4a00", "#1a5497", "#6b3a9b",
    "#17663a", "#a81f1a",
    "#4d5763", "#cfe2f7", "#e6e9ed", "#1b2026", "#eceef1",
)  # fmt: skip
_CONTRAST = _variables(
    "#5dff8f", "#ff9c94", "#ffe14a", "#8fd3ff", "#e6bcff",
    "#5dff8f", "#ff9c94",
    "#e2e2e2", "#002a5c", "#303030", "#ffffff", "#242424",
)  # fmt: skip
# Dark enough for the creams and greys that other light themes have as background.
_DARK_INK = _variables(
    "#0d4a28", "#8f1612", "#5e3800", "#123f75", "#54287f",
    "#0d4a28", "#8f1612",
    "#3c444d", "#cfe2f7", "#e6e9ed", "#1b2026", "#eceef1",
)  # fmt: skip
# Blue and orange stay apart for every kind of colour blindness; yellow and lilac differ in lightness too.
_DEUTERANOPIA = _variables(
    "#74bcff", "#ff9d42", "#ffe680", "#c3cad3", "#d9b8f2",
    "#74bcff", "#ff9d42",
    "#a8b3c0", "#2a3a4d", "#242b34", "#e6eaf0", "#1b222a",
)  # fmt: skip

# The terminal's own sixteen colours: right for the ansi themes, and never a missing variable elsewhere.
STATE_VARIABLE_DEFAULTS: dict[str, str] = _variables(
    "ansi_green", "ansi_red", "ansi_yellow", "ansi_cyan", "ansi_magenta",
    "ansi_green", "ansi_red",
    "ansi_default", "ansi_white", "ansi_default", "ansi_black", "ansi_default",
)  # fmt: skip

THEMES: tuple[Theme, ...] = (
    Theme(
        name="pixsession-dark",
        primary="#5aa9f0",
        secondary="#8fa3b8",
        accent="#ffcb5c",
        success="#7fd992",
        warning="#ffcb5c",
        error="#ff938a",
        foreground="#e6eaf0",
        background="#10151b",
        surface="#161c24",
        panel="#1c242e",
        dark=True,
        variables=_DARK | {"footer-key-foreground": "#8fc1ff", "border": "#5aa9f0"},
    ),
    Theme(
        name="pixsession-light",
        primary="#1a5fa8",
        secondary="#4d5763",
        accent="#8a4f00",
        success="#17663a",
        warning="#7a4a00",
        error="#a81f1a",
        foreground="#1b2026",
        background="#fbfbf9",
        surface="#f3f4f5",
        panel="#e9ebee",
        dark=False,
        variables=_LIGHT | {"footer-key-foreground": "#1a5497", "border": "#1a5fa8"},
    ),
    Theme(
        name="pixsession-contrast",
        primary="#8fd3ff",
        secondary="#ffffff",
        accent="#ffe14a",
        success="#5dff8f",
        warning="#ffe14a",
        error="#ff9c94",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#141414",
        dark=True,
        variables=_CONTRAST | {"footer-key-foreground": "#ffe14a", "border": "#ffffff"},
    ),
    Theme(
        name="pixsession-deuteranopia",
        primary="#74bcff",
        secondary="#a8b3c0",
        accent="#ff9d42",
        success="#74bcff",
        warning="#ffe680",
        error="#ff9d42",
        foreground="#e6eaf0",
        background="#12161b",
        surface="#181d24",
        panel="#1f262e",
        dark=True,
        variables=_DEUTERANOPIA | {"footer-key-foreground": "#ffe680", "border": "#74bcff"},
    ),
)


def state_variables(theme: Theme) -> dict[str, str]:
    """What `theme` does not say itself of the board's colours; for `App.get_theme_variable_defaults`."""
    if theme.ansi and theme.dark:
        return STATE_VARIABLE_DEFAULTS
    if theme.ansi:
        return STATE_VARIABLE_DEFAULTS | {
            "board-cursor": "ansi_blue",
            "board-cursor-text": "ansi_bright_white",
        }
    colours = theme.to_color_system().generate()
    background, text = Color.parse(colours["background"]), Color.parse(colours["foreground"])
    return (_CONTRAST if theme.dark else _DARK_INK) | {
        "board-calm": text.hex,
        "board-cursor": background.blend(Color.parse(colours["primary"]), 0.15).hex,
        "board-cursor-blurred": background.blend(text, 0.08).hex,
        "board-cursor-text": text.hex,
        "board-hover": background.blend(text, 0.05).hex,
    }


def begin_with(app: App[str], name: str) -> None:
    """Our themes, and the first colours; set as later ones are, they would have every style parsed twice."""
    for one in THEMES:
        app.register_theme(one)
    name = name if name in app.available_themes else THEMES[0].name
    theme = app.available_themes[name]
    if theme.ansi or not theme.dark:  # Textual itself begins with a dark theme of true colours
        app.theme = name
        return
    app.set_reactive(App.theme, name)
    app.set_class(True, f"-theme-{name}", update=False)
    app.stylesheet.set_variables(app.get_css_variables())
