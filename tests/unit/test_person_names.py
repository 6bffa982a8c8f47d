"""Names taken apart: what of a spelling is compared, and when one name stands in another one."""

from __future__ import annotations

from typing import Any

import pytest

from pixsession.domain.people.person_names import Name, includes, includes_whole, name_of, significant

USED = ("DUPONT", "Emma", "MARTIN", ("Louise", "Anne"))
ABROAD = ("MARTINEAU-HOARAU", "Émile", None, ("Milan",))
LONG = ("DE LA ROCHEFOUCAULD-MONTBEL", "Marie Anne")


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@pytest.mark.parametrize(
    ("longer", "shorter", "whether", "without_a_doubt"),
    [
        (("MARTIN", "Léo"), ("Martin", "LEO"), True, True),
        (("MARTIN", "Léo"), ("LEO", "Martin"), True, True),
        (("MARTIN", "Léo Paul"), ("MARTIN", "Léo"), True, True),
        (("MARTIN", "Léo"), ("MARTIN", "Léo Paul"), False, False),
        (("MARTIN-ROUX", "Léo"), ("ROUX", "Léo"), True, True),
        (("MARTIN", "Léo"), ("MARTIN", "Léa"), False, False),
        (("MARTIN", "Louis"), ("MARTIN", "Louise"), False, False),
        (("MARTIN", "Louise"), ("MARTIN", "Louis"), False, False),
        # A word of the last and another one of the first name, of either.
        (("THOMAS-MARTIN", "Lucie"), ("MARTIN", "Thomas"), False, False),
        (("MARTIN", "Thomas Lucie"), ("THOMAS", "Lucie"), False, False),
        (("MARTIN", "Thomas Lucie"), ("THOMAS LUCIE", ""), False, False),
        (("MARTIN", "Thomas L"), ("MARTIN-THOMAS", "L"), False, False),
        (("MARTIN", "Martin Paul"), ("MARTIN", "Martin"), False, False),
        (("MARTIN", "Martin Paul"), ("MARTIN", "Paul"), True, True),
        (("MARTIN", "Léo"), ("MARTIN", ""), False, False),
        (("MARTIN", "Léo"), ("", "Léo"), False, False),
        (("", "Martin Léo"), ("MARTIN", "Léo"), False, False),
        (("", ""), ("", ""), False, False),
        # Particles and initials tell nobody, and are needed where they stand.
        (("DE LA TOUR", "Emma"), ("TOUR", "Emma"), True, True),
        (("TOUR", "Emma"), ("DE LA TOUR", "Emma"), False, False),
        (("DE LA TOUR", "Emma"), ("DE", "Emma"), False, False),
        (("MARTIN", "L Paul"), ("MARTIN", "L"), False, False),
        # What is about a name is none of it; a name that is nothing else stays one.
        (("LAMOTTE née CARREL", "Ana"), ("CARREL", "Ana"), True, True),
        (("CARREL LAMOTTE", "Ana"), ("LAMOTTE épouse CARREL", "Ana"), True, True),
        (("NÉE", "Ana Lou"), ("NEE", "Ana"), True, True),
        # A last initial or dots abbreviate: the rest of some word that is not accounted for.
        (LONG, ("DE LA ROCHEFOUCAULD-M.", "Marie"), True, True),
        (LONG, ("DE LA ROCHEFOUCAULD M", "Marie"), True, True),
        (LONG, ("DE LA ROCHEFOUCAULD-MON...", "Marie"), True, True),
        (LONG, ("DE LA ROCHEFOUCAULD-MON… ", "Marie"), True, True),
        (LONG, ("DE LA ROCHEFOUCAULD-MON", "Marie"), False, False),
        (LONG, ("DE LA ROCHEFOUCAULD-MAN…", "Marie"), False, False),
        (LONG, ("DE LA ROCHEFOUCAULD-M.", "Marie A."), True, True),
        (LONG, ("DE LA ROCHEFOUCAULD-M.", "Marie B."), False, False),
        (LONG, ("DE LA ROCHEFOUCAULD-B.", "Marie A."), False, False),
        (("ROCHEFOUCAULD", "Marie"), ("ROCHEFOUCAULD-M.", "Marie"), False, False),
        (("ROCHEFOUCAULD-MONTBEL", "Anne"), ("ROCH…", "Anne"), False, False),
        (("ROCHEFOUCAULD-MONTBEL", "Anne"), ("R", "Anne"), False, False),
        (("MARTIN", "Jean-Baptiste"), ("MARTIN", "Jean-Bap…"), True, True),
        (("MARTIN", "Jean-Baptiste"), ("MARTIN", "Jean"), True, False),
        # No hyphenated first name is broken.
        (("MARTIN", "Marie-Lou"), ("MARTIN", "Marie"), True, False),
        (("MARTIN", "Marie‑Lou"), ("MARTIN", "Lou"), True, False),
        (("MARTIN", "Marie - Lou"), ("MARTIN", "Marie"), True, False),
        (("MARTIN", "Marie-Lou"), ("MARTIN", "Marie Lou"), True, True),
        (("MARTIN", "Marie-Lou Anne"), ("MARTIN", "Lou Marie"), True, True),
        (("MARTIN", "Anne Marie-Lou"), ("MARTIN", "Anne"), True, True),
        (("MARTIN", "Anne Marie-Lou"), ("MARTIN", "Anne Marie"), True, False),
        (("MARTIN", "Émile", None, ("Jean-Luc",)), ("MARTIN", "Jean"), True, False),
        (("MARTIN", "Émile", None, ("Jean-Luc",)), ("MARTIN", "Jean-Luc"), True, True),
        # Part of the last or the usual first name may be left out, not of both.
        (ABROAD, ("HOARAU", "Milan"), True, False),
        (ABROAD, ("HOARAU", "Émile"), True, True),
        (ABROAD, ("MARTINEAU-HOARAU", "Milan"), True, True),
        # Each last name stands for itself, with the first name alone.
        (USED, ("MARTIN", "Louise"), True, True),
        (USED, ("DUPONT", "Anne"), True, True),
        (("DUPONT", "Emma Zoé"), USED, True, True),
        (("MARTIN", "Emma Zoé"), USED, True, True),
        (("DURAND", "Emma Zoé"), USED, False, False),
    ],
)
def test_one_name_in_another(longer: Any, shorter: Any, whether: bool, without_a_doubt: bool) -> None:
    assert includes(name_of(*longer), name_of(*shorter)) is whether
    assert includes_whole(name_of(*longer), name_of(*shorter)) is without_a_doubt


def exact(*written: Any) -> set[tuple[str, str]]:
    return set(name_of(*written).exact)


def test_a_name_to_the_letter_has_no_spaces_and_stands_once_for_each_last_name() -> None:
    assert exact("LE GOFF", "Maï Lou") == {("legoff", "mailou")}
    assert exact(*USED) == {
        ("dupont", "emma"), ("dupont", "emmalouiseanne"), ("martin", "emma"), ("martin", "emmalouiseanne"),
    }  # fmt: skip
    assert exact("DUPONT", "Emma", None, ("Louise",)) == {("dupont", "emma"), ("dupont", "emmalouise")}
    assert exact("", "Emma", "MARTIN") == {("martin", "emma")}
    assert exact("DUPONT", "") == exact("", "Emma") == exact("DUPONT", "-") == set()
    assert exact("LAMOTTE ép. CARREL", "Ana") == {("lamottecarrel", "ana")}


def test_the_words_of_a_name_are_told_by_what_they_are() -> None:
    name = name_of(*USED)
    assert (name.last, name.first, name.known) == (
        words("dupont martin"), words("emma louise anne"), words("dupont martin emma louise anne"),
    )  # fmt: skip
    assert name.lasts == (words("dupont"), words("martin"))
    assert name.least == (words("dupont emma"), words("martin emma"))
    assert name.called == "emma"
    assert name_of("DUPONT", "").called == ""
    assert name.spelled == {
        ("dupont", "emma"), ("emma", "martin"),
        ("anne", "dupont", "emma", "louise"), ("anne", "emma", "louise", "martin"),
    }  # fmt: skip
    assert name_of("LE GOFF", "Lou-Ann A.", None, ("Jean - Luc", "Zoé")).compounds == (
        words("lou ann"),
        words("jean luc"),
    )


def test_particles_initials_and_words_cut_short_tell_nobody() -> None:
    assert significant(["de", "goff", "x", "le", "li", ""]) == words("goff li")
    name = name_of("DE LA ROCHEFOUCAULD-MON…", "Marie A.")
    assert name.cut == words("mon a")
    assert name.words == words("rochefoucauld marie")
    assert name.last_told == words("rochefoucauld mon")
    assert name.first_told == words("marie")
    assert name_of("M.", "A…").cut == frozenset()


@pytest.mark.parametrize(
    ("last", "first", "is_unsplit"),
    [("MARTIN LEO", "", True), ("MARTIN", "", False), ("", "", False), ("MARTIN ROUX", "Léo", False)],
)
def test_a_last_name_of_several_words_alone_may_be_a_whole_name(
    last: str, first: str, is_unsplit: bool
) -> None:
    assert name_of(last, first).is_unsplit is is_unsplit


def pairs(name: Name) -> tuple[set[str], set[str]]:
    mine, across = ({"-".join(sorted(pair)) for pair in found} for found in (name.pairs, name.across))
    return mine, across


def test_the_words_that_tell_are_paired_and_those_of_the_last_with_those_of_the_first_name() -> None:
    assert pairs(name_of("LE GOFF-ROUX", "Ana")) == (
        {"goff-roux", "ana-goff", "ana-roux"},
        {"ana-goff", "ana-roux"},
    )
    assert pairs(name_of("MARTIN", "Martin")) == (set(), set())
    assert pairs(name_of("MARTIN", "Martin Léo")) == ({"leo-martin"}, {"leo-martin"})
    assert pairs(name_of("MARTIN ROUX", "")) == ({"martin-roux"}, set())
    assert pairs(name_of("ROUX-MAR…", "Ana")) == ({"ana-roux"}, {"ana-roux"})
    # One pair is written one way, whichever word is the last name.
    assert set(name_of("MARTIN", "Léo").across) == set(name_of("LEO", "Martin").across)
    assert set(name_of("MARTIN", "Léo").pairs) == set(name_of("LEO", "Martin").pairs)
