"""What is asked before the file of a lesson is written: class or half-group by pointing, the objective."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pixsession.domain.lesson.aim_words import objective_name
from pixsession.domain.lesson.objectives import OBJECTIVE_PRESETS, year_preset
from pixsession.domain.lesson.places import PlaceOffer
from pixsession.domain.lesson.words import objective_words
from pixsession.foundation.i18n import _, ngettext
from pixsession.foundation.text import shown

Ask = Callable[[str], str]
Tell = Callable[[str], None]
_MOST_OFFERS = 40
_USUAL = "certification"


class LessonAnswers(NamedTuple):
    """Who a lesson is for, by names of classes and groups, and what it aims at, by OBJECTIVE_PRESETS.

    `keeps_rest`: day, title and all else may stay as they are proposed.
    """

    classes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    objective: str | None = None
    keeps_rest: bool = False

    @property
    def title(self) -> str:
        """The names of its groups, else of its classes; empty where none is named."""
        return ", ".join(self.groups or self.classes)


def lesson_asked(offers: Sequence[PlaceOffer], ask: Ask, tell: Tell) -> LessonAnswers:
    """The class or half-group pointed at, the objective of its year, and whether the rest may stay."""
    chosen = _pointed_at(offers, ask, tell)
    proposed = proposed_objective([place.name for place in chosen]) or _USUAL
    objective = _objective_asked(proposed, ask, tell)
    answers = LessonAnswers(
        tuple(place.name for place in chosen if not place.is_group),
        tuple(place.name for place in chosen if place.is_group),
        objective,
    )
    if not chosen:
        return answers
    question, default = _("Today, and the rest as proposed (n: answer the other questions)"), _("Enter")
    words = _("{question} [{default}]: ").format(question=question, default=default)
    return answers._replace(keeps_rest=not ask(words).strip())


def proposed_objective(places: Sequence[str]) -> str | None:
    """The objective of the year that the names tell; None: they tell none, or several."""
    found = {year_preset(name) for name in places}
    return found.pop() if len(found) == 1 else None


def _pointed_at(offers: Sequence[PlaceOffer], ask: Ask, tell: Tell) -> tuple[PlaceOffer, ...]:
    """One or several; none: everybody of the exports."""
    listed = offers[:_MOST_OFFERS]
    if not listed:
        return ()
    tell(_("Classes and half-groups in this folder:"))
    for line in _lines(listed):
        tell(line)
    question = _("Which ones (their numbers, with commas; 0: everybody)")
    while text := ask(_("{question} [{default}]: ").format(question=question, default="0")).strip():
        numbers = [part.strip() for part in text.split(",")]
        if numbers == ["0"]:
            return ()
        if all(part.isdecimal() and 0 < int(part) <= len(listed) for part in numbers):
            return tuple(dict.fromkeys(listed[int(part) - 1] for part in numbers))
        tell(_("it must be a number from 0 to {most}.").format(most=len(listed)))
    return ()


def _lines(offers: Sequence[PlaceOffer]) -> Iterator[str]:
    for number, place in enumerate(offers, 1):
        words = ngettext("{n} student", "{n} students", place.students).format(n=place.students)
        yield f"{number:>3}  {shown(place.name, 60)} · {words}"


def _objective_asked(proposed: str, ask: Ask, tell: Tell) -> str:
    names = list(OBJECTIVE_PRESETS)
    for number, name in enumerate(names, 1):
        objective = OBJECTIVE_PRESETS[name]
        tell(f"{number:>3}  {objective_name(objective)} · {objective_words(objective)}")
    question = _("Objective (its number)")
    default = names.index(proposed) + 1
    while text := ask(_("{question} [{default}]: ").format(question=question, default=default)).strip():
        if text in OBJECTIVE_PRESETS:
            return text
        if text.isdecimal() and 0 < int(text) <= len(names):
            return names[int(text) - 1]
        tell(_("it must be a number from 1 to {most}.").format(most=len(names)))
    return proposed
