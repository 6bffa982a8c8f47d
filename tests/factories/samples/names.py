"""Names for invented students, from the plain to those that break careless readers."""

from __future__ import annotations

from tests.factories.samples.seeded_random import Dice

LAST_NAMES = (
    "ABADIE", "ALLEMAND", "AMBROISE", "ARNOULT", "ASTIER", "AUFFRET", "AYDIN", "BACHELET", "BAILLEUL",
    "BALDÉ", "BARRAUD", "BASTIDE", "BEAUFILS", "BÉCHET", "BELKACEM", "BÉNARD", "BERTHELOT", "BESSON",
    "BIDAULT", "BOISSEAU", "BONNIN", "BOUAZIZ", "BOUVIER", "BRÉMOND", "BRUNEAU", "CADET", "CAILLAUD",
    "CALVET", "CARDOSO", "CASTEL", "CAUCHOIS", "CHABERT", "CHAMPION", "CHARRIER", "CHAUVIN", "CISSÉ",
    "CLÉMENT", "COCHET", "COLLIN", "CORNET", "COURTOIS", "CROIZET", "DA CUNHA", "DAVOINE", "DE VILLARS",
    "DEBRAY", "DELAUNAY", "DELMAS", "DEMİR", "DERRIEN", "DIALLO", "DIAS", "DOS SANTOS", "DROUET", "DUFAY",
    "DUHAMEL", "DUPRÉ", "EL KHATTABI", "ESNAULT", "ESTÈVE", "FABRE", "FAIVRE", "FERREIRA", "FLEURY",
    "FOFANA", "FORESTIER", "FOURNEL", "FRAISSE", "GADRAS", "GAILLARD", "GARNIER", "GASNIER", "GAUDIN",
    "GERVAIS", "GODARD", "GOMIS", "GRANGER", "GRIMAUD", "GUÉGUEN", "GUICHARD", "GUILLOU", "HAMEL",
    "HEBRARD", "HOARAU", "HUMBERT", "JAOUEN", "JOUBERT", "JOURDAN", "KEÏTA", "KERMARREC", "KONATÉ",
    "LABORDE", "LACHAUD", "LAFITTE", "LAGARDE", "LANGLOIS", "LAPEYRE", "LASSERRE", "LE BIHAN", "LE ROUX",
    "LEBRETON", "LECLERCQ", "LEGRAND", "LEMAÎTRE", "L'HOSTIS", "LOISEAU", "MAHÉ", "MAILLARD", "MALLET",
    "MARCEL", "MARÉCHAL", "MARTINEAU", "MASSON", "MAUREL", "MÉNARD", "MEUNIER", "MONNET", "MOULIN",
    "NAVARRO", "NDIAYE", "NIVELLE", "OLLIVIER", "ORTEGA", "OUEDRAOGO", "PASCAL", "PELLERIN", "PÉRON",
    "PHAM", "PICARD", "PINEAU", "POMMIER", "PRIGENT", "PRUVOST", "QUÉMENER", "RAFFIN", "RAGOT", "REBOUL",
    "RIBEIRO", "RIVIÈRE", "ROCHETTE", "ROLLAND", "ROSSIGNOL", "ROUSSET", "SABATIER", "SALAÜN", "SANGARÉ",
    "SAUVAGE", "SCHMITT", "SIMONNET", "SOULIER", "TANGUY", "TAVERNIER", "THIBAULT", "TISSOT", "TOURÉ",
    "TRAN", "URBAIN", "VACHER", "VALETTE", "VERDIER", "VIGNERON", "VILLENEUVE", "VOISIN", "WAGNER",
    "YILDIZ", "ZIEGLER",
)  # fmt: skip

FIRST_NAMES = (
    "Abel", "Adèle", "Agathe", "Aïssatou", "Alban", "Alexis", "Alice", "Aliénor", "Alix", "Amaury", "Ambre",
    "Amina", "Amir", "Anouk", "Anselme", "Apolline", "Ariane", "Armand", "Arthur", "Astrid", "Augustin",
    "Aurèle", "Axelle", "Aymeric", "Basile", "Bastien", "Bérénice", "Brune", "Camélia", "Cassandre",
    "Céleste", "Charlie", "Chloé", "Clara", "Clarisse", "Clovis", "Colin", "Constance", "Corentin",
    "Cyprien", "Daphné", "Diane", "Djibril", "Dorian", "Édouard", "Éléonore", "Élias", "Élise", "Éloi",
    "Elsa", "Émile", "Émilien", "Erwan", "Estelle", "Esteban", "Eulalie", "Ève", "Fabien", "Fanny",
    "Fantine", "Fatou", "Félix", "Firmin", "Flora", "Gabin", "Gaëlle", "Gaspard", "Gauthier", "Germain",
    "Guilhem", "Gwendal", "Hadrien", "Hélène", "Hélios", "Hermine", "Honoré", "Hortense", "Ibrahim",
    "Imane", "Inaya", "Irène", "Isaac", "Ismaël", "Jasmine", "Jeanne", "Joachim", "Joséphine", "Judith",
    "Justine", "Kenza", "Khadija", "Kylian", "Lalie", "Lamine", "Léandre", "Léonie", "Lilian", "Lilou",
    "Lise", "Loïc", "Loris", "Lubin", "Lucile", "Ludivine", "Maé", "Maël", "Mahaut", "Malik", "Malo",
    "Manel", "Marin", "Marius", "Mathilde", "Maxence", "Mehdi", "Mélina", "Milan", "Mohamed", "Morgane",
    "Moussa", "Naïm", "Nathan", "Ninon", "Noë", "Océane", "Octave", "Ombeline", "Oscar", "Ousmane",
    "Pacôme", "Paloma", "Paul", "Philippine", "Quentin", "Rachel", "Rania", "Rayan", "Rémi", "Robinson",
    "Romy", "Roxane", "Sacha", "Salomé", "Samia", "Sarah", "Séraphine", "Sixtine", "Solal", "Solène",
    "Sohan", "Suzie", "Tancrède", "Téa", "Théodore", "Thibaut", "Titouan", "Tristan", "Ulysse", "Valère",
    "Victoire", "Violette", "Wassila", "Yann", "Yasmine", "Yoann", "Youna", "Zacharie", "Zélie", "Zineb",
    "Zoé",
)  # fmt: skip

COMPOUND_FIRST_NAMES = (
    "Anne-Charlotte", "Anne-Laure", "Jean-Gabriel", "Jean-Loup", "Jean-Noël", "Julie-Anne", "Léa-Marie",
    "Lou-Andréa", "Louis-Marie", "Marc-Aurèle", "Marie-Ange", "Marie-Émilie", "Marie-Lou", "Marie-Sarah",
    "Mohamed-Amine", "Paul-Antoine", "Paul-Émile", "Pierre-Alexis", "Pierre-Yves", "Rose-Aimée", "Rose-Marie",
    "Charles-Henri", "Fatima-Zahra", "Lily-Rose",
)  # fmt: skip

# Each is legal in Pix and has a way of hurting a reader: see the note beside it.
AWKWARD_NAMES = (
    ("-KERGUÉLEN", "Ewen"),  # formula signs: Pix puts an apostrophe before the first character
    ("=SOREL", "Julie"),
    ("@VIDALIE", "Théa"),
    ("+DUMAS", "Olga"),
    ("'T HOOFT", "Saskia"),  # a genuine first apostrophe, left as it is
    ("D'ESPARBÈS", "Aloïs"),  # the straight apostrophe
    ("D’ESPARRON", "Aloïse"),  # the typographic one
    ("O’KEEFFE", "Rían"),
    ("LAMOTTE; ÉP. CARREL", "Ludmilla"),  # the separator inside a cell
    ('MARTY dit "LE GRAND"', "Gaston"),  # quotes, doubled by Pix
    ("PÉRIGNON", 'Théophile "Théo"'),
    ("SAUNIER", "Anne\nLaure"),  # a line break pasted from a spreadsheet
    ("DE LA ROCHE-AYMON DE MONTFERRAND-LATOUR", "Marie-Bénédicte-Alexandrine"),
    ("de Azevedo", "Thaís"),
    ("ŞAHİN", "Gülsüm"),
    ("ĐẶNG", "Bảo Châu"),
    ("ŚWIĄTEK", "Łucja"),
    ("NUÑEZ Y ROS", "Íñigo"),
    ("N'ZUZI", "Déborah-Grâce"),
    ("VAN 'T VELD", "Jip"),
    ("SAINT-YVES", "Jean-Loup"),
    ("Le  Double-Espace", "Lino "),  # typed by hand where the school has no pupil base
    ("ROY", "-"),  # digits and dashes are written without quotes
    ("NA", "Na"),  # a name that is also Pix's word for "nothing"
    ("NULL", "Oui"),
    ("[/]CROCHET", "[b]Max"),  # markup of screens
)


def draw_name(dice: Dice, awkward: float = 0.0) -> tuple[str, str]:
    """A last name and a first name; `awkward` is how often they come from the list of traps."""
    if awkward and dice.chance(awkward):
        return dice.pick(AWKWARD_NAMES)
    last = dice.pick(LAST_NAMES)
    if dice.chance(0.05):
        last = f"{last}-{dice.pick(LAST_NAMES)}"
    return last, dice.pick(COMPOUND_FIRST_NAMES if dice.chance(0.08) else FIRST_NAMES)
