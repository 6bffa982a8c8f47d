"""The signs and colours that mean the same on every screen, with a set for terminals without Unicode."""

from typing import NamedTuple

from pixsession.domain.board.changes import ChangeKind
from pixsession.domain.pix.eligibility import Eligibility

_IN_ASCII = str.maketrans({"−": "-", "—": "-", "·": "-", "…": "~", "→": ">"})


class Symbols(NamedTuple):
    """One character each, except the keys' names."""

    live: str = "●"
    warning: str = "⚠"
    frozen: str = "❄"
    up: str = "▲"
    down: str = "▼"
    reached: str = "●"
    point: str = "·"
    cut: str = "…"
    space: str = "␣"
    bar: tuple[str, str, str, str] = ("━", "╸", "╺", "━")  # full, half full, what follows it, empty
    ascii_only: bool = False

    def plain(self, text: str) -> str:
        """`text` with the signs of ours that this set has."""
        return text.translate(_IN_ASCII) if self.ascii_only else text


UNICODE = Symbols()
ASCII = Symbols(
    live="*",
    warning="!",
    frozen="=",
    up="^",
    down="v",
    reached="#",
    point="-",
    cut="~",
    space="space",
    bar=("#", "-", ".", "."),
    ascii_only=True,
)


def symbols_for(ascii_only: bool) -> Symbols:
    """The set the settings ask for."""
    return ASCII if ascii_only else UNICODE


# Theme variables; themes.py gives each of them a value with enough contrast in every theme.
STATE_COLOURS = {
    Eligibility.NOT_ELIGIBLE: "$state-not-eligible",
    Eligibility.TO_CHECK: "$state-to-check",
    Eligibility.NOT_SENT: "$state-not-sent",
    Eligibility.NOT_IN_EXPORT: "$state-not-in-export",
    Eligibility.ELIGIBLE: "$state-eligible",
}

# Sign (Unicode, ASCII) and colour of each kind of change in the log.
CHANGE_SIGNS = {
    ChangeKind.BECAME_ELIGIBLE: ("✔", "+", "$state-eligible"),
    ChangeKind.NO_LONGER_ELIGIBLE: ("✖", "x", "$state-not-eligible"),
    ChangeKind.PROFILE_SENT: ("↑", ">", "$foreground"),
    ChangeKind.TO_CHECK: ("?", "?", "$state-to-check"),
    ChangeKind.PROGRESSED: ("▲", "^", "$state-eligible"),
    ChangeKind.REGRESSED: ("▼", "v", "$state-not-eligible"),
    ChangeKind.ARRIVED: ("→", ">", "$foreground"),
    ChangeKind.LEFT: ("←", "<", "$state-not-in-export"),
    ChangeKind.CHANGED_CLASS: ("↔", "=", "$foreground"),
}
