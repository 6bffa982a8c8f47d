"""Where a student is heading: the path to each objective, and the submissions as a small chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from pixsession.domain.board.snapshot import BoardRow, SentProfile
from pixsession.domain.lesson.aim_words import objective_name
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS, Objective, path_to, year_preset
from pixsession.domain.lesson.words import path_words, sparkline
from pixsession.domain.pix.competences import CODES, MAX_LEVEL, PIX_PER_LEVEL
from pixsession.domain.pix.eligibility import Rule
from pixsession.foundation.i18n import _, ngettext
from pixsession.ui.common.symbols import Symbols

_CHART = 24  # cells
_STEPS = 5  # of a way that are named


def objectives_content(row: BoardRow, objectives: Iterable[Objective], symbols: Symbols) -> Content:
    """Each objective: reached, or the shortest way there."""
    lines = []
    for objective in _of_the_year(row, tuple(objectives)):
        path = path_to(objective, row.profile)
        sign = {
            True: "+" if symbols.ascii_only else "✔",
            False: ">" if symbols.ascii_only else "→",
            None: "?",
        }
        colour = {True: "$state-eligible", False: "$foreground", None: "$board-calm"}[path.reached]
        lines.append(
            Content.assemble(
                (f"{sign[path.reached]} ", colour),
                (_(objective_name(objective)), "bold"),
                f" {symbols.point} ",
                (path_words(path, _STEPS), colour),
            )
        )
    return Content("\n").join([Content.styled(_("Objectives"), "bold $primary"), *lines])


def _of_the_year(row: BoardRow, objectives: tuple[Objective, ...]) -> tuple[Objective, ...]:
    """Of those that we propose, that of the student's year and the certification; others all stay."""
    year = year_preset(row.place or "")
    if year is None or objectives != tuple(OBJECTIVE_PRESETS.values()):
        return objectives
    return tuple(dict.fromkeys((OBJECTIVE_PRESETS[year], OBJECTIVE_PRESETS["certification"])))


def chart_content(profiles: Sequence[SentProfile], rule: Rule, symbols: Symbols) -> Content:
    """Pix and competences of the submissions, oldest on the left; nothing for a single one.

    `profiles` are newest first, as the history gives them.
    """
    if len(profiles) < 2:
        return Content("")
    oldest_first = list(reversed(profiles))
    pix = [None if sent.pix is None else float(sent.pix) for sent in oldest_first]
    counts = [float(sent.count_at(rule.min_level)) for sent in oldest_first]
    known = [value for value in pix if value is not None]
    most = min(max(known, default=1.0), float(len(CODES) * MAX_LEVEL * PIX_PER_LEVEL)) or 1.0
    first, last = oldest_first[0], oldest_first[-1]
    competences = ngettext("{n} competence", "{n} competences", last.count_at(rule.min_level))
    to = ">" if symbols.ascii_only else "→"
    return Content.assemble(
        (f"{sparkline(pix, _CHART, symbols.ascii_only, highest=most)}  ", "$primary"),
        f"{'?' if first.pix is None else first.pix} {to} {'?' if last.pix is None else last.pix} pix\n",
        (f"{sparkline(counts, _CHART, symbols.ascii_only, highest=float(len(CODES)))}  ", "$state-eligible"),
        f"{first.count_at(rule.min_level)} {to} {competences.format(n=last.count_at(rule.min_level))}\n",
    )
