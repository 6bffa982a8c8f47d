"""How many examples Hypothesis tries of a property: few each time, tenfold when asked for others."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings

_ALLOWED = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.function_scoped_fixture,
)
_TIMES = 10


def examples(count: int, **further: Any) -> settings:
    """`count` of them; `--hypothesis-profile=others` draws ten times as many, and other ones."""
    asked = count * _TIMES if settings.get_current_profile_name() == "others" else count
    return settings(max_examples=asked, suppress_health_check=_ALLOWED, **further)
