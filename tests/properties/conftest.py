"""Hundreds of boards for each property, none of which is about how a database is opened."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module", autouse=True)
def shared(one_engine: None) -> None:
    """Every property has its boards in one DuckDB."""
