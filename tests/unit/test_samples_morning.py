"""The big exports and the demo morning: the same bytes every time, and the story they tell."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pixsession.domain.people.students import name_key, place_key
from pixsession.domain.pix.eligibility import Eligibility
from pixsession.foundation.paths import shipped
from tests.factories.samples import EXPORTS, Generation, big_export, morning
from tests.factories.samples.__main__ import main


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class TestBigExports:
    def test_the_same_arguments_give_the_same_bytes(self) -> None:
        assert big_export(120, 9) == big_export(120, 9)
        assert big_export(120, 9).content != big_export(120, 10).content

    @pytest.mark.slow
    def test_twenty_thousand_students(self) -> None:
        export = big_export(20_000, 1)
        assert len(export.truth) == 20_000
        assert 22_000 < export.rows < 30_000
        assert 4_000_000 < len(export.content) < 8_000_000
        keys = Counter((name_key(t.last_name), name_key(t.first_name), t.division) for t in export.truth)
        assert set(keys.values()) == {1}
        names = Counter((last, first) for last, first, _division in keys)
        assert sum(1 for times in names.values() if times > 1) > 500
        divisions = {truth.division for truth in export.truth}
        assert len(divisions) == len({place_key(division or "") for division in divisions})
        assert (
            min(export.counts()[state] for state in Eligibility if state is not Eligibility.NOT_IN_EXPORT)
            > 20
        )

    def test_small_ones_have_traps_in_their_classes(self) -> None:
        divisions = {truth.division for truth in big_export(100, 1).truth}
        assert {"3eA", "3e1", "301", "3-1"} <= divisions

    def test_files_are_dated_as_their_download(self, tmp_path: Path) -> None:
        path = big_export(5, 1, Generation.NAMES_ONLY).write_to(tmp_path)
        assert path.name.endswith("-2020-06-16-0230.csv")
        assert path.stat().st_mtime == 1592317800  # 16:30 in Paris


class TestMorning:
    def test_the_shipped_files_are_what_the_generator_writes(self, tmp_path: Path) -> None:
        main([str(tmp_path)])
        written = {path.name: path.read_bytes() for path in tmp_path.rglob("*.csv")}
        kept = {path.name: path.read_bytes() for path in Path(str(shipped("sample_exports"))).rglob("*.csv")}
        assert kept == written
        assert len(kept) == 8 + 11 + 7  # the morning, the lesson, and the two before

    def test_the_generator_also_writes_one_big_export(self, tmp_path: Path) -> None:
        main([str(tmp_path / "new"), "--students", "40", "--seed", "7", "--generation", "2023-06"])
        (path,) = (tmp_path / "new").iterdir()
        assert path.read_bytes() == big_export(40, 7, Generation.WITH_CODE).content

    def test_one_export_every_quarter_of_an_hour(self) -> None:
        times = [export.exported_at for export in morning()]
        assert times == list(EXPORTS)
        assert times[0] == moment("2026-03-12T08:15")
        assert all(after - before == timedelta(minutes=15) for before, after in pairwise(times))

    def test_how_many_are_in_each_state(self) -> None:
        found = [
            tuple(n for state, n in export.counts().items() if state is not Eligibility.NOT_IN_EXPORT)
            for export in morning()
        ]
        assert found == [
            (6, 1, 6, 62),
            (5, 1, 5, 64),
            (5, 1, 4, 65),
            (4, 1, 5, 66),
            (4, 1, 3, 67),
            (4, 1, 2, 68),
            (3, 1, 2, 69),
            (3, 1, 1, 70),
        ]

    def test_the_story(self) -> None:
        first, *_, last = boards = [
            {(t.last_name, t.first_name, t.division): t for t in export.truth} for export in morning()
        ]
        saved = [key for key, truth in first.items() if truth.eligibility is Eligibility.NOT_ELIGIBLE]
        assert sum(last[key].eligibility is Eligibility.ELIGIBLE for key in saved) == 4
        fallen = [
            key
            for key, truth in first.items()
            if truth.eligibility is Eligibility.ELIGIBLE
            and key in last
            and last[key].eligibility is Eligibility.NOT_ELIGIBLE
        ]
        assert fallen == [("FERRAND", "Elouan", "3eB")]
        assert sorted(set(last) - set(first)) == [("NOVAK", "Emma", "3eC"), ("OKAFOR", "Blessing", "3eA")]
        assert sorted(set(first) - set(last)) == [("MONIER", "Jules", "3eB"), ("NOVAK", "Emma", "3eA")]
        assert {key[2] for key in first if key[:2] == ("BERGER", "Camille")} == {"3eB", "3eC"}
        assert max(len(f"{key[0]} {key[1]}") for key in first) > 50
        waiting = [("LE GOFF", "Maïwenn", "3eB"), ("FERRAND", "Elouan", "3eB")]
        assert [[board[key].rows - board[key].sends for board in boards] for key in waiting] == [
            [0, 0, 1, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 1, 0, 0, 0],
        ]

    def test_nobody_is_in_doubt_but_the_one_to_check(self) -> None:
        for export in morning():
            assert all(truth.told_apart for truth in export.truth)
            (doubtful,) = [t for t in export.truth if t.eligibility is Eligibility.TO_CHECK]
            assert (doubtful.last_name, doubtful.eligible_competences) == ("HAMDAOUI", 4)

    def test_profiles_are_sent_before_they_are_exported(self) -> None:
        for export in morning():
            sends = [moment(truth.sent_at) for truth in export.truth if truth.sent_at]
            assert max(sends) <= export.exported_at
