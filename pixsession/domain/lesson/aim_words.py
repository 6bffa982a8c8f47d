"""An objective in words: its name, and how far a student is from it in a few cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown

if TYPE_CHECKING:
    from pixsession.domain.lesson.aims import Aim
    from pixsession.domain.lesson.objectives import Objective, ObjectivePath


def objective_name(objective: Objective) -> str:
    """The name, fit to be painted; that of one that we propose is in the language in use."""
    return shown(_(objective.name))


def aim_name(aim: Aim) -> str:
    """What a board measures its students against."""
    return objective_name(aim.objective) if aim.objective else _("that of each year, by the class")


def aim_cell(path: ObjectivePath | None, ascii_only: bool = False) -> str:
    """A way in a few cells: reached, or how many competences are to go; empty: nothing is aimed at."""
    if path is None:
        return ""
    if path.reached is None:
        return "?"
    if path.reached:
        return "+" if ascii_only else "✔"
    count = len(path.steps)
    return ngettext("{n} to go", "{n} to go", count).format(n=count)
