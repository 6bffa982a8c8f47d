"""Hundreds of boards for each property, none of which is about how a database is opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.factories.one_engine import share_one_engine


@pytest.fixture(scope="session", autouse=True)
def one_engine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        share_one_engine(patched)
        yield
