"""The command line in this process, and a browser for what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pixsession.cli.program import main
from tests.e2e.browser import Browser, browser_in
from tests.e2e.runs import Outcome, Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The program in this process, in English unless it is told otherwise."""

    def here(*arguments: str | Path, lang: str | None = "en") -> Outcome:
        language = ["--lang", lang] if lang else []
        with pytest.raises(SystemExit) as leaving:
            main([*language, *map(str, arguments)])
        found = capsys.readouterr()
        assert "Traceback" not in found.out + found.err
        return Outcome(int(str(leaving.value.code)), found.out, found.err)

    return here


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One for all pages that are opened."""
    with browser_in(tmp_path_factory.mktemp("browser")) as opened:
        yield opened
