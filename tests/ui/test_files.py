"""The screen of the files: what each is, what was left out and why, what to do; the ignored ones folded."""

from __future__ import annotations

from datetime import timedelta

from pixsession.domain.board.snapshot import (
    FileEntry,
    FileRole,
    FileStatus,
    HiddenCampaigns,
    HiddenReason,
)
from pixsession.ui.common.line import cut_middle
from pixsession.ui.files.screen import FilesScreen
from tests.factories.people_screens import EVALUATION, FILES, IGNORED, PARTLY, PASSWORDS, PROFILES, TORN
from tests.factories.screens import Board, board
from tests.factories.snapshots import NOW, SOURCE, class_rows, snapshot

ROWS = class_rows()
MENDED = TORN._replace(status=FileStatus.READ, rows=31, message=None)


def words_of(driven: Board) -> str:
    """What is on the screen, as one line."""
    return " ".join(driven.text.split())


def at(driven: Board) -> str | None:
    """The file under the cursor."""
    screen = driven.app.screen
    assert isinstance(screen, FilesScreen)
    return screen.plain_list.key


async def test_what_needs_a_gesture_comes_first() -> None:
    async with board(snapshot(ROWS, files=FILES)) as driven:
        await driven.press("f")
        text = driven.text
        assert "Files: 6 read, 2000 ignored, 2 refused" in text
        order = [
            text.index(words)
            for words in (
                PASSWORDS.name,
                TORN.name,
                "partly read",
                "✔ read",
                "2000 files that are not of Pix",
            )
        ]
        assert order == sorted(order)
        for kind in (
            "passwords", "profile collection", "class list", "evaluation campaign", "certification results",
            "list of candidates", "import of sessions",
        ):  # fmt: skip
            assert kind in text
        await driven.press("f")
        assert driven.on_board


async def test_a_file_of_passwords_is_to_be_deleted_and_not_to_be_mended() -> None:
    async with board(snapshot(ROWS, files=(PASSWORDS,))) as driven:
        await driven.press("f")
        assert "Delete this file: it holds passwords of students." in words_of(driven)
        assert "Mend it" not in driven.text


async def test_a_refused_file_says_why_and_that_it_is_read_again_by_itself() -> None:
    async with board(snapshot(ROWS, files=(*FILES[-4:-2], TORN))) as driven:
        await driven.press("f")
        assert at(driven) == TORN.name
        assert "line 12: the file stops in the middle" in driven.text
        assert "Mend it or download it again: it will be read again by itself." in words_of(driven)
        await driven.publish(snapshot(ROWS, revision=2, files=(*FILES[-4:-2], MENDED)))
        assert "✖" not in driven.text
        assert "Mend it" not in driven.text


async def test_lines_left_out_have_their_number_and_cause_and_guesses_are_said() -> None:
    async with board(snapshot(ROWS, files=(PROFILES, PARTLY))) as driven:
        await driven.press("f")
        words = words_of(driven)
        assert PARTLY.name in words, "in full, over two lines"
        assert "27 lines, 2 left out" in words
        assert "Line 4 no name Line 17 the class is missing" in words
        assert "Guessed saved by a spreadsheet: written in Windows-1252, as its French words show" in words


async def test_an_export_has_its_campaign_and_its_time() -> None:
    async with board(snapshot(ROWS, files=(PROFILES, EVALUATION))) as driven:
        await driven.press("f")
        words = words_of(driven)
        assert "Campaign Certification 3e, collecte (KQWBTM347)" in words
        assert "Date 09:45, 3 min ago" in words
        assert "Content 10 lines" in words
        driven.clock.moment = NOW + timedelta(minutes=7)
        await driven.tick()
        assert "Date 09:45, 10 min ago" in words_of(driven), "ages do not wait for the next export"
        await driven.press("j")
        assert "deleted since, kept here" in driven.text


async def test_ignored_files_are_folded_until_asked_for() -> None:
    async with board(snapshot(ROWS, files=FILES)) as driven:
        await driven.press("f")
        assert IGNORED[0].name not in driven.text
        await driven.press("i")
        assert IGNORED[0].name in driven.text
        await driven.press("j")
        assert "not an export of Pix" in driven.text
        await driven.press("G")
        assert at(driven) == IGNORED[-1].name
        await driven.press("i")
        assert "facture" not in driven.text
        assert "there is nothing to do" in words_of(driven)
        await driven.press("enter")
        assert IGNORED[0].name in driven.text, "enter on their line shows them too"


async def test_one_file_over_the_whole_screen() -> None:
    rejects = tuple((number, f"cause number {number}") for number in range(2, 60))
    async with board(snapshot(ROWS, files=(PROFILES, PARTLY._replace(rejects=rejects)))) as driven:
        await driven.press("f")
        assert "cause number 12" not in driven.text
        await driven.press("enter")
        assert "cause number 12" in driven.text
        assert PROFILES.name not in driven.text
        await driven.press("space", "space", "space", "space", "space")
        assert "cause number 59" in driven.text
        await driven.press("k", "pageup", "escape")
        assert isinstance(driven.app.screen, FilesScreen)
        assert "cause number 59" not in driven.text
        await driven.press("j")
        assert at(driven) == PROFILES.name, "the list has the keys again"
        await driven.press("escape")
        assert driven.on_board


async def test_the_cursor_stays_on_its_file() -> None:
    async with board(snapshot(ROWS, files=(PROFILES, EVALUATION))) as driven:
        await driven.press("f", "j")
        assert at(driven) == EVALUATION.name
        await driven.publish(snapshot(ROWS, revision=2, files=(TORN, PASSWORDS, PROFILES, EVALUATION)))
        assert at(driven) == EVALUATION.name


async def test_no_file_at_all_and_no_key_does_harm() -> None:
    async with board(snapshot(files=(), newest_export_at=None)) as driven:
        await driven.press("f")
        assert "No file in this folder yet." in driven.text
        await driven.press("enter", "i", "j", "k", "G", "space")
        assert isinstance(driven.app.screen, FilesScreen)
        await driven.publish(snapshot(ROWS, revision=2))
        assert SOURCE.file[-12:] in driven.text
        await driven.publish(snapshot(ROWS, revision=3, files=()))
        assert "No file in this folder yet." in driven.text


async def test_notices_stand_above() -> None:
    async with board(snapshot(ROWS)._replace(notices=("the database was rebuilt",))) as driven:
        await driven.press("f")
        assert "⚠ the database was rebuilt" in driven.text


async def test_fits_the_smallest_terminal() -> None:
    async with board(snapshot(ROWS, files=FILES), size=(60, 15)) as driven:
        await driven.press("f")
        assert driven.lines[2].startswith(" ✖ refused")
        assert driven.lines[5].startswith(" ✔ read")
        assert any("Delete this file" in line for line in driven.lines)


def test_a_name_is_cut_in_its_middle() -> None:
    assert cut_middle("abc.csv", 7) == "abc.csv"
    assert cut_middle("abcdefgh.csv", 9) == "abcd….csv"
    assert cut_middle("名前名前名前.csv", 8) == "名前…csv"
    assert cut_middle("abc", 1) == "…"


def test_every_kind_has_its_words() -> None:
    from pixsession.readers import ExportKind
    from pixsession.ui.files.words import kind_words

    for kind in ExportKind:
        entry = FileEntry("x", FileStatus.READ, kind.value)
        assert kind_words(entry)
        assert kind_words(entry) != kind.value or kind is ExportKind.UNKNOWN


COUNTED = PROFILES._replace(digest="a" * 64, role=FileRole.LIST)
SAID = "taken back: it does not count"
TAKEN_BACK = COUNTED._replace(role=FileRole.TAKEN_BACK, message=SAID, notes=(SAID,))


async def test_a_file_is_taken_back_and_counts_again() -> None:
    async with board(snapshot(ROWS, files=(COUNTED,))) as driven:
        await driven.press("f", "n")
        await driven.until(lambda: driven.pipeline.taken_back == [(COUNTED.name, False)])
        await driven.press("z")  # nothing to undo yet
        await driven.publish(snapshot(ROWS, files=(TAKEN_BACK,)))
        assert "not counted" in driven.text
        assert words_of(driven).count(SAID) == 1
        await driven.press("n")
        await driven.until(lambda: driven.pipeline.taken_back[1:] == [(COUNTED.name, True)])
        assert driven.pipeline.files_undone == 0
        await driven.press("z")
        await driven.until(lambda: driven.pipeline.files_undone == 1)


async def test_a_counted_file_that_was_deleted_is_asked_about_once() -> None:
    async with board(snapshot(ROWS, files=(COUNTED,))) as driven:
        deleted = snapshot(ROWS, files=(COUNTED._replace(present=False),))._replace(deleted=(COUNTED.name,))
        await driven.publish(deleted)
        await driven.until(lambda: "should it still count?" in words_of(driven).replace("│ ", ""))
        await driven.press("n")
        await driven.until(lambda: driven.pipeline.taken_back == [(COUNTED.name, False)])
        await driven.publish(deleted._replace(revision=99))
        assert driven.on_board


async def test_hidden_campaigns_are_one_line_and_one_key() -> None:
    hidden = (HiddenCampaigns(HiddenReason.EARLIER_YEAR, (SOURCE.campaign,)),)
    async with board(snapshot(ROWS)._replace(hidden=hidden)) as driven:
        assert "1 campaign of an earlier year hidden" in driven.text
        await driven.press("A")
        await driven.until(lambda: driven.pipeline.shows_all is True)
        await driven.publish(snapshot(ROWS)._replace(shows_all=True, revision=99))
        assert "A: hide them" in driven.text


async def test_a_file_that_a_lesson_leaves_out_is_one_of_pix_and_says_why() -> None:
    cause = "made after this lesson (11/09/2025): it does not belong to it"
    late = EVALUATION._replace(status=FileStatus.IGNORED, message=cause)
    async with board(snapshot(ROWS, files=(PROFILES, late)), size=(120, 30)) as driven:
        await driven.press("f")
        assert "not of Pix" not in driven.text
        assert sum(late.name[:8] in line for line in driven.lines) >= 1
        await driven.press("down")
        assert "made after this lesson" in " ".join(driven.text.split())
