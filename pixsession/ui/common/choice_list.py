"""A list of which one line is chosen; its enter is told on the line of keys."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from pixsession.foundation.i18n import N_
from pixsession.ui.common.plain_list import PlainList


class ChoiceList(PlainList):
    """Enter or a click chooses."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("choose"), id="choice.take", tooltip=N_("Take this line")),
    ]
