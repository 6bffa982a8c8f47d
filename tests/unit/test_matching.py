"""Who is who across files: each rule, what holds it back, decisions, and typed names by the thousand."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from pixsession.domain.board.entries import Entry, MatchEntry, decisions_of
from pixsession.domain.people.identities import Identity, identity_key
from pixsession.domain.people.matches import Decisions, Matching, MatchRule
from pixsession.domain.people.matching import match
from pixsession.domain.share.place import Post
from pixsession.engine.common.entry_log import EntryLog
from pixsession.engine.people.decisions import DecisionBook
from tests.factories.dossiers import noon
from tests.factories.people import someone, unsplit
from tests.factories.samples.typed_names import typed_school

# Other schools than those the rules were written with.
UNSEEN = range(1000, 1015)


def matched(
    base: list[Identity], incoming: list[Identity], decisions: Decisions | None = None
) -> dict[str, tuple[str, MatchRule]]:
    return dict(match(base, incoming, decisions or Decisions()).pairs)


def reasons(matching: Matching) -> dict[str, dict[str, tuple[str, ...]]]:
    return {d.key: {c.key: c.reasons for c in d.candidates} for d in matching.doubts}


@pytest.mark.parametrize(
    ("listed", "typed", "rule"),
    [
        (("LE GOFF", "Maïwenn"), ("le goff", "MAIWENN"), MatchRule.CLASS_AND_NAME),
        (("LE GOFF", "Maïwenn"), ("LEGOFF", "Mai\u0308wenn"), MatchRule.CLASS_AND_NAME),
        (("D’ESPARBÈS", "Aloïs"), ("D'ESPARBES", "Alois"), MatchRule.CLASS_AND_NAME),
        (("DUPONT", "Jean-Gabriel"), ("Dupont", "jean gabriel"), MatchRule.CLASS_AND_NAME),
        (("DUPONT", "Emma"), ("Emma", "Dupont"), MatchRule.CLASS_AND_WORDS),
        (("DUPONT", "Emma Louise"), ("DUPONT", "Emma"), MatchRule.CLASS_AND_WORDS),
        (
            ("DE LA ROCHEFOUCAULD-MONTBEL", "Marie"),
            ("DE LA ROCHEFOUCAULD-M.", "Marie"),
            MatchRule.CLASS_AND_WORDS,
        ),
        (("LAMOTTE", "Ludmilla"), ("LAMOTTE; ÉP. CARREL", "Ludmilla"), MatchRule.CLASS_AND_WORDS),
        (("DUPONT-MARTIN", "Emma"), ("MARTIN", "Emma"), MatchRule.CLASS_AND_WORDS),
        (("DUPONT", "Léo"), ("DUPONT", "Léa"), None),
        (("DUPONT", "Louis"), ("DUPONT", "Louise"), None),
        (("DUPONT", "Marie-Lou"), ("DUPONT", "Marie"), None),
        (("DUPONT", "Jean-Baptiste"), ("DUPONT", "Jean"), None),
        (("DUPONT", "Emma"), ("DUPONT", ""), None),
        (("DUPONT", "Emma"), ("", "Emma"), None),
        (("DE VILLARS", "Emma"), ("DE", "Emma"), None),
        (("DUPONT", "Emma"), ("MARTIN", "Emma"), None),
        (("MARTIN", "Martin"), ("MARTIN", "Martin Paul"), None),
    ],
)
def test_two_spellings_in_one_class(
    listed: tuple[str, str], typed: tuple[str, str], rule: MatchRule | None
) -> None:
    base, incoming = [someone("b", *listed)], [someone("i", *typed, "3 A")]
    assert matched(base, incoming) == ({"i": ("b", rule)} if rule else {})
    assert matched(incoming, base) == ({"b": ("i", rule)} if rule else {})


def test_a_used_name_is_a_last_name() -> None:
    base = [someone("b", "DUPONT", "Emma", used_name="MARTIN", other_first_names=("Louise", "Anne"))]
    for last, first, rule in (
        ("Martin", "Emma", MatchRule.CLASS_AND_NAME),
        ("DUPONT", "Emma Louise Anne", MatchRule.CLASS_AND_NAME),
        ("DUPONT", "Louise", MatchRule.CLASS_AND_WORDS),
        ("DUPONT MARTIN", "Emma", MatchRule.CLASS_AND_WORDS),
    ):
        assert matched(base, [someone("i", last, first)]) == {"i": ("b", rule)}


@pytest.mark.parametrize(("short", "long"), [("Marie", "Marie-Lou"), ("Mamadou", "Mamadou Saliou")])
def test_a_name_that_another_one_of_the_class_includes_waits_until_that_one_is_found(
    short: str, long: str
) -> None:
    base = [someone("b1", "DIALLO", short), someone("b2", "DIALLO", long)]
    both = [someone("i1", "DIALLO", short), someone("i2", "DIALLO", long)]
    assert matched(base, both) == {
        "i1": ("b1", MatchRule.CLASS_AND_NAME),
        "i2": ("b2", MatchRule.CLASS_AND_NAME),
    }
    alone = match(base, both[:1], Decisions())
    assert not alone.pairs
    assert [candidate.key for candidate in alone.doubts[0].candidates] == ["b1", "b2"]
    assert matched(base, both[1:]) == {"i2": ("b2", MatchRule.CLASS_AND_NAME)}
    told_apart = Decisions(different=frozenset({("b2", "i1")}))
    assert matched(base, both[:1], told_apart) == {"i1": ("b1", MatchRule.CLASS_AND_NAME)}


def test_birth_dates_that_differ_exclude_every_rule() -> None:
    one = someone("b", "DUPONT", "Emma", birth_date="2010-03-02", student_number="0123456789AB")
    other = one._replace(key="i", birth_date="2010-04-02")
    matching = match([one], [other], Decisions())
    assert not matching.pairs
    assert "other birth date: 2010-03-02" in reasons(matching)["i"]["b"]


def test_namesakes_are_told_apart_by_birth_date_or_number_only() -> None:
    base = [
        someone("b1", "BERGER", "Camille", birth_date="2010-01-01", student_number="0000000001AA"),
        someone("b2", "BERGER", "Camille", birth_date="2010-02-02", student_number="0000000002BB"),
    ]
    bare = [someone("i1", "BERGER", "Camille"), someone("i2", "BERGER", "Camille")]
    assert matched(base, bare) == {}
    assert matched(base, bare[:1]) == {}
    dated = [bare[0]._replace(birth_date="2010-02-02"), bare[1]._replace(birth_date="2010-01-01")]
    assert {key: ours for key, (ours, _) in matched(base, dated).items()} == {"i1": "b2", "i2": "b1"}
    numbered = [bare[0]._replace(student_number="0000000002BB")]
    assert matched(base, numbered) == {"i1": ("b2", MatchRule.NUMBER)}


def test_a_crowd_of_namesakes_takes_no_time_and_is_never_merged() -> None:
    base = [someone(f"b{number}", "MARTIN", "Emma") for number in range(1000)]
    incoming = [someone(f"i{number}", "MARTIN", "Emma Louise") for number in range(1000)]
    began = time.process_time()
    assert matched(base, incoming) == {}
    assert matched(base, base) == {}
    assert time.process_time() - began < 3  # each against each takes ten times as long


def test_two_entries_under_one_key_are_never_merged_by_a_rule() -> None:
    base = [someone("b", "BERGER", "Camille"), someone("b", "BERGER", "Camille")]
    incoming = [someone("i", "BERGER", "Camille")]
    assert matched(base, incoming) == {}
    said = Decisions(same=frozenset({("b", "i")}))
    assert matched(base, incoming, said) == {"i": ("b", MatchRule.DECISION)}


@pytest.mark.parametrize(
    ("ours", "theirs", "names", "found"),
    [
        ({"student_number": "022104640"}, {"student_number": "22104640"}, ("DUPOND", "Emma"), True),
        ({"student_number": "0123456789AB"}, {"external_id": "0123456789ab"}, ("DUPONT", "Emma"), True),
        ({"external_id": "emma@exemple.fr"}, {"external_id": "emma@exemple.fr"}, ("DUPOND", "Emma"), True),
        ({"student_number": "022104640"}, {"student_number": "022104640"}, ("MARTIN", "Lucas"), False),
        # The twin typed the mail of their mother.
        ({"external_id": "mere@exemple.fr"}, {"external_id": "mere@exemple.fr"}, ("DUPONT", "Lucas"), False),
        ({"external_id": "12"}, {"external_id": "12"}, ("DUPOND", "Emma"), False),
        # Five characters are the least that a typed id tells somebody by: of four there are seats and rooms.
        ({"external_id": "3E24"}, {"external_id": "3E24"}, ("DUPOND", "Emma"), False),
        ({"external_id": "3E241"}, {"external_id": "3E241"}, ("DUPOND", "Emma"), True),
        ({"external_id": "college"}, {"external_id": "college"}, ("DUPOND", "Emma"), False),
    ],
)
def test_a_number_decides_where_names_do_not_contradict_it(
    ours: dict[str, str], theirs: dict[str, str], names: tuple[str, str], found: bool
) -> None:
    base, incoming = [someone("b", "DUPONT", "Emma", **ours)], [someone("i", *names, **theirs)]
    assert matched(base, incoming) == ({"i": ("b", MatchRule.NUMBER)} if found else {})


def test_a_number_that_two_have_decides_nothing() -> None:
    base = [someone("b", "DUPONT", "Emma", external_id="2024-77")]
    incoming = [
        someone("i1", "DUPOND", "Emma", external_id="2024-77"),
        someone("i2", "DUPON", "Emma", external_id="2024-77"),
    ]
    assert matched(base, incoming) == {}


def test_a_student_who_changed_class_is_a_doubt_unless_born_the_same_day() -> None:
    base = [someone("b", "NOVAK", "Emma", "3eA", birth_date="2010-01-01")]
    moved = someone("i", "NOVAK", "Emma", "3eC")
    matching = match(base, [moved], Decisions())
    assert not matching.pairs
    assert reasons(matching) == {"i": {"b": ("same name", "another class: 3eA")}}
    born = moved._replace(birth_date="2010-01-01")
    assert matched(base, [born]) == {"i": ("b", MatchRule.NAME_AND_BIRTH_DATE)}


def test_without_a_class_the_name_must_be_exact_and_nobody_elses() -> None:
    base = [someone("b1", "NOVAK", "Emma", "3eA"), someone("b2", "BERGER", "Camille", "3eB")]
    namesake = someone("b3", "BERGER", "Camille", "3eC")
    incoming = [someone("i1", "Novak", "emma", None), someone("i2", "BERGER", "Camille", None)]
    assert matched(base, incoming)["i2"] == ("b2", MatchRule.NAME_ALONE)
    assert matched([*base, namesake], incoming) == {"i1": ("b1", MatchRule.NAME_ALONE)}
    assert matched(base, [someone("i", "Emma", "NOVAK", None)]) == {}


def test_a_group_may_be_the_class_of_the_other_list() -> None:
    base = [someone("b", "NOVAK", "Emma Louise", "3eA")]
    assert matched(base, [someone("i", "NOVAK", "Emma", None, group="3ème A")])
    assert not matched(base, [someone("i", "NOVAK", "Emma", None, group="TD 2")])


def test_decisions_come_first_and_win() -> None:
    base = [someone("b1", "DUPONT", "Léa"), someone("b2", "DUPONT", "Emma", birth_date="2010-01-01")]
    incoming = [someone("i1", "DUPONT", "Léa"), someone("i2", "X", "Y", "4eB", birth_date="2011-01-01")]
    said = Decisions(frozenset({("i2", "b2"), ("gone", "b1")}), frozenset({("b1", "i1")}))
    assert matched(base, incoming, said) == {"i2": ("b2", MatchRule.DECISION)}
    # Somebody decided to be a student does not take that student's own line away.
    second = Decisions(same=frozenset({("b1", "i2")}))
    assert matched(base, incoming, second) == {
        "i1": ("b1", MatchRule.CLASS_AND_NAME),
        "i2": ("b1", MatchRule.DECISION),
    }
    torn = Decisions(same=frozenset({("b1", "i1"), ("b2", "i1")}))
    assert matched(base, incoming[:1], torn) == {}


def test_a_doubt_names_its_candidates_the_likeliest_first_and_why() -> None:
    base = [someone("b1", "DUPONT", "Léo"), someone("b2", "MARTIN", "Léa"), someone("b3", "FABRE", "Yann")]
    matching = match(base, [someone("i", "DUPONT", "Léa"), someone("j", "OZIL", "Karim")], Decisions())
    assert reasons(matching) == {
        "i": {
            "b1": ("one last name in common", "same class", "names alike at 81 %"),
            "b2": ("one first name in common", "same class"),
        }
    }
    assert [candidate.key for candidate in matching.doubts[0].candidates] == ["b1", "b2"]


def test_a_key_says_who_and_not_how_it_was_written() -> None:
    key = identity_key("roster", "LE GOFF", "Maïwenn", place="3e A", number="022104640")
    assert key == identity_key("roster", "Le  Goff", "MAIWENN", place="3eA", number="22104640")
    assert key.startswith("roster|legoff|maiwenn|3ea|")
    assert "22104640" not in key  # decisions are written down with it
    assert key != identity_key("candidates", "LE GOFF", "Maïwenn", place="3e A", number="022104640")


@pytest.mark.slow
def test_typed_names_of_schools_never_seen_are_never_merged_wrongly() -> None:
    fates: Counter[str] = Counter()
    for seed in UNSEEN:
        school = typed_school(seed)
        matching = match(school.listed, school.typed, Decisions())
        doubtful = {doubt.key for doubt in matching.doubts}
        for key, truth in school.truth.items():
            found = matching.pairs.get(key, (None,))[0]
            if found is not None:
                fates["right" if found == truth else "wrong"] += 1
            elif truth is not None:
                fates["doubt" if key in doubtful else "lost"] += 1
    assert fates["wrong"] == 0
    # A fifth of them typed a nickname, a typo or half a name, of which no rule makes a merge.
    assert fates["right"] > 0.75 * fates.total()
    assert fates["lost"] < 0.005 * fates.total()


def entry(number: int, kind: str, **facts: str) -> Entry:
    return Entry(f"f:{number:06}", f"2026-03-12T08:00:{number:02}", kind, dict(facts), "f.jsonl")


def test_the_latest_word_on_a_pair_counts_and_undoing_twice_harms_nothing() -> None:
    same = entry(1, MatchEntry.SAME, base="b", incoming="i")
    different = entry(2, MatchEntry.DIFFERENT, base="b", incoming="i")
    undo, again = (entry(number, MatchEntry.UNDO, entry=different.id) for number in (3, 4))
    decisions, standing = decisions_of([same, different])
    assert decisions == Decisions(different=frozenset({("b", "i")}))
    assert [decided.entry_id for decided in standing] == [different.id]
    assert decisions_of([same, different, undo, again])[0] == Decisions(same=frozenset({("b", "i")}))
    note = entry(8, "note", entry=different.id)  # whatever else names an entry takes nothing back
    assert decisions_of([same, different, note]) == (decisions, standing)
    nonsense = [entry(5, MatchEntry.SAME, base="b"), entry(6, "note", text="x"), entry(7, MatchEntry.UNDO)]
    assert decisions_of(nonsense) == (Decisions(), ())


def test_a_column_in_capitals_is_matched_by_its_words() -> None:
    ours = [
        someone("1", "BARBIER", "Lou"),
        someone("2", "GARCIA", "Léa-Rose"),
        someone("3", "DE LA CRUZ", "Léa-Rose"),
        someone("4", "D’ESPARBÈS", "Aloïs"),
        someone("5", "LOU", "Barbier", "3eB"),
    ]
    theirs = [
        unsplit("a", "BARBIER LOU"),
        unsplit("b", "GARCIA LÉA ROSE"),
        unsplit("c", "DE LA CRUZ LEA-ROSE"),
        unsplit("d", "D'ESPARBES ALOIS"),
        unsplit("e", "GARCIA LÉA"),
        unsplit("f", "LOU ANA"),
    ]
    found = match(ours, theirs, Decisions())
    rule = MatchRule.CLASS_AND_NAME
    assert found.pairs == {"a": ("1", rule), "b": ("2", rule), "c": ("3", rule), "d": ("4", rule)}
    # GARCIA LÉA may be who stands under GARCIA LÉA ROSE; nobody is reminded of DE LA CRUZ by a first name.
    assert {key: set(candidates) for key, candidates in reasons(found).items()} == {"e": {"2"}}


def test_the_words_of_a_name_must_be_nobody_elses() -> None:
    twins = [someone("1", "PAUL", "Martin"), someone("2", "MARTIN", "Paul")]
    assert matched(twins, [unsplit("a", "MARTIN PAUL")]) == {}
    assert matched(twins[:1], [unsplit("a", "MARTIN PAUL"), unsplit("b", "PAUL MARTIN")]) == {}
    elsewhere = [someone("1", "PAUL", "Martin"), someone("2", "MARTIN", "Paul", "3eB")]
    assert matched(elsewhere, [unsplit("a", "MARTIN PAUL")]) == {"a": ("1", MatchRule.CLASS_AND_NAME)}
    assert matched(elsewhere, [unsplit("a", "MARTIN PAUL", None)]) == {}
    assert matched(twins[:1], [unsplit("a", "MARTIN PAUL", None)]) == {"a": ("1", MatchRule.NAME_ALONE)}
    assert matched(twins[:1], [unsplit("a", "MARTIN PAUL", "3eC")]) == {}
    assert matched(twins[:1], [unsplit("a", "MARTIN")]) == {}


def test_groups_of_one_cell_are_compared_one_by_one() -> None:
    ours = [someone("1", "MARTIN", "Lucas", None, group="5eB gr1")]
    for cell in ("[5EB GR1], [ANG1]", "ANG LV1, 5EB_GR1", "5eB gr1"):
        theirs = [someone("a", "MARTIN", "Lucas", None, group=cell)]
        assert matched(ours, theirs) == {"a": ("1", MatchRule.CLASS_AND_NAME)}
    assert matched(ours, [someone("a", "MARTIN", "Lucas", None, group="[5EB GR2], [ANG1]")]) == {}


def test_a_name_in_another_ones_double_name_is_another_student() -> None:
    base, incoming = [someone("b", "THOMAS-MARTIN", "Lucie")], [someone("i", "MARTIN", "Thomas")]
    assert matched(base, incoming) == matched(incoming, base) == {}


def test_of_two_near_namesakes_the_one_who_is_not_listed_is_never_merged() -> None:
    both = [someone("lea", "DUPONT", "Léa"), someone("leo", "DUPONT", "Léo")]
    listed = [someone("i", "DUPONT", "Leo")]
    assert matched(both, listed) == {"i": ("leo", MatchRule.CLASS_AND_NAME)}
    assert {key: found for key, (found, _rule) in matched(listed, both).items()} == {"leo": "i"}


def test_an_entry_like_one_already_matched_in_the_same_file_stays_apart() -> None:
    base = [someone("b", "DUPONT", "Emma Louise")]
    incoming = [someone("exact", "DUPONT", "Emma Louise"), someone("alike", "DUPONT", "Emma")]
    assert set(matched(base, incoming)) == {"exact"}


def test_two_of_one_name_and_one_birth_date_are_never_merged_by_a_rule() -> None:
    twins = [someone(key, "DUPONT", "Emma", birth_date="2011-03-02") for key in ("b1", "b2")]
    listed = [someone("i", "DUPONT", "Emma", birth_date="2011-03-02")]
    assert matched(twins, listed) == {}
    assert set(reasons(match(twins, listed, Decisions()))) >= {"i"}


def test_a_student_settled_by_hand_gets_no_second_one_by_words() -> None:
    base = [someone("b", "DUPONT", "Emma Louise")]
    incoming = [someone("chosen", "DURAND", "Emma"), someone("words", "DUPONT", "Emma")]
    decisions = Decisions(same=frozenset({("b", "chosen")}))
    found = matched(base, incoming, decisions)
    assert found["chosen"][0] == "b"
    assert "words" not in found


def test_four_characters_in_common_call_nobody_to_mind() -> None:
    base = [someone("b", "DUPONT", "Emma", "3eA", external_id="3E24")]
    stranger = someone("i", "OZIL", "Karim", "3eB", external_id="3E24")
    assert reasons(match(base, [stranger], Decisions())) == {}
    base, stranger = [base[0]._replace(external_id="3E241")], stranger._replace(external_id="3E241")
    assert set(reasons(match(base, [stranger], Decisions()))) == {"i"}


LONG, SHORT = ("DUPONT-MARTIN", "Emma Louise"), ("DUPONT-MARTIN", "Louise")
LONGER = ("MARTIN", "Emma Louise Anne")


@pytest.mark.parametrize(
    ("named", "typed", "twin"),
    [
        # The twin's name stands in the one found: MARTIN Emma may have typed a first name for the other.
        (LONG, SHORT, ("MARTIN", "Emma")),
        # The one found stands in the twin's name, half of it.
        (("MARTIN", "Emma"), LONGER, LONG),
    ],
)
def test_a_near_namesake_beside_the_one_found_makes_a_doubt_in_either_list(
    named: tuple[str, str], typed: tuple[str, str], twin: tuple[str, str]
) -> None:
    one, other, third = someone("one", *named), someone("other", *typed), someone("twin", *twin)
    assert matched([one], [other]) == {"other": ("one", MatchRule.CLASS_AND_WORDS)}
    assert matched([one, third], [other]) == {}
    assert matched([other], [one, third]) == {}
    assert "one" in reasons(match([one, third], [other], Decisions()))["other"]
    assert "other" in reasons(match([other], [one, third], Decisions()))["one"]


def test_a_near_namesake_who_cannot_be_meant_makes_no_doubt() -> None:
    born = {"birth_date": "2011-01-01"}
    one, other = someone("one", "MARTIN", "Emma Louise", **born), someone("other", "MARTIN", "Emma", **born)
    twin = someone("twin", *LONGER, birth_date="2011-02-02")
    assert matched([one, twin], [other]) == {"other": ("one", MatchRule.CLASS_AND_WORDS)}
    assert matched([other], [one, twin]) == {"one": ("other", MatchRule.CLASS_AND_WORDS)}
    long, short = someone("one", *LONG), someone("other", *SHORT)
    elsewhere = someone("twin", "DUPONT M.", "Louise", "3eB")
    assert matched([long], [short, elsewhere]) == {"other": ("one", MatchRule.CLASS_AND_WORDS)}
    assert matched([short, elsewhere], [long]) == {"one": ("other", MatchRule.CLASS_AND_WORDS)}


def test_a_longer_name_in_the_other_list_keeps_even_a_name_to_the_letter_open() -> None:
    """Emma may be the Emma Louise who wrote one first name only, on whichever side she stands."""
    exact, same = someone("exact", "DUPONT-MARTIN", "Emma"), someone("same", "DUPONT-MARTIN", "Emma")
    longer = someone("longer", *LONG)
    assert matched([exact], [same]) == {"same": ("exact", MatchRule.CLASS_AND_NAME)}
    assert matched([exact], [same, longer]) == {}
    assert matched([exact, longer], [same]) == {}


@pytest.mark.parametrize(
    ("line", "listed", "whom"),
    [
        ("5eB gr1", ("5eB gr1", "5eB gr2"), "one"),
        ("GR2", ("5EB_GR1", "5EB_GR2"), "two"),
        ("[5EB GR1], [ANG1]", ("5eB gr1, ANG1", "5eB gr2, ANG1"), "one"),
        ("5eB gr2", ("5eB gr1, ANG1", "5eB gr2, ANG1"), "two"),
        # Nobody can tell.
        (None, ("5eB gr1", "5eB gr2"), None),
        ("5eB gr1", ("5eB gr1", None), None),
        ("5eB gr1", ("5eB gr1", "5eB gr1"), None),
        ("5eB gr3", ("5eB gr1", "5eB gr2"), None),
        ("ANG1", ("5eB gr1, ANG1", "5eB gr2, ANG1"), None),
        ("5eB gr1, ALL2", ("5eB gr1, ANG1", "5eB gr2, ALL2"), None),
    ],
)
def test_the_half_group_tells_namesakes_of_one_class_apart(
    line: str | None, listed: tuple[str | None, str | None], whom: str | None
) -> None:
    export = [someone("line", "MARTIN", "Lucas", "5eB", group=line)]
    born = ("2013-02-01", "2013-06-05")
    people = [
        someone(key, "MARTIN", "Lucas", "5eB", group=group, birth_date=birth)
        for key, group, birth in zip(("one", "two"), listed, born, strict=True)
    ]
    found = match(export, people, Decisions())
    pairs = [("line", whom)] if whom else []
    assert [(ours, theirs) for theirs, (ours, _rule) in found.pairs.items()] == pairs
    assert {doubt.key for doubt in found.doubts} == (set() if whom else {"one", "two"})
    turned = match(people, export, Decisions())
    assert [(theirs, ours) for theirs, (ours, _rule) in turned.pairs.items()] == pairs


def test_what_is_left_out_may_be_the_first_name_that_is_used_where_the_last_name_is_whole() -> None:
    base = [someone("a", "MARTIN LÉO", "Paul Léo"), someone("b", "MARTIN-ROUX", "Paul Léo")]
    (known, half) = (matched([one], [someone("c", "MARTIN", "Léo")]) for one in base)
    assert known == {"c": ("a", MatchRule.CLASS_AND_WORDS)}
    assert half == {}, "part of the last and the usual first name"


def test_many_who_share_a_word_hide_nobody_who_is_asked_for_by_another_one() -> None:
    crowd = [someone(f"b{number}", "MARTIN", f"N{number:03}", "3eB") for number in range(80)]
    base = [*crowd, someone("b", "MARTIN", "Zoélie", "3eB")]
    incoming = [someone("c", "MARTIN-ROUX", "Zoélie", "3eC"), someone("d", "MARTIN", "Xu", "3eC")]
    assert set(reasons(match(base, incoming, Decisions()))["c"]) == {"b"}


def test_a_decision_names_the_post_that_made_it() -> None:
    facts = {"incoming": "c", "base": "a"}
    made = [
        Entry("1", "2026-03-12T09:00", MatchEntry.SAME, facts, "x.jsonl"),
        Entry("2", "2026-03-12T09:01", MatchEntry.DIFFERENT, {**facts, "base": "b"}, "x.jsonl",
              post=Post("aaaaaaaa", "CDI")),
    ]  # fmt: skip
    log = EntryLog(None, noon)
    log.entries = tuple(made)
    assert [(one.same, one.post) for one in DecisionBook(log).listed()] == [(False, "CDI"), (True, "")]


LEO = someone("b1", "MARTIN", "Léo")


@pytest.mark.parametrize(
    ("base", "incoming", "decisions", "pairs"),
    [
        # Whoever was found by a surer rule is nobody else by another one, on either side.
        (
            [LEO._replace(student_number="123456")],
            [someone("i1", "MARTIN-ROUX", "Léo", student_number="123456"), someone("i2", "MARTIN", "Léo")],
            Decisions(),
            {"i1": "b1"},
        ),
        (
            [LEO, someone("b2", "MARTIN-ROUX", "Léo", student_number="123456")],
            [someone("i1", "MARTIN", "Léo", student_number="123456")],
            Decisions(),
            {"i1": "b2"},
        ),
        # A decision about somebody who is not there, on either side, says nothing of those who are.
        ([LEO], [someone("i1", "ROUX", "Eva")], Decisions(frozenset({("gone", "i1")})), {}),
        ([LEO], [someone("i1", "ROUX", "Eva")], Decisions(frozenset({("b1", "gone")})), {}),
        ([LEO], [someone("i1", "ROUX", "Eva")], Decisions(frozenset({("b1", "i1")})), {"i1": "b1"}),
        ([LEO], [someone("i1", "ROUX", "Eva")], Decisions(frozenset({("i1", "b1")})), {"i1": "b1"}),
        # What contradicts itself decides nothing, and leaves nothing to the rules.
        (
            [LEO],
            [someone("i1", "MARTIN", "Léo")],
            Decisions(frozenset({("b1", "i1")}), frozenset({("b1", "i1")})),
            {},
        ),
        (
            [LEO],
            [someone("i1", "MARTIN", "Léo")],
            Decisions(frozenset({("b1", "i1")}), frozenset({("i1", "b1")})),
            {},
        ),
        (
            [LEO, someone("b2", "ROUX", "Eva")],
            [someone("i1", "MARTIN", "Léo")],
            Decisions(frozenset({("b1", "i1"), ("b2", "i1")})),
            {},
        ),
        # Whom people told apart no rule merges: by name, by number, nor by words in capitals.
        ([LEO], [someone("i1", "MARTIN", "Léo")], Decisions(different=frozenset({("i1", "b1")})), {}),
        (
            [LEO._replace(student_number="123456")],
            [someone("i1", "MARTIN", "Léo", student_number="123456")],
            Decisions(different=frozenset({("b1", "i1")})),
            {},
        ),
        ([LEO], [someone("i1", "LEO MARTIN", "")], Decisions(different=frozenset({("b1", "i1")})), {}),
        (
            [someone("b1", "MARTIN-ROUX", "Léo")],
            [someone("i1", "MARTIN", "Léo")],
            Decisions(different=frozenset({("b1", "i1")})),
            {},
        ),
        # A longer name born the same day could be the one of the shorter name.
        (
            [LEO._replace(birth_date="2011-01-02")],
            [
                someone("i1", "MARTIN", "Léo", birth_date="2011-01-02"),
                someone("i2", "MARTIN", "Léo-Paul", birth_date="2011-01-02"),
            ],
            Decisions(),
            {},
        ),
        (
            [LEO._replace(birth_date="2011-01-02")],
            [
                someone("i1", "MARTIN", "Léo", birth_date="2011-01-02"),
                someone("i2", "MARTIN", "Léo-Paul", birth_date="2011-01-03"),
            ],
            Decisions(),
            {"i1": "b1"},
        ),
        (
            [LEO._replace(birth_date="2011-01-02")],
            [someone("i1", "MARTIN", "Léo", birth_date="2011-01-02"), someone("i2", "MARTIN", "Léo-Paul")],
            Decisions(),
            {"i1": "b1"},
        ),
        # One of the list who was found already does not keep anybody else open.
        (
            [LEO._replace(student_number="123456"), someone("b2", "MARTIN-ROUX", "Léo")],
            [
                someone("i1", "ROUX-MARTIN", "Léo Jean", student_number="123456"),
                someone("i2", "ROUX", "Léo"),
            ],
            Decisions(),
            {"i1": "b1", "i2": "b2"},
        ),
        # Both of two namesakes have the number of the one: it says nothing, and neither does the name.
        (
            [LEO._replace(student_number="123456"), someone("b2", "MARTIN", "Léo", student_number="123456")],
            [someone("i1", "MARTIN", "Léo", student_number="123456")],
            Decisions(),
            {},
        ),
        # Numbers of one kind that differ exclude the name.
        (
            [LEO._replace(student_number="123456")],
            [someone("i1", "MARTIN", "Léo", student_number="123457")],
            Decisions(),
            {},
        ),
        # A number of the establishment beside a national one does not.
        (
            [LEO._replace(student_number="123456")],
            [someone("i1", "MARTIN", "Léo", student_number="0123456789A")],
            Decisions(),
            {"i1": "b1"},
        ),
    ],
)
def test_no_rule_merges_more_than_the_surest_says(
    base: list[Identity], incoming: list[Identity], decisions: Decisions, pairs: dict[str, str]
) -> None:
    for ours, theirs in ((base, incoming), (base[::-1], incoming[::-1])):
        found = matched(ours, theirs, decisions)
        assert {key: ours_key for key, (ours_key, _rule) in found.items()} == pairs


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        # What students type decides with a name that includes the other one, or the class and a first name.
        (("DUPONT", "Léo", "3eA", "leo@exemple.fr"), ("DUPONT-ROUX", "Léo", "3eB", "leo@exemple.fr"), True),
        (("DUPONT", "Léo", "3eA", "leo@exemple.fr"), ("ROUX", "Léo", "3eA", "leo@exemple.fr"), True),
        (("DUPONT", "Léo", "3eA", "leo@exemple.fr"), ("ROUX", "Léo", "3eB", "leo@exemple.fr"), False),
        (("DUPONT", "Léo", "3eA", "leo@exemple.fr"), ("ROUX", "Léo", None, "leo@exemple.fr"), False),
        (("DUPONT", "Léo", "3eA", "leo@exemple.fr"), ("DUPONT", "Léa", "3eA", "leo@exemple.fr"), False),
        # Seats, classes and schools are no numbers.
        (("DUPONT", "Léo", "3eA", "1234"), ("ROUX", "Léo", "3eA", "1234"), False),
        (("DUPONT", "Léo", "3eA", "12345"), ("ROUX", "Léo", "3eA", "12345"), True),
        (("DUPONT", "Léo", "3eA", "college"), ("ROUX", "Léo", "3eA", "college"), False),
        (("DUPONT", "Léo", "3eA", "jean moulin"), ("ROUX", "Léo", "3eA", "jean moulin"), False),
    ],
)
def test_what_students_typed_as_their_number(
    mine: tuple[str, str, str, str], theirs: tuple[str, str, str | None, str], merged: bool
) -> None:
    ours = someone("b", *mine[:3], external_id=mine[3])
    incoming = someone("i", *theirs[:3], external_id=theirs[3])
    assert matched([ours], [incoming]) == ({"i": ("b", MatchRule.NUMBER)} if merged else {})
