"""Compiles the French texts when the package is built; hatchling calls it, for editable installs too."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Babel would write the time of the build, and no two builds would be alike; hatchling dates files so too.
_CREATED = datetime(2020, 2, 2, tzinfo=UTC)


class CompileCatalogue(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `pixsession.mo` beside the `pixsession.po` that it is made of."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile; an error in the catalogue ends the build."""
        source = Path(self.root) / "pixsession" / "locale" / "fr" / "LC_MESSAGES" / "pixsession.po"
        compiled = source.with_suffix(".mo")
        # Whole or not at all: a program of this checkout may be starting right now.
        written = compiled.with_suffix(f".{os.getpid()}.tmp")
        with source.open("rb") as text, written.open("wb") as file:
            french = read_po(text, locale="fr")
            french.creation_date = _CREATED
            write_mo(file, french)
        written.replace(compiled)
