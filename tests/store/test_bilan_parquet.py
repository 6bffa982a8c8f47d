"""Results of many schools as Parquet: written without names, read back, and by another engine the same."""

from __future__ import annotations

import importlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.results.certification import Certification
from pixsession.domain.results.figures import GroupKind
from pixsession.domain.results.spread import MOST_NAMED
from pixsession.domain.results.withholding import withheld_of_schools
from pixsession.engine.results.review import review_of_schools, write_parquet
from pixsession.foundation.errors import PixSessionError
from pixsession.store.database import statement
from pixsession.store.results.figures import groups_of
from pixsession.store.results.table import certification_table, has_parquet
from tests.factories.results import class_file, crowd, file, line

STATEMENTS = ("counts", "scores", "labels", "bins", "levels", "objectives")
SCHOOLS = ("Collège de la Lune-Rousse", "Lycée L'Étoile / annexe", "../dehors", "100 % Pix")


def country() -> list[Certification]:
    """A few schools over two years, each with some certifications."""
    return [
        one._replace(school=school)
        for seed, school in enumerate(SCHOOLS)
        for one in crowd(80, seed, sessions=["1"])
    ]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country") / "all [schools]"
    with certification_table() as table:
        table.fill(country())
        table.write_parquet(folder)
    return folder


def test_one_file_for_each_year_and_school_below_the_folder_and_nowhere_else(written: Path) -> None:
    files = [path for path in written.parent.rglob("*") if path.is_file()]
    assert len(files) == 2 * len(SCHOOLS)
    assert all(path.relative_to(written).parts[0].startswith("year=") for path in files)
    assert has_parquet(written)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders private itself")
def test_what_is_written_is_its_owner_s_alone(written: Path) -> None:
    assert {path.stat().st_mode & 0o777 for path in written.rglob("*.parquet")} == {0o600}


def test_what_is_read_back_is_what_was_written(written: Path) -> None:
    with certification_table(of_schools=True) as table:
        table.fill(country())
        expected = withheld_of_schools(groups_of(table))
    found = review_of_schools(written).groups
    # Means are sums in another order.
    assert [one._replace(scores=None) for one in found] == [one._replace(scores=None) for one in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.scores == pytest.approx(other.scores)
    assert {group.name for group in found if group.by is GroupKind.SCHOOL} == set(SCHOOLS)


def test_a_page_of_few_schools_says_the_same_as_their_table(written: Path) -> None:
    detailed, brief = review_of_schools(written), review_of_schools(written, detailed=False)
    assert [one._replace(scores=None) for one in brief.groups] == [
        one._replace(scores=None) for one in detailed.groups
    ]
    assert brief.spread is None


def test_a_page_of_many_schools_names_none_and_says_how_far_they_are_apart(tmp_path: Path) -> None:
    told = [
        one._replace(school=f"Collège {n}", year="2025-2026")
        for n in range(MOST_NAMED + 1)
        for one in crowd(30, n, years=["2025-2026"], sessions=["1"])
    ]
    with certification_table() as table:
        table.fill(told)
        table.write_parquet(tmp_path)
    brief = review_of_schools(tmp_path, detailed=False)
    assert [group.by for group in brief.groups] == [GroupKind.ALL]
    assert brief.spread is not None
    shares = []
    for name in {one.school for one in told}:
        ends = Counter(one.status for one in told if one.school == name)
        obtained, rejected = ends[ResultStatus.VALIDATED], ends[ResultStatus.REJECTED]
        shares.append(obtained / (obtained + rejected))
    assert brief.spread.schools == MOST_NAMED + 1
    assert brief.spread.shares[2] == pytest.approx(median(shares))
    assert brief.spread.shares == tuple(sorted(brief.spread.shares))


def test_a_school_that_is_written_again_takes_its_own_place(tmp_path: Path) -> None:
    results = class_file("3eA", "2026-03-31", range(12))
    for _once_more in range(2):
        assert write_parquet([results], tmp_path, "Lune-Rousse") == 12
    assert review_of_schools(tmp_path).groups[0].candidates == 12


def test_one_year_alone_may_be_written(tmp_path: Path) -> None:
    lines = [line(str(n), at=n, date=f"{2024 + n % 2}-03-19", centre="Lune-Rousse") for n in range(2, 16)]
    assert write_parquet([file("a.csv", *lines)], tmp_path, years=["2023-2024"]) == 7
    assert {group.year for group in review_of_schools(tmp_path).groups} == {"2023-2024"}


def test_no_name_number_birth_date_or_place_is_in_the_files(tmp_path: Path) -> None:
    lines = [
        line(f"987{n:04}", at=n, last_name=f"SECRETNOM{n}", first_name="Secretprenom", centre="Lune-Rousse",
             birth_place="SECRETVILLE", comment="Secret", external_id="SECRETID")
        for n in range(2, 12)
    ]  # fmt: skip
    write_parquet([file("a.csv", *lines)], tmp_path)
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*.parquet"))
    assert b"year" not in content  # the partitions are in the names of the folders
    assert b"4321" in content  # it can be searched
    for secret in (b"SECRET", b"Secret", b"9870002", b"2011-02-03", b"2026-03-19"):
        assert secret not in content


def test_small_schools_and_schools_without_a_name_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(PixSessionError, match="fewer than 5"):
        write_parquet([class_file("3eA", "2026-03-31", range(4))], tmp_path, "Lune-Rousse")
    with pytest.raises(PixSessionError, match="--school"):
        write_parquet([class_file("3eA", "2026-03-31", range(9))], tmp_path)
    assert not has_parquet(tmp_path)


def test_other_parquet_is_refused_in_words(tmp_path: Path) -> None:
    place = tmp_path / "year=2025-2026" / "school=x"
    place.mkdir(parents=True)
    (place / "data.parquet").write_bytes(b"no parquet at all")
    with pytest.raises(PixSessionError, match="--parquet writes"):
        review_of_schools(tmp_path)


def by_key(rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """In an order of their own: two engines may order texts differently."""
    return sorted((tuple(row) for row in rows), key=lambda row: tuple(map(str, row[:4])))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="its folders may hold no sign that a school's name has")
def test_another_engine_gives_the_same_numbers_by_the_same_statements(written: Path) -> None:
    datafusion = importlib.import_module("datafusion")  # not skipped where it is missing: nobody would notice
    pyarrow = importlib.import_module("pyarrow")  # comes with it
    partitions = [("year", pyarrow.string()), ("school", pyarrow.string())]
    context = datafusion.SessionContext()
    # The folder's own name has brackets, which this engine would take for a pattern.
    plain = written.parent / "plain"
    if not plain.exists():
        plain.symlink_to(written, target_is_directory=True)
    context.register_parquet("certifications", str(plain), table_partition_cols=partitions)
    context.sql(statement("results/members_of_schools")).collect()
    with certification_table(of_schools=True) as table:
        table.read_parquet(written)
        for name in STATEMENTS:
            ours = by_key(table.ask(name))
            answer = context.sql(statement(f"results/{name}"))
            columns = answer.schema().names
            theirs = by_key([[row[column] for column in columns] for row in answer.to_pylist()])
            assert len(ours) == len(theirs), name
            for one, other in zip(ours, theirs, strict=True):
                assert one == pytest.approx(other), name


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PixSessionError, match="could not be written") as refused:
        write_parquet([class_file("3eA", "2026-03-31", range(9))], tmp_path / "file" / "below", "Lune-Rousse")
    assert "Errno" not in refused.value.message


def test_each_certification_comes_back_as_it_was_but_for_its_number(tmp_path: Path) -> None:
    partly = (3, None, *[0] * 14)
    some = Certification(
        "1", "2025-2026", ResultStatus.VALIDATED, 300, "Avancé 1", partly, "L'Étoile", "7", "3eA"
    )
    told = [
        some,
        some._replace(status=ResultStatus.REJECTED, score=None, label=None, levels=(), session=None),
        some._replace(year="2024-2025", status=None, division=None, levels=(0,) * 16),
    ]
    folder = tmp_path / "l'école [1]"
    with certification_table() as table:
        table.fill(told)
        table.write_parquet(folder)
    (folder / "year=2025-2026" / "stray.parquet").write_bytes(b"no parquet at all")
    with certification_table() as table:
        found = table.certifications_in(folder)
    assert sorted(found, key=str) == sorted((one._replace(number="") for one in told), key=str)


def test_what_the_engine_refuses_is_said_in_its_first_line(tmp_path: Path) -> None:
    with certification_table() as table:
        with pytest.raises(PixSessionError, match="could not be written") as refused:
            table.write_parquet(tmp_path)
        assert "\n" not in refused.value.message
        assert "certifications does not exist" in refused.value.message
        with pytest.raises(PixSessionError, match="--parquet writes"):
            table.certifications_in(tmp_path)
