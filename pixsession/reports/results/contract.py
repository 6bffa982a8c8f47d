"""The bilan for programs: `pixsession/results/1`."""

from __future__ import annotations

from typing import Any

from pixsession.domain.results.figures import Group, Levels, Scores
from pixsession.domain.results.review import Review
from pixsession.reports.render.json import as_json


def results_json(review: Review) -> str:
    """One object; means and quartiles to two decimals."""
    years = [
        {"year": year, "groups": [_group(group) for group in review.groups if group.year == year]}
        for year in review.years
    ]
    names = [str(n) for n, _file in enumerate(review.files, 1)] if review.is_anonymous else None
    files = [
        {"name": names[place] if names else file.name, "status": file.status}
        for place, file in enumerate(review.files)
    ]
    return as_json({"schema": "pixsession/results/1"}, years=years, files=files)


def _group(group: Group) -> dict[str, Any]:
    return {
        "by": group.by.value,
        "name": group.name,
        "candidates": group.candidates,
        "obtained": group.obtained,
        "rejected": group.rejected,
        "cancelled": group.cancelled,
        "error": group.error,
        "started": group.started,
        "score": _score(group.scores),
        "labels": dict(group.labels),
        "competences": {code: _levels(levels) for code, levels in group.competences_told},
        "areas": {number: {"n": n, "mean": round(mean, 2)} for number, n, mean in group.areas_told()},
    }


def _score(scores: Scores | None) -> dict[str, Any] | None:
    if scores is None:
        return None
    rounded = {
        "mean": scores.mean,
        "median": scores.median,
        "q1": scores.q1,
        "q3": scores.q3,
    }
    return {
        "n": scores.n,
        **{name: round(value, 2) for name, value in rounded.items()},
        "min": scores.minimum,
        "max": scores.maximum,
    }


def _levels(levels: Levels) -> dict[str, Any]:
    return {
        "n": levels.n,
        "mean": None if levels.mean is None else round(levels.mean, 2),
        "at_least_1": levels.at_least_1,
        "at_least_3": levels.at_least_3,
    }
