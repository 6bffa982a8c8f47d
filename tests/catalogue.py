"""The French catalogue: `python -m tests.catalogue` gathers the texts of the code into it and compiles it."""

from __future__ import annotations

import ast
import gc
import gettext
import io
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pixsession"
PO = PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "pixsession.po"
MO = PO.with_suffix(".mo")

Text = str | tuple[str, str]  # a text, or its singular and plural

# Written by hand: Babel's own header carries the date and its version, and changes at every run.
_HEADER = r"""# French texts of pixsession. Gathered and compiled by `python -m tests.catalogue`.
msgid ""
msgstr ""
"Project-Id-Version: pixsession\n"
"Language: fr\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


@cache
def trees() -> Mapping[Path, ast.Module]:
    """Every module of the package parsed, in the order of their paths.

    The collector rests meanwhile: it would look again and again at four hundred thousand nodes that all stay.
    """
    gc.disable()
    try:
        return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    finally:
        gc.freeze()
        gc.enable()


@cache
def in_code() -> Catalog:
    """Every text that the code marks for translation.

    Read from the syntax tree: Babel's own extractor does not look inside f-strings before Python 3.12.
    """
    catalogue = Catalog()
    found: dict[tuple[str, str | None], tuple[Text, list[str]]] = {}
    for module, tree in trees().items():
        file = module.relative_to(PACKAGE).as_posix()
        for text, context in marked(tree):
            known, files = found.setdefault((forms(text)[0], context), (text, []))
            # A text that has a plural somewhere has one entry, and `gettext` finds its singular there.
            found[forms(text)[0], context] = (text if isinstance(known, str) else known, files)
            files.extend({file}.difference(files))
    for (_singular, context), (text, files) in found.items():
        # Without lines, which would change the catalogue at every edit of the code.
        catalogue.add(text, locations=[(file, 0) for file in files], context=context)
    return catalogue


def marked(tree: ast.AST) -> Iterator[tuple[Text, str | None]]:
    """Texts and their contexts in the order of the source; marking anything but a literal is an error."""
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        match ast.unparse(call.func), [_literal(argument) for argument in call.args]:
            case ("N_", [str(text)]) | ("_", [str(text)]):
                yield text, None
            case "ngettext", [str(singular), str(plural), _count]:
                yield (singular, plural), None
            case "pgettext", [str(context), str(text)]:
                yield text, context
            case (("N_" | "ngettext" | "pgettext"), _arguments):
                raise ValueError(f"line {call.lineno}: only a literal can be translated")


def _literal(node: ast.expr) -> str | None:
    """A text written as it is; `_` may also be given the value of a marked one."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_french() -> Catalog:
    """The catalogue as it stands."""
    with PO.open("rb") as stream:
        return read_po(stream, locale="fr")


def messages(catalogue: Catalog) -> Iterator[Message]:
    """The texts of a catalogue, without its header."""
    return (message for message in catalogue if message.id)


def forms(text: object) -> tuple[str, ...]:
    """The one form of a text, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text) if isinstance(text, list | tuple) else ()


def is_translated(message: Message) -> bool:
    """Whether every form of a text has its French."""
    return bool(message.string) and all(forms(message.string))


def compiled(catalogue: Catalog) -> bytes:
    """What `gettext` reads."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def spoken(mo: bytes) -> dict[object, str]:
    """What `gettext` will say, without the header: equal, the compiled catalogues are the same."""
    texts: dict[object, str] = vars(gettext.GNUTranslations(io.BytesIO(mo)))["_catalog"]
    return {key: text for key, text in texts.items() if key}


def update() -> list[str]:
    """Bring the catalogue up to the code and compile it; gives the texts that still have no French."""
    french = in_french()
    french.update(in_code(), no_fuzzy_matching=True)  # no guess: a near match may say the contrary
    body = io.BytesIO()
    write_po(
        body,
        french,
        width=100,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    PO.write_bytes(_HEADER.encode() + body.getvalue().lstrip())
    french = in_french()
    mo = compiled(french)
    if not MO.exists() or spoken(MO.read_bytes()) != spoken(mo):
        MO.write_bytes(mo)
    return [forms(message.id)[0] for message in messages(french) if not is_translated(message)]


def main() -> int:
    """Status 1 when something is still to translate."""
    missing = update()
    for text in missing:
        print(f"to translate: {text!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
