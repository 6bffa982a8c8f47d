"""The columns of the sixteen competences: by name, else by their place, never by a guess."""

from __future__ import annotations

import pytest

from pixsession.domain.pix.competences import CODES, COMPETENCES
from pixsession.readers.campaign.headers import NoteKind, read_layout
from tests.factories.samples import Generation, Layout, headers

NOW = Generation.PARIS_MINUTES
SENT = "Envoi (O/N)"
ENGLISH = tuple(f"Competence number {code}" for code in CODES)
LEVELS = [f"Niveau pour la compétence {competence.name}" for competence in COMPETENCES]
SCORES = [f"Nombre de pix pour la compétence {competence.name}" for competence in COMPETENCES]


@pytest.mark.parametrize("placeholder", ["{naam}", "", "{{name}}"])
def test_sixteen_times_the_same_placeholder_is_the_order_of_pix(placeholder: str) -> None:
    header = headers(NOW, Layout(competence_names=(placeholder,) * 16))
    found = read_layout(header)
    assert found.is_whole
    assert list(found.levels) == sorted(position for position in found.levels if position is not None)
    assert [note.kind for note in found.notes] == [NoteKind.BY_ORDER]


def test_sixteen_unknown_names_are_the_order_of_pix() -> None:
    found = read_layout(headers(NOW, Layout(language="en", competence_names=ENGLISH)))
    assert found.is_whole
    assert [note.kind for note in found.notes] == [NoteKind.BY_ORDER]


def test_one_unknown_name_at_its_place_is_taken_and_reported() -> None:
    names = [competence.name for competence in COMPETENCES]
    names[1] = "Dompter des tableurs"
    plain = read_layout(headers(NOW, Layout()))
    found = read_layout(headers(NOW, Layout(competence_names=tuple(names))))
    assert (found.levels, found.competence_pix) == (plain.levels, plain.competence_pix)
    (note,) = found.notes
    assert (note.kind, note.code) == (NoteKind.BY_PLACE, "1.2")
    assert "Dompter des tableurs" in note.label


def test_an_unknown_name_out_of_place_is_reported_and_its_level_is_unknown() -> None:
    names = [competence.name for competence in COMPETENCES]
    names[0], names[1], names[2] = names[2], "Dompter des tableurs", names[0]
    found = read_layout(headers(NOW, Layout(competence_names=tuple(names))))
    assert [code for code, at in zip(CODES, found.levels, strict=True) if at is None] == ["1.2"]
    assert [note.kind for note in found.notes] == [NoteKind.UNKNOWN_COMPETENCE]
    assert not found.is_whole


def test_a_seventeenth_competence_is_reported_and_the_sixteen_are_read() -> None:
    header = [
        *headers(NOW, Layout()),
        "Niveau pour la compétence Dompter",
        "Nombre de pix pour la compétence Dompter",
    ]
    found = read_layout(header)
    assert found.is_whole
    assert [(note.kind, note.label) for note in found.notes] == [
        (NoteKind.UNKNOWN_COMPETENCE, "Niveau pour la compétence Dompter")
    ]


def test_a_competence_standing_twice_is_read_once() -> None:
    header = [*headers(NOW, Layout()), "Niveau pour la compétence Interagir"]
    found = read_layout(header)
    assert found.levels == read_layout(headers(NOW, Layout())).levels
    assert len(found.notes) == 1


def test_straight_apostrophes_in_the_names_of_2017() -> None:
    names = tuple(competence.name.replace("’", "'") for competence in COMPETENCES)
    found = read_layout(headers(NOW, Layout(competence_names=names)))
    assert found.is_whole
    assert not found.notes


@pytest.mark.parametrize(
    ("missing", "is_whole"), [([], True), (LEVELS[3:4], False), (SCORES[3:4], False), (SCORES, False)]
)
def test_a_header_is_whole_with_both_columns_of_each_competence(missing: list[str], is_whole: bool) -> None:
    header = [label for label in headers(NOW, Layout()) if label not in missing]
    assert read_layout(header).is_whole is is_whole


def test_a_competence_moved_among_the_free_columns_is_still_read() -> None:
    rest = [label for label in headers(NOW, Layout()) if label != LEVELS[3]]
    at = rest.index(SENT)
    moved = [*rest[:at], LEVELS[3], *rest[at:]]
    found = read_layout(moved)
    assert [moved[place] for place in found.levels if place is not None] == LEVELS
    assert found.notes == ()


def test_competences_in_another_order_are_known_by_name() -> None:
    header = headers(NOW, Layout())
    one, other = header.index(LEVELS[0]), header.index(LEVELS[1])
    header[one], header[other] = header[other], header[one]
    found = read_layout(header)
    assert found.levels[:3] == (other, one, header.index(LEVELS[2]))
    assert found.is_whole
    assert found.notes == ()


@pytest.mark.parametrize("known", [0, 1, 15])
def test_each_unknown_name_is_told_with_the_competence_of_its_place(known: int) -> None:
    """All of them unknown are another language, told once with the first label."""
    names = (*[competence.name for competence in COMPETENCES[:known]], *ENGLISH[known:])
    header = headers(NOW, Layout(competence_names=names))
    notes = [tuple(note) for note in read_layout(header).notes]
    labels = [f"Niveau pour la compétence {name}" for name in ENGLISH]
    if known:
        told = zip(labels[known:], CODES[known:], strict=True)
        assert notes == [(NoteKind.BY_PLACE, label, code) for label, code in told]
    else:
        assert notes == [(NoteKind.BY_ORDER, labels[0], "")]
