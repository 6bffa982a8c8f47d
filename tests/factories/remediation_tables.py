"""A remediation beside the profiles of the morning: what a teacher should see, written down beforehand.

The tables were made by hand from what the students did, medians and all, not from what the program says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

EVALUATIONS = ("08:25", "08:40", "08:55", "09:10", "09:25", "09:40")


class Table(NamedTuple):
    """One lesson through its exports.

    `letters`, an evaluation each: "." no line yet, N not started, S stuck, U finished but unsent, B far
    behind the group, W working, A ahead, F finished. `competences`, a collection each: how many stand at
    level 1, "-" where no profile was sent, "." where no collection names the student. `totals`: started,
    halfway, finished, sent, and the median of those who have started.
    """

    letters: Mapping[str, str]
    competences: Mapping[str, str]
    totals: tuple[tuple[int, int, int, int, float], ...]


# -- exports by Pix's own code -------------------------------------------------------------------------------

PIX = Table(
    letters={
        "=LEROUX Timéo": "W A F F F F",
        "@LOPEZ Ana": "W B B B W F",
        "-MOREL Enzo": "W A F F F F",
        "BARBIER Lou": ". . . . B U",  # is sent to the campaign at 09:12, long after the others
        "CHEVALIER Adam": "W W W F F F",
        'DUBOIS Jean "Jeannot"': ". W B F F F",
        "DURAND; ÉP. PETIT Manon": ". W W U U U",  # forgets to send
        "EL AMRANI Youssef": "W A F B F F",  # sends at 08:54, and begins a second time at 09:06
        "FAURE Anne Sophie": "W F F F F F",
        "GIRAUD Léa": ". B B B B B",
        "MARTIN Lucas": "W F F F F F",
        "NGUYEN Linh": ". W B W F F",
        "ROUX Adam": ". B B B W F",
        "VASSEUR Héloïse": ". B B B B B",  # waits from 09:10 to 09:25, one export only: not stuck
    },
    competences={
        "=LEROUX Timéo": "- - - - 7 7 7 7",
        "@LOPEZ Ana": "1 1 1 1 1 1 1 5",
        "-MOREL Enzo": "5 5 5 5 5 4 4 4",  # resets a competence, and is eligible no more
        "BARBIER Lou": "3 3 3 3 3 3 2 2",
        "CHEVALIER Adam": "3 3 3 3 3 5 5 5",
        'DUBOIS Jean "Jeannot"': "5 5 5 5 5 5 5 5",
        "DURAND; ÉP. PETIT Manon": "5 5 5 5 5 5 5 5",
        "EL AMRANI Youssef": "4 4 4 4 4 4 5 5",
        "FAURE Anne Sophie": "- - 9 9 9 9 9 9",
        "GIRAUD Léa": "0 0 0 0 0 0 0 0",
        "MARTIN Lucas": "4 4 4 5 5 5 5 5",  # of 3eA; his namesake of 3eC has 11 all the morning
        "NGUYEN Linh": "- - - - - - - -",  # of 3eB; her namesake of 3eC has all 16
        "ROUX Adam": "- - - - - - - -",
        "VASSEUR Héloïse": "- - - - - - - -",
    },
    totals=(
        (7, 0, 0, 0, 0.125),
        (13, 6, 2, 2, 0.438),
        (13, 9, 5, 5, 0.875),
        (13, 10, 7, 6, 1),  # seven have sent, and one of them is at work again
        (14, 12, 9, 8, 1),
        (14, 12, 12, 10, 1),
    ),
)

# The same morning for those whom a teacher has typed in: medians and totals are of these alone.
PIX_NAMED = Table(
    letters={
        "=LEROUX Timéo": "W A F F F F",
        "@LOPEZ Ana": "W B B B W F",
        "-MOREL Enzo": "W W F F F F",
        "FAURE Anne Sophie": "W F F F F F",
        "DURAND; ÉP. PETIT Manon": "N B W U U U",
        "MARTIN Lucas": "W F F F F F",
        "NGUYEN Linh": "N B B W F F",
        "PETIT Léa": "N N N N N N",  # sends profiles, and was never in the campaign
        "ABSENT Zoé": "N N N N N N",  # in no file
    },
    competences={
        **{
            name: PIX.competences[name]
            for name in (
                "=LEROUX Timéo",
                "@LOPEZ Ana",
                "-MOREL Enzo",
                "FAURE Anne Sophie",
                "DURAND; ÉP. PETIT Manon",
                "MARTIN Lucas",
                "NGUYEN Linh",
            )
        },
        "PETIT Léa": "16 16 16 16 16 16 16 16",
        "ABSENT Zoé": ". . . . . . . .",
    },
    totals=(
        (5, 0, 0, 0, 0.125),
        (7, 4, 2, 2, 0.625),
        (7, 6, 4, 4, 1),
        (7, 7, 5, 4, 1),
        (7, 7, 6, 5, 1),
        (7, 7, 7, 6, 1),
    ),
)
PIX_TYPED = (
    "=LEROUX Timéo (3eB)",
    "@LOPEZ Ana (3eC)",
    "-MOREL Enzo (3eC)",
    "FAURE Anne Sophie (3eB)",
    "DURAND; ÉP. PETIT Manon (3eB)",
    "MARTIN Lucas (3eA)",
    "NGUYEN Linh (3eB)",
    "PETIT Léa (3eA)",
    "ABSENT Zoé (3eA)",
)

# The lesson of September whose exports lie in the same folder: an export every ten minutes from 14:05 on. The
# competences are those of the last collection of March: what was sent by then is the profile now.
PIX_SEPTEMBER = Table(
    letters={
        "CHEVALIER Adam": "W W W W F F",
        "D'ALMEIDA Inès": "W W W B W F",
        "DA SILVA Tiago": "W W B B B B",
        "DE LA ROCHEFOUCAULD-MONTMORENCY-BEAUVOIR Marie-Charlotte-Élisabeth": "W W W W F F",
        'DUBOIS Jean "Jeannot"': "W W W B B U",
        "HADDAD Ma'ayan": "W W W W W F",
        "HUBERT Aïcha": "W W W B B U",
        "MARCHAND Chloé": "W A A F F F",
        "MARTIN Lucas": ". W B B B U",
        "MERCIER Nolan": ". W W W F F",
        "N'GUESSAN Aya-Christelle": "W W W W F F",
        "PETIT Léa": ". W W W F F",
        "PETIT Léo": ". W A F F F",
    },
    competences={},  # no collection was made before its end
    totals=(
        (9, 0, 0, 0, 0.049),
        (13, 1, 0, 0, 0.244),
        (13, 7, 0, 0, 0.512),
        (13, 12, 2, 2, 0.829),
        (13, 13, 7, 7, 1),
        (13, 13, 12, 9, 1),
    ),
)

# -- the project's own morning: those of its sample collections who are short of the rule --------------------

INVENTED = Table(
    letters={
        "=FAYOLLE Rose Aimée": "W W W F F F",  # in no collection: the profile is unknown
        "BERGER Camille": "W W U F F F",
        "BOURDIER Naël": "W A F F F F",
        "CASTAING Ilyès": "W U F B F F",  # sends at 08:41, and begins a second time at 09:00
        "LE GOFF Maïwenn": "W A F F F F",
        "MBARKI Sofia": "W B B W F F",
        "ROUXEL Timothée": ". B B S S S",  # opens it, and never gets anywhere
        "SERRANO Alba": ". B B B B F",
        "VAN DER MEERSCH Lou-Anne": ". B B B B U",  # forgets to send
    },
    competences={
        "=FAYOLLE Rose Aimée": ". . . . . . . .",
        "BERGER Camille": "- - - - 6 6 6 6",  # of 3eC; the namesake of 3eB has 10 all the morning
        "BOURDIER Naël": "4 5 5 5 5 5 5 5",
        "CASTAING Ilyès": "3 3 3 4 4 5 5 5",
        "LE GOFF Maïwenn": "3 3 3 5 5 5 5 5",
        "MBARKI Sofia": "4 4 4 4 4 4 4 4",
        "ROUXEL Timothée": "0 0 0 0 0 0 0 0",
        "SERRANO Alba": "- - - - - - - 8",
        "VAN DER MEERSCH Lou-Anne": "2 2 2 2 2 2 6 6",
    },
    totals=(
        (6, 0, 0, 0, 0.104),
        (9, 5, 1, 0, 0.5),
        (9, 6, 4, 3, 0.875),
        (9, 8, 4, 4, 0.833),
        (9, 8, 6, 6, 1),
        (9, 8, 8, 7, 1),
    ),
)
INVENTED_NAMED = Table(
    letters={
        "=FAYOLLE Rose Aimée": "W W W F F F",
        "BERGER Camille": "W W U F F F",
        "CASTAING Ilyès": "W U F W F F",
        "ROUXEL Timothée": "N W W S S S",  # four have begun: too few for a median
        "ABSENT Zoé": "N N N N N N",
    },
    competences={
        **{
            name: INVENTED.competences[name]
            for name in ("=FAYOLLE Rose Aimée", "BERGER Camille", "CASTAING Ilyès", "ROUXEL Timothée")
        },
        "ABSENT Zoé": ". . . . . . . .",
    },
    totals=(
        (3, 0, 0, 0, 0.125),
        (4, 3, 1, 0, 0.5),
        (4, 3, 2, 1, 0.9375),
        (4, 3, 2, 2, 0.75),
        (4, 3, 3, 3, 1),
        (4, 3, 3, 3, 1),
    ),
)
INVENTED_TYPED = (
    "=FAYOLLE Rose Aimée (3eC)",
    "BERGER Camille (3eC)",
    "CASTAING Ilyès (3eC)",
    "ROUXEL Timothée (3eC)",
    "ABSENT Zoé (3eA)",
)
