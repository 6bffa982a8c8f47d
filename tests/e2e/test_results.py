"""The bilan of certifications from the command line, on files as Pix writes them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pixsession.cli.start import NOTHING_CHECKED
from pixsession.domain.pix.certification import ResultStatus
from pixsession.domain.pix.competences import CODES
from pixsession.foundation.i18n import LANGUAGES
from tests.e2e.runs import Run
from tests.factories.samples import Generation, Layout, Participation, Send, Student, profiles_export
from tests.factories.samples.results import (
    SESSION,
    Certified,
    CertifiedSession,
    ResultForm,
    certified,
    class_results,
    session_results,
)

NEW = ResultForm.LEVEL_AND_SCORE
TESTS = certified(60, 7, ("CléA numérique",))
DOWNLOADED = datetime(2026, 3, 31, 18)  # noqa: DTZ001 - Paris time without zone, as everywhere


def school(folder: Path, tests: tuple[Certified, ...] = TESTS, *, last: int = 56) -> Path:
    """A session, and the files of two classes of its candidates up to the `last`, in an older form."""
    folder.mkdir(exist_ok=True)
    files = [session_results(tests, NEW)]
    for name, mine in (("3eA", tests[:28]), ("3eB", tests[28:last])):
        files.append(class_results(mine, ResultForm.WITH_STATUS, name, DOWNLOADED))
    for file in files:
        file.write_to(folder)
    return folder


def told(run: Run, *arguments: str | Path) -> dict[str, Any]:
    outcome = run("results", *arguments, "--format", "json")
    assert outcome.status == 0, outcome.err
    found: dict[str, Any] = json.loads(outcome.out)
    assert found["schema"] == "pixsession/results/1"
    return found


def groups(answer: dict[str, Any]) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {
        (year["year"], group["by"], group["name"]): group
        for year in answer["years"]
        for group in year["groups"]
    }


def test_the_contract_says_each_certification_once(run: Run, tmp_path: Path) -> None:
    answer = told(run, school(tmp_path / "results"))
    found = groups(answer)
    ends = Counter(test.status for test in TESTS)
    whole = found["2025-2026", "all", ""]
    assert whole["candidates"] == len(TESTS)
    assert whole["obtained"] == ends[ResultStatus.VALIDATED]
    assert {name: found["2025-2026", by, name]["candidates"] for _year, by, name in found if by == "class"
            for by, name in [(by, name)]} == {"3eA": 28, "3eB": 28}  # fmt: skip
    assert found["2025-2026", "session", str(SESSION.number)] == whole | {
        "by": "session", "name": str(SESSION.number),
    }  # fmt: skip
    assert [(file["status"]) for file in answer["files"]] == ["read"] * 3


def quantile(values: Sequence[int], share: float) -> float:
    whole, rest = divmod((len(values) - 1) * share, 1)
    low, high = values[int(whole)], values[min(int(whole) + 1, len(values) - 1)]
    return round(low + rest * (high - low), 2)


def figures(tests: Sequence[Certified]) -> dict[str, Any]:
    """What the contract says of these, counted here by hand."""
    obtained = [test for test in tests if test.status is ResultStatus.VALIDATED]
    ends = Counter(test.status.value for test in tests)
    scores = sorted(test.pix for test in obtained)
    levels = {
        code: told
        for place, code in enumerate(CODES)
        if (told := [level for test in obtained if (level := test.levels[place]) is not None])
    }
    areas = {n: [one for code in levels if code[0] == n for one in levels[code]] for n in "12345"}
    return {
        "candidates": len(tests),
        "obtained": len(obtained),
        **{name: ends[name] for name in ("rejected", "cancelled", "error", "started")},
        "score": {
            "n": len(scores),
            "mean": round(sum(scores) / len(scores), 2),
            "median": quantile(scores, 0.5),
            "q1": quantile(scores, 0.25),
            "q3": quantile(scores, 0.75),
            "min": scores[0],
            "max": scores[-1],
        },
        "labels": Counter(
            line.level_label for line in session_results(obtained, NEW).truth if line.level_label is not None
        ),
        "competences": {
            code: {
                "n": len(told),
                "mean": round(sum(told) / len(told), 2),
                "at_least_1": sum(level >= 1 for level in told),
                "at_least_3": sum(level >= 3 for level in told),
            }
            for code, told in levels.items()
        },
        "areas": {n: {"n": len(a), "mean": round(sum(a) / len(a), 2)} for n, a in areas.items()},
    }


def test_every_key_of_the_contract_is_there_with_its_figure(run: Run, tmp_path: Path) -> None:
    answer = told(run, school(tmp_path / "results"))
    assert list(answer) == ["schema", "years", "files"]
    assert [list(file) for file in answer["files"]] == [["name", "status"]] * 3
    [year] = answer["years"]
    assert (list(year), year["year"]) == (["year", "groups"], "2025-2026")
    assert year["groups"] == [
        {"by": by, "name": name, **figures(tests)}
        for by, name, tests in (
            ("all", "", TESTS),
            ("class", "3eA", TESTS[:28]),
            ("class", "3eB", TESTS[28:56]),
            ("session", str(SESSION.number), TESTS),
        )
    ]


def test_single_files_are_read_too_and_a_zip(run: Run, tmp_path: Path) -> None:
    folder = school(tmp_path / "results")
    whole = groups(told(run, folder))
    assert groups(told(run, *sorted(folder.iterdir()))) == whole
    packed = tmp_path / "pix-sessions-results-1790000000000.zip"
    other = CertifiedSession(555, SESSION.centre, SESSION.start + timedelta(days=1))
    later = [replace(test, number=test.number + 1) for test in TESTS[:9]]
    with zipfile.ZipFile(packed, "w") as archive:
        for one in (session_results(TESTS, NEW), session_results(later, NEW, other)):
            archive.writestr(one.name, one.content)
    found = groups(told(run, packed))
    assert found["2025-2026", "all", ""]["candidates"] == 69
    assert found["2025-2026", "session", "555"]["candidates"] == 9


def test_what_is_wrong_in_a_zip_is_named_by_the_file_in_it_and_the_line(run: Run, tmp_path: Path) -> None:
    whole = session_results(TESTS[:20], NEW)
    others = [replace(test, number=test.number + 1) for test in TESTS[:20]]
    later = [CertifiedSession(n, SESSION.centre, SESSION.start + timedelta(days=n)) for n in (1, 2)]
    odd, cut = (session_results(others if n else TESTS[20:], NEW, one) for n, one in enumerate(later))
    packed = tmp_path / "pix-sessions-results-1790000000000.zip"
    lines = cut.content.decode().split("\n")
    lines[4] += ';"one cell more"'
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(whole.name, whole.content)
        archive.writestr(odd.name, odd.content.decode().replace('"Validée"', '"Bloquée"', 1))
        archive.writestr(cut.name, "\n".join(lines))
    blocked = next(n for n, test in enumerate(odd.truth, 2) if test.status is ResultStatus.VALIDATED)
    said = run("results", packed).out
    assert f"{packed.name}, {odd.name}, line {blocked}: how the test ended is not told" in said
    assert f"{odd.name}: line {blocked}: “Bloquée” cannot be read" in said
    assert f"“{cut.name}” is not read: line 5: " in said


def test_years_side_by_side_with_how_sure_the_change_is(run: Run, tmp_path: Path) -> None:
    folder = school(tmp_path / "results")
    before = CertifiedSession(999, SESSION.centre, SESSION.start - timedelta(days=364))
    older = [replace(test, number=test.number + 1) for test in certified(40, 9)]
    session_results(older, NEW, before).write_to(folder)
    assert {year for year, _by, _name in groups(told(run, folder))} == {"2024-2025", "2025-2026"}
    assert {year for year, _by, _name in groups(told(run, folder, "--year", "2024-2025"))} == {"2024-2025"}
    long_before = CertifiedSession(998, SESSION.centre, SESSION.start - timedelta(days=728))
    session_results(
        [replace(test, number=test.number + 2) for test in certified(50, 3)], NEW, long_before
    ).write_to(folder)
    text = run("results", folder).out
    assert "chance alone may explain it" in text
    assert "The years side by side" in text
    findings, _title, earlier = text.partition("Earlier changes:")
    assert "From 2024-2025 to 2025-2026, obtained:" in findings
    assert "From 2023-2024 to 2024-2025" not in findings
    assert "From 2023-2024 to 2024-2025, obtained:" in earlier
    changes = re.findall(r"(\d+)(?: %)? → (\d+) (?:%|pix), ([+−]\d+) (?:points|pix)", text)
    assert len(changes) == 4
    for before, after, difference in changes:  # whoever takes the one from the other finds what is said
        assert int(after) - int(before) == int(difference.replace("−", "-"))


def test_one_class_alone(run: Run, tmp_path: Path) -> None:
    found = groups(told(run, school(tmp_path / "results"), "--class", "3e b"))
    assert found["2025-2026", "all", ""]["candidates"] == 28


def pix(level: int | None) -> int:
    """Two short of the next level."""
    return 8 * (level or 0) + 6


def sent(test: Certified, at: datetime) -> Student:
    send = Send(at, tuple(map(pix, test.levels)))
    return Student(test.last_name, test.first_name, (Participation(at - timedelta(days=9), send),), "3eA")


def test_the_profile_before_against_the_result_where_a_collection_is_there(run: Run, tmp_path: Path) -> None:
    folder = school(tmp_path / "results")
    names = Counter((test.last_name, test.first_name) for test in TESTS)
    obtained = [
        test
        for test in TESTS[:28]
        if test.status is ResultStatus.VALIDATED and names[test.last_name, test.first_name] == 1
    ]
    early = [sent(test, SESSION.start - timedelta(days=2)) for test in obtained[:10]]
    doubled = obtained[-1]  # whose result may be of either of two students
    early += [
        sent(replace(doubled, first_name=f"{doubled.first_name} {name}"), SESSION.start)
        for name in ("A", "B")
    ]
    late = [sent(test, SESSION.start + timedelta(days=2)) for test in obtained[10:-1]]
    exported = SESSION.start + timedelta(days=5)
    profiles_export([*early, *late], Generation.PARIS_MINUTES, Layout(), exported).write_to(folder)
    text = run("results", folder).out
    mean = round(sum(sum(map(pix, test.levels)) for test in obtained[:10]) / 10)
    assert f"For 10 students a profile sent before the test was found: {mean} pix on average" in text
    without = sum(test.status is ResultStatus.VALIDATED for test in TESTS) - 11
    assert f"(doubtful: 1, not found: {without})" in text
    assert "within 2 pix of the next level" in text


def test_who_is_to_be_entered_again_is_named_and_why(run: Run, tmp_path: Path) -> None:
    text = run("results", school(tmp_path / "results")).out
    listed = text.partition("To enter again:")[2].partition("\n\n")[0]
    failed = [test for test in TESTS if test.status is not ResultStatus.VALIDATED]
    assert len(listed.strip().splitlines()) == len(failed)
    assert all(test.last_name in listed for test in failed)


def test_what_contradicts_is_named_by_file_and_line_and_left_out(run: Run, tmp_path: Path) -> None:
    folder = school(tmp_path / "results")
    other = replace(TESTS[0], pix=TESTS[0].pix + 8, status=ResultStatus.VALIDATED)
    stranger = class_results([other], NEW, "3eC", DOWNLOADED)
    stranger.write_to(folder)
    outcome = run("results", folder)
    assert f"{stranger.name}, line 2" in outcome.out
    assert "one certification, two results" in outcome.out
    assert groups(told(run, folder))["2025-2026", "all", ""]["candidates"] == len(TESTS) - 1


def test_scores_over_the_maximum_and_words_never_seen_are_named_with_their_line(
    run: Run, tmp_path: Path
) -> None:
    file = session_results(TESTS[:9], NEW)
    rows = list(csv.reader(io.StringIO(file.content.decode()), delimiter=";"))
    score, level, status = (rows[0].index(name) for name in ("Score en Pix", "1.1", "Statut"))
    obtained = [n for n, row in enumerate(rows) if row[status] == "Validée"]
    rows[obtained[0]][score], rows[obtained[1]][level], rows[obtained[2]][status] = "2000", "9", "Bloquée"
    changed = io.StringIO()
    csv.writer(changed, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    path = tmp_path / file.name
    path.write_text(changed.getvalue(), encoding="utf-8")
    said = run("results", path).out
    lines = [n + 1 for n in obtained]
    assert f"line {lines[0]}: “2000” is over the maximum, 1024: it is left out" in said
    assert f"line {lines[1]}: “9” is over the maximum, 8: it is left out" in said
    assert f"line {lines[2]}: “Bloquée” cannot be read" in said
    assert f"{file.name}, line {lines[2]}: how the test ended is not told, it is counted apart" in said
    shared = run("results", path, "--parquet", tmp_path / "shared")
    assert f"{file.name}, line {lines[2]}: how the test ended is not told" in shared.err
    for_programs = run("results", path, "--format", "json")
    assert f"line {lines[0]}: “2000” is over the maximum" in for_programs.err
    assert f"{file.name}, line {lines[2]}: how the test ended is not told" in for_programs.err
    whole = groups(told(run, path))["2025-2026", "all", ""]
    assert (whole["candidates"], whole["obtained"]) == (9, len(obtained) - 1)
    assert whole["score"]["n"] == len(obtained) - 2


def test_where_no_file_tells_how_tests_ended_nobody_is_said_to_have_failed(run: Run, tmp_path: Path) -> None:
    file = class_results(TESTS[:9], ResultForm.WITH_STATUS, "3eA", DOWNLOADED)
    rows = list(csv.reader(io.StringIO(file.content.decode()), delimiter=";"))
    status = rows[0].index("Statut")
    changed = io.StringIO()
    bare = ([*row[:status], *row[status + 1 :]] for row in rows)
    csv.writer(changed, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(bare)
    path = tmp_path / file.name
    path.write_text(changed.getvalue(), encoding="utf-8")
    said = run("results", path).out
    assert "9 candidates; no file tells how the tests ended." in said
    assert "0 obtained" not in said
    assert re.search(r"^3eA +9( +—){6}$", said, re.MULTILINE)


def test_two_lines_of_one_file_that_differ_are_named_together_and_in_words(run: Run, tmp_path: Path) -> None:
    file = session_results(TESTS[:9], NEW)
    obtained = next(line for line in file.content.decode().split("\n") if '"Validée"' in line)
    path = tmp_path / file.name
    again = obtained.replace('"Validée"', '"Annulée"')
    path.write_text(file.content.decode().rstrip("\n") + f"\n{again}\n", encoding="utf-8")
    first = file.content.decode().split("\n").index(obtained) + 1
    said = run("results", path).out
    assert (
        f"{file.name}, lines {first}, 11: one certification, two results (“obtained” and “cancelled”)" in said
    )


def test_without_names_nothing_leads_to_anybody(run: Run, tmp_path: Path) -> None:
    folder = school(tmp_path / "results", last=60)
    secrets = {test.last_name for test in TESTS} | {
        test.first_name for test in TESTS if len(test.first_name) > 3
    }
    secrets |= {str(test.number) for test in TESTS} | {f"{test.birth_date:%d/%m/%Y}" for test in TESTS}
    secrets |= {test.birth_date.isoformat() for test in TESTS}
    for form in ("text", "html", "csv", "json"):
        output = tmp_path / f"out.{form}"
        run("results", folder, "--anonymous", "--format", form, "--output", output)
        said = output.read_text(encoding="utf-8")
        assert "3eA" in said
        assert {secret for secret in secrets if secret in said} == set()
        assert "_resultats_" not in said, "names of files may say anything"


def test_without_names_small_classes_are_the_other_classes(run: Run, tmp_path: Path) -> None:
    folder = school(tmp_path / "results", TESTS[:50], last=31)  # three students in 3eB
    text = run("results", folder, "--anonymous").out
    assert "— Other classes\n" in text
    assert "3eB" not in text


def test_without_names_one_class_alone_is_refused(run: Run, tmp_path: Path) -> None:
    """Beside the bilan of all classes it would tell what that one hides."""
    outcome = run("results", school(tmp_path / "results"), "--anonymous", "--class", "3eA")
    assert outcome.status == NOTHING_CHECKED
    assert "--class" in outcome.err


def test_many_schools_are_written_as_parquet_and_compared(run: Run, tmp_path: Path) -> None:
    shared = tmp_path / "academie"
    for number, name in enumerate(("Collège A", "Collège B")):
        mine = [replace(test, number=test.number + number) for test in certified(40, number)]
        folder = tmp_path / name
        folder.mkdir()
        session_results(mine, NEW, replace(SESSION, centre=name)).write_to(folder)
        outcome = run("results", folder, "--parquet", shared)
        assert (outcome.status, "40 certifications" in outcome.out) == (0, True)
    found = groups(told(run, shared))
    assert {key[1:] for key in found} == {("all", ""), ("school", "Collège A"), ("school", "Collège B")}
    assert found["2025-2026", "all", ""]["candidates"] == 80
    assert "The schools side by side" in run("results", shared).out


def test_the_parquet_of_one_school_says_what_its_bilan_says_without_names(run: Run, tmp_path: Path) -> None:
    """One rule for both: else the one would tell what the other hides."""
    folder, shared = school(tmp_path / "results"), tmp_path / "shared"
    assert run("results", folder, "--parquet", shared).status == 0
    found = groups(told(run, shared))
    assert found == groups(told(run, folder, "--anonymous"))
    assert found["2025-2026", "all", ""]["score"]["min"] is None
    text = run("results", shared).out
    assert "Without names." in text
    assert "Scores: from" not in text
    assert re.findall(r"\b[1-4] (?:not obtained|cancelled|in error|begun)", text) == []


def test_many_schools_hide_what_would_be_of_few(run: Run, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    for place, name in enumerate(("Collège A", "Collège B")):
        folder = school(tmp_path / name, certified(60 + place, 7 + place))
        assert run("results", folder, "--parquet", shared, "--school", name).status == 0
    found = groups(told(run, shared))
    assert {by for _year, by, _name in found} == {"all", "school"}
    counts = ("candidates", "obtained", "rejected", "cancelled", "error", "started")
    shown = [group[name] for group in found.values() for name in counts if group[name] is not None]
    assert shown
    assert not [n for n in shown if 0 < n < 5]
    assert [group["score"][end] for group in found.values() for end in ("min", "max")] == [None] * 6
    text = run("results", shared).out
    assert "The schools side by side" in text
    assert "hidden" in text


def test_a_table_for_spreadsheets_has_a_line_for_each_group(run: Run, tmp_path: Path) -> None:
    run("results", school(tmp_path / "results"), "--format", "csv", "--output", tmp_path / "bilan.csv")
    text = (tmp_path / "bilan.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";", strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [row[1:3] for row in rows[1:]] == [
        ["together", "together"], ["class", "3eA"], ["class", "3eB"], ["session", str(SESSION.number)],
    ]  # fmt: skip


def test_nothing_to_take_stock_of_is_said(run: Run, tmp_path: Path) -> None:
    outcome = run("results", tmp_path)
    assert outcome.status == NOTHING_CHECKED
    assert "no result of a certification here" in outcome.err


def test_where_nothing_can_be_read_each_file_says_why(run: Run, tmp_path: Path) -> None:
    whole = session_results(TESTS, NEW)
    (tmp_path / whole.name).write_bytes(whole.content[:-30])
    outcome = run("results", tmp_path)
    assert outcome.status == NOTHING_CHECKED
    assert whole.name in outcome.err
    assert "the file is damaged or cut" in outcome.err or "incomplete" in outcome.err


@pytest.mark.parametrize("year", ["2025", "2025-2027", "2025-26", "hier"])
def test_a_school_year_that_is_none_is_refused(run: Run, tmp_path: Path, year: str) -> None:
    outcome = run("results", tmp_path, "--year", year)
    assert outcome.status == NOTHING_CHECKED
    assert "2025-2026" in outcome.err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_of_the_figures_is_wider_than_80_columns(run: Run, tmp_path: Path, lang: str) -> None:
    lines = run("results", school(tmp_path / "results"), lang=lang).out.splitlines()
    figures = [line for line in lines if re.search(r"█|▒|^3e[AB] ", line)]
    assert len(figures) > 30
    assert max(map(len, figures)) <= 78


def test_a_narrow_terminal_has_no_line_of_a_chart_that_is_wider(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = school(tmp_path / "results")
    for columns in (80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        bars = [line for line in run("results", folder).out.splitlines() if set("█▒░") & set(line)]
        assert bars
        assert max(map(len, bars)) < columns
        assert max(map(len, bars)) > columns - 20


@pytest.mark.parametrize(
    "option", [("--anonymous",), ("--class", "3eB"), ("--school", "X"), ("--parquet", "elsewhere")]
)
def test_a_folder_of_many_schools_takes_no_option_that_it_would_ignore(
    run: Run, tmp_path: Path, option: tuple[str, ...]
) -> None:
    shared = tmp_path / "shared"
    assert run("results", school(tmp_path / "results"), "--parquet", shared).status == 0
    outcome = run("results", shared, *option)
    assert outcome.status == 2
    assert "--year, --format, --output" in outcome.err


def test_json_goes_into_a_file_where_one_is_named(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "bilan.json"
    outcome = run("results", school(tmp_path / "results"), "--format", "json", "--output", output)
    assert (outcome.status, outcome.out) == (0, "")
    assert json.loads(output.read_text(encoding="utf-8"))["schema"] == "pixsession/results/1"


def test_a_year_of_no_result_is_said_to_have_none(run: Run, tmp_path: Path) -> None:
    outcome = run("results", school(tmp_path / "results"), "--year", "2019-2020")
    assert outcome.status == 2
    assert outcome.err.strip().endswith("no result of a certification of this year or class here.")
    assert "resultats" not in outcome.err
