"""What hypothesis draws: schools full of namesakes, and everything that can happen to a file of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from pixsession.domain.board.snapshot import Snapshot
from pixsession.domain.pix.eligibility import Rule
from pixsession.engine.read_once import check_folder
from pixsession.settings.config import BoardRequest
from tests.factories.exports import MORNING, pix_of, put
from tests.factories.samples import LANGUAGES, Generation, Layout, Participation, Send, Student

LAST_NAMES = ("BERGER", "Berger", "LE GALL", "O'NEIL", "=SOREL", "MARTY; ÉP. X", "D’ESPARRON", "NA")
FIRST_NAMES = ("Camille", "Zoé", "-Lou")
DIVISIONS = ("3eA", "3e A", "301", "3e1", "")
GROUPS = ("L1 TD1", "L1 TD2", "")
IDS = ("A1", "A2", "0123", "lou@exemple.fr", "")


@st.composite
def lives(draw: st.DrawFn, moment: datetime) -> tuple[Participation, ...]:
    """What one student did before this moment: up to three sends, then perhaps a participation pending."""
    minutes = draw(st.lists(st.sampled_from((3, 4, 61, 60 * 24, 60 * 24 * 3)), max_size=3))
    lines = [
        Participation(moment - timedelta(minutes=before + 1), _send(draw, moment - timedelta(minutes=before)))
        for before in sorted(minutes, reverse=True)
    ]
    if not lines or draw(st.booleans()):
        lines.append(Participation(moment - timedelta(minutes=1)))
    return tuple(lines)


def _send(draw: st.DrawFn, at: datetime) -> Send:
    pix = pix_of(
        draw(st.sampled_from((3, 4, 4, 5, 5, 6))),
        each=draw(st.sampled_from((8, 9, 17))),
        rest=draw(st.sampled_from((0, 7))),
    )
    claim = draw(st.sampled_from((None, None, None, None, None, 4, 5)))
    return Send(at, pix, draw(st.integers(-3, 3)), claimed_count=claim)


@st.composite
def schools(draw: st.DrawFn, moment: datetime, most: int = 8) -> tuple[Student, ...]:
    """Students of one or two names, classes, groups and identifiers, so that many are alike."""
    few = [
        draw(st.lists(st.sampled_from(texts), min_size=1, max_size=2))
        for texts in (LAST_NAMES, FIRST_NAMES, DIVISIONS, GROUPS, IDS)
    ]
    students = []
    for number in range(draw(st.integers(1, most))):
        last, first, division, group, external_id = [draw(st.sampled_from(texts)) for texts in few]
        student_number = draw(st.sampled_from(("", "", f"{22_000_000 + number:09}")))
        extras = (draw(st.sampled_from(("Cycle 4", ""))), f"{number:03}")
        life = draw(lives(moment))
        student = Student(last, first, life, division, None, group, student_number, external_id, extras)
        students.append(student)
    return tuple(students)


generations = st.sampled_from(list(Generation))


def meant(layout: Layout, generation: Generation) -> Layout:
    """Where an export has no column of classes, one that asks students for their "Classe" has one."""
    asks = layout.external_id == "Classe" and not layout.within(generation).division
    return replace(layout, external_id="Votre classe") if asks else layout


layouts = st.builds(
    Layout,
    division=st.booleans(),
    group=st.booleans(),
    student_number=st.booleans(),
    external_id=st.sampled_from((None, None, "Identifiant", "Classe", "Code", "Nom du Participant")),
    extra_columns=st.sampled_from(((), (), ("Cycle",), ("", "Rang"), ("Cycle", ""))),
    language=st.sampled_from(sorted(LANGUAGES)),
    competence_names=st.sampled_from((None, None, tuple(f"Skill {number}" for number in range(16)))),
)


@contextmanager
def board_from(*files: tuple[str, bytes, datetime]) -> Iterator[Snapshot]:
    """The board of a folder with these files."""
    with TemporaryDirectory() as folder:
        for name, content, at in files:
            put(Path(folder), name, content, at)
        yield check_folder(BoardRequest(Path(folder), Rule()), lambda: MORNING)


@dataclass(frozen=True, slots=True)
class Marked:
    """A sheet whose columns remember what they were, whatever becomes of their labels.

    `origins` gives, for each column, its place in the file as it was.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    origins: tuple[int, ...]

    def cells(self, row: tuple[str, ...], origin: int) -> list[str]:
        """The cells of a row that were once in this column."""
        return [row[place] for place, found in enumerate(self.origins) if found == origin]

    def in_order(self, places: list[int]) -> Marked:
        """The columns at these places, in this order; a column may come twice, or not at all."""
        header, *rows = [tuple(cells[place] for place in places) for cells in (self.header, *self.rows)]
        return Marked(header, tuple(rows), tuple(self.origins[place] for place in places))

    def with_cell(self, row: int, column: int, text: str) -> Marked:
        """Another text in one cell; row -1 is the header."""
        cells = list(self.header if row < 0 else self.rows[row])
        cells[column] = text
        if row < 0:
            return replace(self, header=tuple(cells))
        return replace(self, rows=(*self.rows[:row], tuple(cells), *self.rows[row + 1 :]))


# Texts that could be mistaken for something.
TRICKY = (
    "", " ", "NA", "Oui", "Non", "O", "Yes", "Geen", "0", "1", "2", "3", "5", "8", "9", "16", "56", "999",
    "-1", "1,0", "1,5", "12/03/2026 09:31", "2026-03-12", "31/12/2099 23:59", "01/01/2020 00:00", "BERGER",
    "Camille", "3eA", "301", "A1", "'=1+1", '"', ";", "a;b", "a\nb", "\x00", "\u202e", "é", "’", "Classe",
    "Groupe", "Code",
    "Envoi (O/N)", "Sent (Y/N)", "Certifiable (O/N)", "Nombre de pix total", "Nom du Participant",
    "Nombre de compétences certifiables", "Prénom du Participant", "ID Campagne", "Date de l'envoi",
    "Niveau pour la compétence Interagir", "Nombre de pix pour la compétence Interagir",
    "Niveau pour la compétence Collaborer", "Niveau pour la compétence X",
)  # fmt: skip
NUMBERS = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "16", "NA", "Oui", "Non")
texts = st.sampled_from(TRICKY) | st.text(max_size=12)


@st.composite
def damaged(draw: st.DrawFn, sheet: Marked, most: int = 3) -> Marked:
    """The sheet after a few things went wrong with its cells, rows and columns."""
    for _ in range(draw(st.integers(1, most))):
        sheet = _hurt(draw, sheet)
    return sheet


_HARMS = (
    "result",
    "result",
    "result",
    "cell",
    "cell",
    "label",
    "label",
    "swap",
    "rows",
    "row",
    "columns",
    "column",
)


def _hurt(draw: st.DrawFn, sheet: Marked) -> Marked:
    columns, rows = list(range(len(sheet.header))), list(sheet.rows)
    match draw(st.sampled_from(_HARMS)):
        case "cell" if rows:
            return sheet.with_cell(
                draw(st.integers(0, len(rows) - 1)), draw(st.sampled_from(columns)), draw(texts)
            )
        case "result" if rows:  # the last cells of the row, of all those that decide the likeliest to deceive
            column = draw(st.integers(len(columns) * 2 // 9, len(columns) - 1))
            return sheet.with_cell(
                draw(st.integers(0, len(rows) - 1)), column, draw(st.sampled_from(NUMBERS))
            )
        case "label":
            return sheet.with_cell(-1, draw(st.sampled_from(columns)), draw(texts))
        case "swap":
            one, other = draw(st.sampled_from(columns)), draw(st.sampled_from(columns))
            swapped = sheet.with_cell(-1, one, sheet.header[other])
            return swapped.with_cell(-1, other, sheet.header[one])
        case "rows":
            return replace(sheet, rows=tuple(draw(st.permutations(rows))))
        case "row" if rows:
            place = draw(st.integers(0, len(rows) - 1))
            times = draw(st.sampled_from((0, 2)))
            return replace(sheet, rows=(*rows[:place], *[rows[place]] * times, *rows[place + 1 :]))
        case "columns":
            start, length, to = (draw(st.sampled_from(columns)) for _ in range(3))
            moved, rest = columns[start : start + length], columns[:start] + columns[start + length :]
            return sheet.in_order(rest[:to] + moved + rest[to:])
        case "column":
            place, to = draw(st.sampled_from(columns)), draw(st.sampled_from(columns))
            twice = draw(st.booleans())
            rest = columns if twice else [column for column in columns if column != place]
            return sheet.in_order(rest[:to] + [place] * twice + rest[to:])
        case _:
            return sheet
