"""Help: the keys in force, the rule in words, the symbols, and what is kept on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from pixsession.domain.board.wording import state_symbol, state_word
from pixsession.domain.pix.eligibility import Eligibility, Rule
from pixsession.foundation.i18n import N_, _, ngettext
from pixsession.ui.common.key_bar import key_words
from pixsession.ui.common.page import Page
from pixsession.ui.common.symbols import STATE_COLOURS, Symbols

_STATE_MEANINGS = {
    Eligibility.NOT_ELIGIBLE: N_("the profile sent does not reach the rule"),
    Eligibility.TO_CHECK: N_("the export contradicts itself or is unclear: the student's screen says why"),
    Eligibility.NOT_SENT: N_("in the campaign, but no profile has been sent"),
    Eligibility.NOT_IN_EXPORT: N_("expected, but in no export"),
    Eligibility.ELIGIBLE: N_("the profile sent reaches the rule and nothing contradicts it"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the help says of this board: its rule, when it goes stale, and where the exports are kept."""

    rule: Rule
    stale_minutes: int
    kept_in: str | None  # None: nothing is kept
    is_shared: bool  # several computers hold the session
    of_its_mode: Sequence[tuple[str, Content]] = ()  # sections of this kind of board: titles and texts


class HelpScreen(Page):
    """One long text, from the keys of the screen it was called from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "question_mark",
            "app.close_page",
            N_("back"),
            id="help.close",
            show=False,
            tooltip=N_("Back to the board"),
        ),
        Binding("down,j", "scroll(1)", N_("down"), id="help.down", show=False, tooltip=N_("Further down")),
        Binding("up,k", "scroll(-1)", N_("up"), id="help.up", show=False, tooltip=N_("Back up")),
        Binding(
            "pagedown,space", "scroll(15)", N_("page down"), id="help.page_down", tooltip=N_("A page down")
        ),
        Binding("pageup", "scroll(-15)", N_("page up"), id="help.page_up", tooltip=N_("A page up")),
    ]

    def __init__(self, bindings: Mapping[str, ActiveBinding], facts: Facts, *, symbols: Symbols) -> None:
        super().__init__(_("Help"), symbols=symbols)
        self._gestures = bindings
        self._facts = facts

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(can_focus=False):
            session = self._keys(in_session=True)
            if session:
                yield from self._section(_("Keys of the day"), session)
            yield from self._section(_("Keys"), self._keys(in_session=False))
            words = _(
                "A state has the same digit on every board. On a French keyboard the key of a digit needs no "
                "Shift here."
            )
            yield Static(words, classes="section", markup=False)
            yield from self._section(_("The rule"), self._rule())
            for title, content in self._facts.of_its_mode:
                yield from self._section(title, content)
            yield from self._section(_("The signs"), self._symbols())
            yield from self._section(_("What is kept"), self._kept())

    def action_scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def _section(self, title: str, content: Content) -> Iterable[Widget]:
        yield Static(title, classes="title", markup=False)
        yield Static(content, classes="section", markup=False)

    def _keys(self, *, in_session: bool) -> Content:
        """The gestures of a session have a section of their own."""
        gestures = {
            key: active
            for key, active in self._gestures.items()
            if (active.binding.id or "").startswith(("session.", "lesson.")) is in_session
        }
        rows = key_rows(gestures, self.symbols)
        width = max((len(keys) for keys, _words in rows), default=0)
        return Content("\n").join(
            [Content.assemble((keys.rjust(width), "bold $accent"), f"  {words}") for keys, words in rows]
        )

    def _rule(self) -> Content:
        rule, minutes = self._facts.rule, self._facts.stale_minutes
        words = ngettext(
            "A student is eligible with {n} competence of the 16 at level {level} or more.",
            "A student is eligible with {n} competences of the 16 at level {level} or more.",
            rule.min_competences,
        )
        lines: list[Content | str] = [
            words.format(n=rule.min_competences, level=rule.min_level),
            _("A level is 8 pix. The latest profile sent counts, whichever campaign it came through."),
            _("Only a profile sent again, and a new export after it, show what a student did since."),
            ngettext(
                "After {n} minute without a new export the head says that the board is frozen.",
                "After {n} minutes without a new export the head says that the board is frozen.",
                minutes,
            ).format(n=minutes),
        ]
        return Content("\n").join(lines)

    def _symbols(self) -> Content:
        symbols = self.symbols
        lines = [
            Content.assemble(
                (
                    f"{state_symbol(state, ascii_only=symbols.ascii_only)} {state_word(state)}",
                    STATE_COLOURS[state],
                ),
                f"  {_(meaning)}",
            )
            for state, meaning in _STATE_MEANINGS.items()
        ]
        lines += [
            Content(f"{symbols.reached * 3}  {_('competences toward the rule, one sign each')}"),
            Content(f"2.2 −3  {_('competence 2.2 is 3 pix short of the level')}"),
            Content(f"{symbols.up} {symbols.down}  {_('better or worse than in the export before')}"),
            Content(f"{symbols.live}  {_('live: the newest export is recent')}"),
            Content(f"{symbols.frozen}  {_('frozen by you: new exports wait')}"),
            Content(
                f"{symbols.warning}  {_('do not trust it without a look: old export, folder gone, doubt')}"
            ),
        ]
        return Content("\n").join(lines)

    def _kept(self) -> Content:
        kept = self._facts.kept_in
        lines: list[Content | str] = [
            _("What is done and read goes to the shared folder of the session, and nowhere else.")
            if self._facts.is_shared
            else _("Nothing leaves this machine: the program makes no network connection."),
            _("Each export that was read is kept in {folder}, readable by you alone.").format(folder=kept)
            if kept
            else _("Nothing is kept: everything is forgotten when you quit."),
            _("The files of your folder are only read, never changed."),
        ]
        return Content("\n").join(lines)


def key_rows(bindings: Mapping[str, ActiveBinding], symbols: Symbols) -> list[tuple[str, str]]:
    """Keys and what they do, one row a gesture; only those that can be told, which have an id and words.

    Digits stand together, where the first of them is met.
    """
    keys: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for active in bindings.values():
        binding = active.binding
        if binding.id and binding.description:
            keys.setdefault(binding.id, []).append(key_words(_plain(binding), symbols))
            words[binding.id] = _sentence(binding)
    rows = [(" ".join(found), words[name]) for name, found in keys.items()]
    digits = [row for row in rows if row[0][:1].isdigit()]
    if not digits:
        return rows
    at = rows.index(digits[0])
    digits.sort(key=lambda row: (row[0].startswith("0"), row[0]))  # "all of them" is the last
    return [*rows[:at], *digits, *(row for row in rows[at:] if row not in digits)]


def _plain(binding: Binding) -> Binding:
    # "1-5" on the key line; here each key has its own row.
    return binding.with_key(binding.key)


def _sentence(binding: Binding) -> str:
    return _(binding.tooltip) if binding.tooltip else _(binding.description)
