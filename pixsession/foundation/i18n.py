"""The words of the program: English in the code, French by default, both through gettext."""

from __future__ import annotations

import gettext as _gettext
import io
from functools import cache

from pixsession.foundation.package_files import package_file

LANGUAGES = ("fr", "en")
DEFAULT_LANGUAGE = "fr"

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def use_language(language: str) -> None:
    """Speak this language from now on; one of LANGUAGES, anything else is refused with ValueError."""
    global _catalogue, _language  # noqa: PLW0603 - one process speaks one language at a time
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}")
    _catalogue = _gettext.NullTranslations() if language == "en" else _catalogue_of(language)
    _language = language


@cache
def _catalogue_of(language: str) -> _gettext.GNUTranslations:
    return _gettext.GNUTranslations(io.BytesIO(package_file(f"locale/{language}/LC_MESSAGES/pixsession.mo")))


def language() -> str:
    """The language in use, "fr" or "en"."""
    return _language


def _(message: str) -> str:
    """This English text in the language in use."""
    return _catalogue.gettext(message)


def as_spoken(text: str, messages: tuple[str, ...]) -> str:
    """In the language in use, a text that is one of these messages in any language; else as it is."""
    message = _messages_of(messages).get(text)
    return text if message is None else _(message)


@cache
def _messages_of(messages: tuple[str, ...]) -> dict[str, str]:
    translated = [_catalogue_of(language) for language in LANGUAGES if language != "en"]
    return {said: one for one in messages for said in (one, *(known.gettext(one) for known in translated))}


def ngettext(singular: str, plural: str, count: int) -> str:
    """The singular or plural text in the language in use; the caller puts the count in."""
    return _catalogue.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """The text in the language in use where the English word alone has two meanings."""
    return _catalogue.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - the mark that gettext's tools look for
    """Mark a text for the catalogue; it is translated where it is shown, by `_`."""
    return message
