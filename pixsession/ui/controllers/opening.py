"""The opening check of a session, once."""

from __future__ import annotations

from collections.abc import Mapping

from pixsession.domain.board.snapshot import Snapshot
from pixsession.ui.common.symbols import Symbols
from pixsession.ui.modes import mode_of
from pixsession.ui.shown import Shell


class Opening:
    """Asks for the check with the first Snapshot of a certification, unless its tests run already."""

    def __init__(self, shell: Shell, keys: Mapping[str, str], symbols: Symbols) -> None:
        """`keys`: by id of a binding, those of the settings."""
        self._shell, self._keys, self._symbols = shell, keys, symbols
        self._is_wanted = shell.options.checks_session

    def check(self, snapshot: Snapshot, tests_running: int) -> None:
        """With the first Snapshot of a certification; never over tests that run."""
        if not self._is_wanted or not mode_of(snapshot).allows("call"):
            return
        self._is_wanted = False
        if tests_running:
            return
        from pixsession.ui.certification.dialogs.opening import OpeningScreen  # noqa: PLC0415 - (d): only a session has it

        def answered(key: str | None) -> None:
            if key is not None:
                self._shell.simulate_key(key)

        self._shell.push_bound(OpeningScreen(self._keys, symbols=self._symbols), answered)
