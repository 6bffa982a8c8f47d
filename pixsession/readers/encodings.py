"""In which encoding a file is written: its mark, else UTF-8, else the one that makes French of its header."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence

# Accented words in the headers of every kind of file, as French writes them.
_WORDS = frozenset(
    """
    prénom prénoms numéro étudiant élève élèves libellé compétence compétences deuxième troisième équipe
    pédagogique diplôme régime département début préexistante majoré résultats résultat prépaiement à é né née
    maîtrise maîtrisés téléphone établissement spécialité année identité réception cléa édu l’organisation
    d’information s’insérer l’environnement numérique données protéger développer création sécuriser sécurité
    gérer multimédia santé privée finalité être problèmes réseau intitulé régime entrée catégorie
    """.split()  # noqa: SIM905 - words are read more easily as text
)
# Characters of French names and labels beyond ASCII, each with its weight: distinguishes 8-bit encodings,
# where the "é" of one is a rare capital of another.
_USUAL = (
    dict.fromkeys("éèàç", 4)
    | dict.fromkeys("êëîïôûùœÉ’«»\u00a0", 3)
    | dict.fromkeys("âöüäñáíóúãõÀÂÇÈÊËÎÏÔÙÛŒß‘“”–—…°·€", 2)
    | dict.fromkeys("æÄÖÙÜÿŸÆÑÁÍÓÚÃÕ", 1)
)
_ODD = re.compile(r"[^\x00-\x7f]")
_RUN = re.compile(r"[\w’']+")


def encodings_of(content: bytes, *, whole: bool = True) -> tuple[tuple[str, bool], ...]:
    """Encodings a text may have, the likeliest first, each with whether it would be a guess.

    `whole`: nothing of the file follows these bytes, so that none of its characters is cut at their end.
    """
    if content.startswith(codecs.BOM_UTF8):
        return (("utf-8-sig", False),)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return (("utf-16", False),)
    if b"\x00" in content[:2]:  # a label begins with a quote or a letter: one of its two bytes is zero
        return (("utf-16-be" if content[:1] == b"\x00" else "utf-16-le", True),)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content, whole)
    except UnicodeDecodeError:
        # Damaged or cut UTF-8, or one of the three encodings in which French spreadsheets save.
        return (("utf-8", True), ("cp1252", True), ("mac_roman", True), ("cp850", True))
    return (("utf-8", False),)


def decoded(head: bytes, encoding: str) -> str:
    """The beginning of a file as text; bytes that do not fit are replaced, and refused later by `text_of`."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(head).lstrip("\ufeff")


def french_words(cells: Sequence[str]) -> int:
    """How many words of these labels are French ones with an accent or a typographic apostrophe."""
    found = {word for cell in cells if not cell.isascii() for word in _RUN.findall(cell.casefold())}
    return len(found & _WORDS)


def usualness(text: str) -> int:
    """How much what is beyond ASCII looks like French; less than nothing where it does not."""
    odd = Counter(_ODD.findall(text))
    return sum(count * _USUAL.get(character, -3) for character, count in odd.items())
