"""The command line in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from pixsession.cli.program import main
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
