"""The sixteen competences by area: level, pix and a bar, with what each is short of the rule."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from textual.content import Content

from pixsession.domain.pix.competences import AREAS, CODES, COMPETENCES, PIX_PER_LEVEL, Area, Competence
from pixsession.domain.pix.eligibility import Profile, Rule, gaps
from pixsession.foundation.i18n import _
from pixsession.ui.common.line import Line, cut, justified
from pixsession.ui.common.symbols import UNICODE, Symbols

_MOST_LEVELS = 7  # what Pix gives today; a higher one fills the bar
_FIGURES = 22  # cells of a line beside the name: code 4, gap 1, bar 7, level 2, pix 4, what is short 4


class Form(Enum):
    """How much room the levels take."""

    AIRY = auto()  # as AREAS, with a blank line before each area
    AREAS = auto()  # one competence a line, under the name of its area
    LIST = auto()  # one competence a line
    COMPACT = auto()  # one area a line


class Levels(NamedTuple):
    """The competences of some areas, as lines: `areas` are their numbers, one after the other."""

    profile: Profile | None
    rule: Rule
    form: Form
    areas: str = "12345"
    symbols: Symbols = UNICODE

    @property
    def height(self) -> int:
        """How many lines these are."""
        competences = sum(len(_within(area)) for area in self._of_areas)
        areas = len(self.areas)
        return {
            Form.AIRY: 2 * areas + competences,
            Form.AREAS: areas + competences,
            Form.LIST: competences,
            Form.COMPACT: areas,
        }[self.form]

    @property
    def _of_areas(self) -> tuple[Area, ...]:
        return tuple(area for area in AREAS if area.number in self.areas)

    def _nearest(self) -> frozenset[str]:
        """Those to work on first catch the eye; the others only say how far they are."""
        if self.profile is None:
            return frozenset()
        still = self.rule.min_competences - self.profile.count_at(self.rule.min_level)
        nearest = gaps(self.profile, self.rule.min_level)[: max(0, still)]
        return frozenset(gap.competence for gap in nearest)

    def content(self, width: int) -> Content:
        """Full names where they fit, short ones elsewhere."""
        if self.form is Form.COMPACT:
            return Content("\n").join([self._row(area, width) for area in self._of_areas])
        nearest = self._nearest()
        names = [competence.name for area in self._of_areas for competence in _within(area)]
        in_full = max(map(len, names)) <= width - _FIGURES
        lines: list[Content] = []
        for area in self._of_areas:
            if self.form is Form.AIRY:
                lines.append(Content(""))
            if self.form is not Form.LIST:
                # One list under the other needs the names of the figures once.
                first = area is (AREAS if self.form is Form.AIRY else self._of_areas)[0]
                lines.append(self._area(area, width, named=first))
            lines += [self._competence(one, width, nearest, in_full=in_full) for one in _within(area)]
        return Content("\n").join(lines)

    def _area(self, area: Area, width: int, *, named: bool) -> Content:
        figures = _("lev. pix    ") if named else ""
        name = Content.styled(f"{area.number} {area.name}", "bold")
        return justified(name, Content.styled(figures, "$board-calm"), width, self.symbols.cut)

    def _competence(
        self, competence: Competence, width: int, nearest: frozenset[str], *, in_full: bool
    ) -> Content:
        level, pix = self._figures(competence)
        name = cut(competence.name if in_full else competence.short_name, width - _FIGURES, self.symbols.cut)
        known = level is not None
        return Content.assemble(
            (f"{competence.code} ", "$board-calm"),
            name,
            " " * (width - _FIGURES - name.cell_length + 1),
            self._bar(level, pix, _MOST_LEVELS),
            (f"{level if known else '—':>2}", "bold" if self._reached(level) else ""),
            (f"{'—' if pix is None else pix:>4}", "$board-calm"),
            (
                f"{self._short(level, pix):>4}",
                "bold $state-not-eligible" if competence.code in nearest else "$board-calm",
            ),
        )

    def _row(self, area: Area, width: int) -> Content:
        bar = max(1, min(4, (width - 3) // 4 - 5))  # four on a line, each with five cells of code and level
        cells = []
        for competence in _within(area):
            level, pix = self._figures(competence)
            figure = "—" if level is None else str(level)
            cells.append(
                Content.assemble(
                    (f"{competence.code} ", "$board-calm"),
                    self._bar(level, pix, bar),
                    (figure, "bold" if self._reached(level) else ""),
                )
            )
        return Content(" ").join(cells)

    def _figures(self, competence: Competence) -> tuple[int | None, int | None]:
        if self.profile is None:
            return None, None
        position = CODES.index(competence.code)
        return self.profile.levels[position], self.profile.competence_pix[position]

    def _reached(self, level: int | None) -> bool:
        return level is not None and level >= self.rule.min_level

    def _short(self, level: int | None, pix: int | None) -> str:
        if level is None or pix is None or self._reached(level):
            return ""
        missing = self.rule.min_level * PIX_PER_LEVEL - pix
        return self.symbols.plain(f"−{missing}") if missing > 0 else ""

    def _bar(self, level: int | None, pix: int | None, cells: int) -> Content:
        """Filled by the pix: half a cell a half level."""
        halves = min(2 * cells, int(_progress(level, pix) * 2 * cells / _MOST_LEVELS))
        if pix and not halves:
            halves = 1  # a beginning shows
        full, half, after, empty = self.symbols.bar
        bar = full * (halves // 2) + half * (halves % 2)
        left = cells - len(bar)
        track = (
            (after if left and halves > 0 and not halves % 2 else empty) + empty * (left - 1) if left else ""
        )
        colour = "$state-eligible" if self._reached(level) else "$board-calm"
        return Content.assemble((bar, colour), (track, "dim $board-calm"))


class LevelList(Line):
    """The competences of some areas."""

    def __init__(self, areas: str, *, symbols: Symbols) -> None:
        super().__init__()
        self._levels = Levels(None, Rule(), Form.AREAS, areas, symbols)

    def show(self, profile: Profile | None, rule: Rule, form: Form) -> None:
        """Another profile, or none; nothing is worked out again for the same one in the same form."""
        levels = self._levels._replace(profile=profile, rule=rule, form=form)
        if levels != self._levels:
            self._levels = levels
            self.styles.height = levels.height
            self.rewrite()

    def content_for(self, width: int) -> Content:
        """Full names where they fit, short ones elsewhere."""
        return self._levels.content(width)


def _within(area: Area) -> tuple[Competence, ...]:
    return tuple(competence for competence in COMPETENCES if competence.area == area.number)


def _progress(level: int | None, pix: int | None) -> float:
    """Levels with their fraction; the level alone where the pix do not fit it."""
    if level is None:
        return 0.0
    if pix is None or pix // PIX_PER_LEVEL != level:
        return float(level)
    return pix / PIX_PER_LEVEL
