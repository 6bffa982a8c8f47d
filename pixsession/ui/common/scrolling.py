"""The keys that scroll a page of text; the page has `action_scroll`, in lines."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from pixsession.foundation.i18n import N_


def scroll_keys(page: str, *, shown: bool = True) -> list[BindingType]:
    """Those of a page, by the name of its bindings; `shown`: a screen further stands on the line of keys."""
    return [
        Binding("down,j", "scroll(1)", N_("down"), id=f"{page}.down", show=False, tooltip=N_("Further down")),
        Binding("up,k", "scroll(-1)", N_("up"), id=f"{page}.up", show=False, tooltip=N_("Back up")),
        Binding(
            "pagedown,space", "scroll(15)", N_("page down"), id=f"{page}.page_down", show=shown,
            tooltip=N_("A page down"),
        ),
        Binding(
            "pageup", "scroll(-15)", N_("page up"), id=f"{page}.page_up", show=False, tooltip=N_("A page up")
        ),
    ]  # fmt: skip
