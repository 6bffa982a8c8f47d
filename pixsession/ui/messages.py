"""What reaches the screen from elsewhere, and what a gesture asks of the app."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from pixsession.domain.board.snapshot import BoardRow, Snapshot
from pixsession.engine.pipeline import Pipeline
from pixsession.foundation.errors import PixSessionError

if TYPE_CHECKING:
    from pixsession.domain.certification.action_kinds import ActionKind
    from pixsession.domain.certification.actions import ActionRequest


class SnapshotReady(Message):
    """A newer state of the folder; a burst of them comes down to the last one."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self.snapshot = snapshot

    def can_replace(self, message: Message) -> bool:
        """One still in the queue is out of date as soon as this one is there."""
        return isinstance(message, SnapshotReady)


class PipelineStopped(Message):
    """The pipeline stopped, with its reason in words."""

    def __init__(self, error: PixSessionError) -> None:
        super().__init__()
        self.error = error


class WriteAsked(Message):
    """Something is to be written down: it is the next Snapshot that shows it."""

    @abstractmethod
    def write(self, pipeline: Pipeline) -> str | None:
        """Have the pipeline do it; what was taken back, if anything. Raises PixSessionError."""


class Pages(Protocol):
    """Who shows something over the board."""

    def student(self, student_id: int) -> None:
        """Open the screen of this student over the board."""

    def neighbour(self, student_id: int, steps: int) -> None:
        """Another student instead, so many lines further on the board."""

    def copy(self, row: BoardRow) -> None:
        """This student's facts on the clipboard."""

    def projection(self) -> None:
        """What everybody in the room may see."""

    def question(self, words: str, then: Callable[[], object]) -> None:
        """Ask, and go on where it is meant."""


class PageAsked(Message):
    """Something is to be shown over the board, or taken from it."""

    @abstractmethod
    def open(self, pages: Pages) -> None:
        """Have the pages do it."""


class SearchChanged(Message):
    """Another text to look for among the names; empty: no search."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class StudentAsked(PageAsked):
    """Show this student, by its number in the dossier."""

    def __init__(self, student_id: int) -> None:
        super().__init__()
        self.student_id = student_id

    def open(self, pages: Pages) -> None:
        pages.student(self.student_id)


class NeighbourAsked(PageAsked):
    """Show the student `steps` lines below this one on the board (above, when negative)."""

    def __init__(self, student_id: int, steps: int) -> None:
        super().__init__()
        self.student_id = student_id
        self.steps = steps

    def open(self, pages: Pages) -> None:
        pages.neighbour(self.student_id, self.steps)


class CopyAsked(PageAsked):
    """Put this student's facts on the clipboard, as a line of plain words."""

    def __init__(self, row: BoardRow) -> None:
        super().__init__()
        self.row = row

    def open(self, pages: Pages) -> None:
        pages.copy(self.row)


class DecisionAsked(WriteAsked):
    """These two entries, by their keys, are the same student, or are not: write it down."""

    def __init__(self, key: str, other: str, same: bool) -> None:
        super().__init__()
        self.key = key
        self.other = other
        self.same = same

    def write(self, pipeline: Pipeline) -> None:
        pipeline.decide(self.key, self.other, self.same)


class DecisionUndone(WriteAsked):
    """What was decided of these two entries is taken back."""

    def __init__(self, key: str, other: str) -> None:
        super().__init__()
        self.key = key
        self.other = other

    def write(self, pipeline: Pipeline) -> None:
        pipeline.undo_decision(self.key, self.other)


class FileTakenBack(WriteAsked):
    """This file, by its name in the list of files, counts no more, or (`counts`) counts again."""

    def __init__(self, name: str, *, counts: bool = False) -> None:
        super().__init__()
        self.name = name
        self.counts = counts

    def write(self, pipeline: Pipeline) -> None:
        pipeline.take_back_file(self.name, self.counts)


class FileUndoAsked(WriteAsked):
    """The file taken back last counts again."""

    def write(self, pipeline: Pipeline) -> str:
        return pipeline.undo_file()


class ActionAsked(WriteAsked):
    """Write down what a supervisor did."""

    def __init__(self, request: ActionRequest) -> None:
        super().__init__()
        self.request = request

    def write(self, pipeline: Pipeline) -> None:
        pipeline.act(self.request)


class UndoAsked(WriteAsked):
    """Take back the last thing that was done in the session."""

    def write(self, pipeline: Pipeline) -> str:
        return pipeline.undo_action()


class ActionWished(Message):
    """A gesture that needs more words than its key: ask for them, for these students."""

    def __init__(self, kind: ActionKind, targets: tuple[BoardRow, ...]) -> None:
        super().__init__()
        self.kind = kind
        self.targets = targets


class SheetAsked(Message):
    """Write the hand-over sheet of the session."""


class QuestionAsked(PageAsked):
    """Do this only where it is meant: a question that is fit to be painted, and what then."""

    def __init__(self, words: str, then: Callable[[], object]) -> None:
        super().__init__()
        self.words = words
        self.then = then

    def open(self, pages: Pages) -> None:
        pages.question(self.words, self.then)


class ProjectionAsked(PageAsked):
    """Show what everybody in the room may see."""

    def open(self, pages: Pages) -> None:
        pages.projection()
