"""Settings: the user's file, then the environment, then the options of the command."""

from __future__ import annotations

from dataclasses import dataclass, field

from pixsession.domain.eligibility import Rule


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
