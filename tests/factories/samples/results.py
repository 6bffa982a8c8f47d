"""Certification results of a class and of a session as Pix writes them, of three forms, with their truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from pixsession.domain.people.students import name_key
from pixsession.domain.pix.certification import CertificationResult, ResultStatus
from pixsession.domain.pix.competences import CODES
from tests.factories.samples.names import draw_name
from tests.factories.samples.seeded_random import Dice
from tests.factories.samples.writer import BOM, Download

_LEVELS = ("-", "Novice 1", "Novice 2", "Indépendant 1", "Indépendant 2", "Avancé 1", "Avancé 2", "Expert 1")
_STEPS = (64, 128, 256, 384, 512, 640, 768)
_WORDS = {
    ResultStatus.VALIDATED: "Validée",
    ResultStatus.REJECTED: "Non obtenue",
    ResultStatus.CANCELLED: "Annulée",
    ResultStatus.ERROR: "En erreur",
    ResultStatus.STARTED: "Démarrée",
}
_PLACES = ("Lyon", "SAINT-ÉTIENNE", "Nantes; Rezé", 'Le "Mans"', "L'Haÿ-les-Roses", "")
_COMMENTS = ("", "", "Le candidat a quitté la salle ; sans retour.", 'Vu avec "le centre"')


class ResultForm(Enum):
    """The forms results have had; the value is the month since when."""

    WITH_STATUS = "2021-03"
    ONE_RESULT = "2026-03"  # "266 pix", or a level of Pix+ in words
    LEVEL_AND_SCORE = "2026-04"


@dataclass(frozen=True, slots=True)
class Certified:
    """One test of someone who does not exist. `levels` are None where nothing was asked."""

    number: int
    last_name: str
    first_name: str
    birth_date: date
    birth_place: str
    external_id: str
    status: ResultStatus
    pix: int
    levels: tuple[int | None, ...]
    comment: str = ""
    complementary: tuple[tuple[str, ResultStatus | None], ...] = ()
    type: str = "Pix"
    plus_level: str = ""  # Pix+: the level in words, there being no score


@dataclass(frozen=True, slots=True)
class CertifiedSession:
    """One certification session that never was."""

    number: int
    centre: str
    start: datetime


SESSION = CertifiedSession(431962, "Collège de la Lune-Rousse", datetime(2026, 3, 19, 9, 0))  # noqa: DTZ001


@dataclass(frozen=True, slots=True)
class ResultFile(Download):
    """One file of results; `truth` in the order of the file, worked out from the tests."""

    truth: tuple[CertificationResult, ...]


def certified(count: int, seed: int, labels: Sequence[str] = ()) -> tuple[Certified, ...]:
    """That many tests, three in four validated; with further certifications of these labels for some."""
    dice = Dice(seed)
    others = (*[status for status in ResultStatus if status is not ResultStatus.VALIDATED],)
    found = []
    for number in range(count):
        last, first = draw_name(dice, awkward=0.1)
        status = ResultStatus.VALIDATED if dice.chance(0.75) else dice.pick(others)
        levels = tuple(dice.between(0, 7) if dice.chance(0.6) else None for _code in CODES)
        further = tuple((label, dice.pick((None, *others[:2], ResultStatus.VALIDATED))) for label in labels)
        found.append(
            Certified(
                3_900_500 + 3 * number, last, first, date(2010, 1, 1) + timedelta(dice.between(0, 800)),
                dice.pick(_PLACES), dice.pick(("", "4209", "EXT;102", "=A1")), status,
                sum(8 * (level or 0) for level in levels) + dice.between(0, 60), levels,
                dice.pick(_COMMENTS), further,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda test: (name_key(test.last_name), name_key(test.first_name))))


def session_results(
    tests: Sequence[Certified],
    form: ResultForm,
    session: CertifiedSession = SESSION,
    *,
    without_competences: bool = False,
) -> ResultFile:
    """The results of a session; files with Pix+ alone have neither score nor competences."""
    name = f"{session.start:%Y%m%d_%H%M}_resultats_session_{session.number}.csv"
    shape = _Shape(form, session, with_centre=True, without_competences=without_competences)
    return shape.file(tests, name, None, session.start + timedelta(days=12))


def class_results(
    tests: Sequence[Certified],
    form: ResultForm,
    division: str,
    downloaded_at: datetime,
    session: CertifiedSession = SESSION,
) -> ResultFile:
    """The results of a class, downloaded in Pix Orga; the class must do without "/", "&" and the like."""
    name = f"{downloaded_at:%Y%m%d}_resultats_{division}.csv"
    shape = _Shape(form, session, with_centre=False, without_competences=False)
    return shape.file(tests, name, division, downloaded_at)


def _level_word(test: Certified) -> str:
    if test.plus_level or test.status is not ResultStatus.VALIDATED:
        return test.plus_level or "-"
    return _LEVELS[sum(test.pix >= step for step in _STEPS)]


def _text(value: str | int | None) -> str:
    """One cell: numbers bare, text quoted, nothing for what is not there; formula signs stay."""
    if value is None or value == "":
        return ""
    return str(value) if isinstance(value, int) else '"' + value.replace('"', '""') + '"'


class _Shape:
    """The columns of one file, and its rows."""

    def __init__(
        self, form: ResultForm, session: CertifiedSession, *, with_centre: bool, without_competences: bool
    ) -> None:
        self._form, self._session = form, session
        self._centre, self._no_competences = with_centre, without_competences

    def file(
        self, tests: Sequence[Certified], name: str, division: str | None, downloaded_at: datetime
    ) -> ResultFile:
        """The file of these tests, without a line end at its end."""
        labels = [label for label, _status in tests[0].complementary] if tests and self._centre else []
        lines = [";".join(map(_text, self.headers(labels)))]
        truth, line = [], 2
        for test in tests:
            text = ";".join(map(_text, self._cells(test, labels)))
            truth.append(self._truth(test, line, division, labels))
            lines.append(text)
            line += 1 + text.count("\n")
        return ResultFile(name, BOM + "\n".join(lines).encode(), downloaded_at, tuple(truth))

    def headers(self, labels: Sequence[str]) -> list[str]:
        """The header row, in Pix's order."""
        row = ["Numéro de certification", "Prénom", "Nom", "Date de naissance", "Lieu de naissance"]
        row.append("Identifiant Externe")
        row += [] if self._form is ResultForm.WITH_STATUS else ["Type de certification"]
        row += ["Statut", *[f"Certification {label}" for label in labels]]
        row += {
            ResultForm.WITH_STATUS: ["Nombre de Pix"],
            ResultForm.ONE_RESULT: ["Résultat"],
            ResultForm.LEVEL_AND_SCORE: ["Niveau"] + ([] if self._no_competences else ["Score en Pix"]),
        }[self._form]
        row += [] if self._no_competences else CODES
        row += ["Commentaire jury pour l’organisation", "Session"]
        row += ["Centre de certification"] if self._centre else []
        return [*row, "Date de passage de la certification"]

    def _cells(self, test: Certified, labels: Sequence[str]) -> list[str | int | None]:
        born, day = f"{test.birth_date:%d/%m/%Y}", f"{self._session.start:%d/%m/%Y}"
        cells: list[str | int | None] = [test.number, test.first_name, test.last_name, born]
        cells += [test.birth_place, test.external_id]
        cells += [] if self._form is ResultForm.WITH_STATUS else [test.type]
        words = dict(test.complementary)
        cells.append(self._word(test.status))
        cells += [self._word(status) if (status := words[label]) else "Non passée" for label in labels]
        score = self._score(test)
        shown = "-" if score is None else score
        if self._form is ResultForm.ONE_RESULT:
            cells.append(test.plus_level or ("-" if score is None else f"{score} pix"))
        elif self._form is ResultForm.LEVEL_AND_SCORE:
            cells += [_level_word(test), *([] if self._no_competences else [shown])]
        else:
            cells.append(shown)
        if not self._no_competences:
            cells += ["-" if level is None else level for level in self._levels(test)]
        cells += [test.comment, self._session.number]
        cells += [self._session.centre] if self._centre else []
        return [*cells, day]

    def _word(self, status: ResultStatus) -> str:
        if status is ResultStatus.REJECTED and self._form is ResultForm.WITH_STATUS:
            return "Rejetée"
        return _WORDS[status]

    def _score(self, test: Certified) -> int | None:
        if test.plus_level or test.status not in {ResultStatus.VALIDATED, ResultStatus.REJECTED}:
            return None
        return test.pix if test.status is ResultStatus.VALIDATED else 0

    def _levels(self, test: Certified) -> tuple[int | None, ...]:
        return test.levels if test.status is ResultStatus.VALIDATED else (None,) * len(CODES)

    def _truth(
        self, test: Certified, line: int, division: str | None, labels: Sequence[str]
    ) -> CertificationResult:
        old = self._form is ResultForm.WITH_STATUS
        level = _level_word(test) if self._form is ResultForm.LEVEL_AND_SCORE else test.plus_level
        return CertificationResult(
            line=line,
            certification_number=str(test.number),
            last_name=test.last_name,
            first_name=test.first_name,
            division=division,
            birth_date=test.birth_date.isoformat(),
            birth_place=test.birth_place or None,
            external_id=test.external_id or None,
            type=None if old else test.type,
            status=test.status,
            level_label=None if old or level in {"-", ""} else level,
            score=None if self._no_competences else self._score(test),
            levels=() if self._no_competences else self._levels(test),
            comment=test.comment or None,
            session=str(self._session.number),
            centre=self._session.centre if self._centre else None,
            date=self._session.start.date().isoformat(),
            complementary=tuple((label, dict(test.complementary)[label]) for label in labels),
        )
