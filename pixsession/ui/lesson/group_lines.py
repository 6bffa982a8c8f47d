"""What a group should work on, as lines: the same figures as on the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from pixsession.domain.lesson.choice import Choice
from pixsession.domain.lesson.mastery import Share
from pixsession.domain.lesson.targeted import TargetedPlan, TargetedSession
from pixsession.domain.lesson.words import (
    can_reach_words,
    choice_words,
    missing_words,
    objective_words,
    plan_words,
    progress_bar,
)
from pixsession.domain.pix.competences import BY_CODE
from pixsession.foundation.i18n import _
from pixsession.ui.common.line import cut
from pixsession.ui.common.symbols import Symbols

_BAR = 14  # cells


def targeted_lines(plan: TargetedPlan, width: int, symbols: Symbols) -> Iterator[Content]:
    """Each group with its competence, who is called, who can help; last what they would reach."""
    yield Content.styled(objective_words(plan.objective), "$board-calm")
    yield Content("")
    for number, session in enumerate(plan.sessions):
        yield from _session(chr(ord("A") + number), session, width, symbols)
        yield Content("")
    yield Content.styled(plan_words(plan), "bold")


def _session(letter: str, session: TargetedSession, width: int, symbols: Symbols) -> Iterator[Content]:
    name = BY_CODE[session.competence].name
    yield Content.assemble((f"{letter}  ", "bold $accent"), (f"{session.competence} {name}", "bold"))
    dot = f" {symbols.point} "
    called = [f"{one.row.shown_name} {_signed(missing_words(one), symbols)}" for one in session.students]
    yield from (Content(f"   {line}") for line in _flowed(called, dot, width - 3))
    helpers = dot.join(row.shown_name for row in session.helpers) or _("nobody known of")
    yield Content.styled(f"   {_('can help: {names}').format(names=helpers)}", "$state-eligible")


def _flowed(parts: Sequence[str], dot: str, width: int) -> Iterator[str]:
    """The parts on as many lines as they need; none of them is broken."""
    line = ""
    for part in parts:
        longer = f"{line}{dot}{part}" if line else part
        if line and cell_len(longer) > width:
            yield line
            longer = part
        line = longer
    if line:
        yield line


def choice_lines(choice: Choice, width: int, symbols: Symbols) -> Iterator[Content]:
    """Those to choose, best first, then the others."""
    yield Content.styled(choice_words(choice), "$board-calm")
    yield Content("")
    for share in choice.chosen:
        yield _share(share, choice, "bold", width, symbols)
    if choice.others:
        yield Content("")
        yield Content.styled(_("Then:"), "$board-calm")
    for share in choice.others:
        yield _share(share, choice, "", width, symbols)


def _share(share: Share, choice: Choice, style: str, width: int, symbols: Symbols) -> Content:
    """A bar of those who can, then the competence: the figures stand under one another."""
    bar = progress_bar(share.able / share.known, _BAR, symbols.ascii_only)
    figures = f"{share.able}/{share.known}".rjust(6)
    name = f"{share.competence} {BY_CODE[share.competence].name}"
    line = Content.assemble((bar, "$primary"), (figures, style), "  ", (name, style))
    mean = Content.styled(f"  {can_reach_words(share, choice.evidence)}", "$board-calm")
    return cut(line + mean, width, symbols.cut)


def _signed(text: str, symbols: Symbols) -> str:
    return text.replace("−", "-") if symbols.ascii_only else text
