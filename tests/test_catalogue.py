"""French is complete, compiled as written, and says the same things as the English of the code."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("babel", reason="Babel is not installed")

from babel.messages.catalog import Message

from pixsession.domain.pix.certification import LEVEL_LABELS
from pixsession.domain.pix.competences import AREAS, COMPETENCES
from tests.catalogue import (
    MO,
    PACKAGE,
    compiled,
    forms,
    in_code,
    in_french,
    is_translated,
    messages,
    spoken,
    trees,
)

FRENCH = list(messages(in_french()))
# Where French itself is read or written, and not shown as words of ours.
FRENCH_BY_NATURE = ("pixsession/readers/",)


def text(message: Message) -> str:
    return forms(message.id)[0]


def keys(catalogue: list[Message]) -> set[tuple[object, str | None]]:
    return {
        (message.id if isinstance(message.id, str) else tuple(message.id), message.context)
        for message in catalogue
    }


@pytest.mark.slow
def test_the_french_catalogue_holds_every_text_of_the_code_and_no_other() -> None:
    code, french = keys(list(messages(in_code()))), keys(FRENCH)
    assert code - french == set(), "to add: python -m tests.catalogue"
    assert french - code == set(), "to take away: python -m tests.catalogue"
    assert not in_french().obsolete


def test_every_text_has_its_french() -> None:
    assert [text(message) for message in FRENCH if not is_translated(message)] == []


def test_no_translation_is_a_guess() -> None:
    assert [text(message) for message in FRENCH if message.fuzzy] == []


def test_the_compiled_catalogue_is_the_one_that_is_read() -> None:
    assert spoken(MO.read_bytes()) == spoken(compiled(in_french()))


def fields(form: str) -> set[str]:
    """The fields of a text, `{n:+}` and `{m:02}` with their formats."""
    return {
        f"{name}:{how}"
        for _before, name, how, _conversion in string.Formatter().parse(form)
        if name is not None
    }


def test_both_languages_fill_the_same_fields() -> None:
    """A singular may leave its number out, as long as the text as a whole does not."""
    wrong = []
    for message in filter(is_translated, FRENCH):
        english = set().union(*map(fields, forms(message.id)))
        if set().union(*map(fields, forms(message.string))) != english:
            wrong.append(text(message))
    assert wrong == []


def test_both_languages_break_their_lines_alike() -> None:
    wrong = [
        form
        for message in filter(is_translated, FRENCH)
        for form in forms(message.string)
        if [bool(line.strip()) for line in form.split("\n")]
        != [bool(line.strip()) for line in text(message).split("\n")]
    ]
    assert wrong == []


def test_french_is_set_as_french_is() -> None:
    """Curly apostrophes, « » and no-break spaces, as in what pupils are taught."""
    wrong = []
    for message in FRENCH:
        for form in forms(message.string):
            words = re.sub(r"\{[^}]*\}|https?:\S+|\([a-z]\)|\d\d:\d\d|--[\w-]+(\|\w+)*", "x", form)
            if (
                "'" in words
                or re.search(r"(?<![\xa0\u202f\s])[;?!»](?=\s|$)|(?<=[ ])[;?!:»]", words)
                or re.search(r"(?<=\w):(?=\s|$)", words)
                or re.search(r"«(?![\xa0\u202f])|[“”]", words)
            ):
                wrong.append(form)
    assert wrong == []


def literals(module: Path) -> tuple[str, ...]:
    """The strings of a module that could be shown: neither docstrings nor names."""
    tree = trees()[module]
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return tuple(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    )


@cache
def shown_literals() -> frozenset[str]:
    """Those of every module where French is nothing but shown."""
    return frozenset(
        literal
        for module in trees()
        if not module.relative_to(PACKAGE.parent).as_posix().startswith(FRENCH_BY_NATURE)
        for literal in literals(module)
    )


@pytest.mark.slow
def test_no_french_stands_in_the_code() -> None:
    """Accents are in the catalogue only, but for the names that are Pix's own and of keys."""
    pix = {area.name for area in AREAS}
    pix |= {word for competence in COMPETENCES for word in (competence.name, competence.short_name)}
    pix |= set(LEVEL_LABELS)
    # The button of Pix Orga, and the campaign that schools send students to, are French.
    pix |= {"Click on “Exporter les résultats (.csv)”.", "SOS élève non certifiable"}
    pix.add("no export yet: Pix Orga, the campaign, “Exporter les résultats (.csv)”")
    pix.add("in Pix Orga, open the campaign and click “Exporter les résultats (.csv)”")
    pix |= set("éèçà")  # keys of a French keyboard
    found = {literal for literal in shown_literals() if re.search("[àâçéèêëîïôùûüÀÂÇÉÈÊÎÔÙÛ]", literal)}
    assert found - pix == set()


@pytest.mark.slow
def test_what_looks_like_a_sentence_is_marked_for_translation() -> None:
    marked = {form for message in messages(in_code()) for form in forms(message.id)}
    # Words with a capital first and a space inside, ending as a sentence does.
    sentence = re.compile(r"[A-Z][a-z]+ [\w ,’“”:;()-]+[.?!…]")
    found = {literal for literal in shown_literals() if sentence.fullmatch(literal.strip())}
    assert found - marked == set()
