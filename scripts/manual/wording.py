"""The few words that the writers add to an author's text, by language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words."""

    return_to_top: str
    front_page: str
    sections: str
    parts: str
    whole_manual: str
    link_here: str
    next_part: str
    previous_part: str
    elsewhere: str
    sources: str
    edition: str
    back_to_text: str
    cover: str
    accessibility: str  # what helps readers with disabilities in a book, in one or two sentences


_WORDINGS = {
    "en": Wording(
        return_to_top="Return to top",
        front_page="Front page",
        sections="In this part",
        parts="Parts of the manual",
        whole_manual="The whole manual on one page",
        link_here="Link to this place",
        next_part="Next",
        previous_part="Previous",
        elsewhere="Elsewhere",
        sources="Source",
        edition="Edition",
        back_to_text="back to the text",
        cover="Cover",
        accessibility=(
            "Headings, lists, notes and links are marked as such, the markers of steps are text, "
            "and the reader’s own fonts, sizes and colours apply. Nothing depends on colour, and "
            "the only picture is the cover, whose words are given as text."
        ),
    ),
    "de": Wording(
        return_to_top="Zum Seitenanfang",
        front_page="Startseite",
        sections="In diesem Teil",
        parts="Teile des Handbuchs",
        whole_manual="Das ganze Handbuch auf einer Seite",
        link_here="Link auf diese Stelle",
        next_part="Weiter",
        previous_part="Zurück",
        elsewhere="Anderswo",
        sources="Quelle",
        edition="Ausgabe",
        back_to_text="zurück zum Text",
        cover="Umschlag",
        accessibility=(
            "Überschriften, Listen, Hinweise und Links sind als solche ausgezeichnet, die "
            "Zeichen der Schritte sind Text, und Schrift, Größe und Farben sind frei wählbar. "
            "Nichts hängt von Farben ab, und das einzige Bild ist der Umschlag, dessen Worte "
            "auch als Text da sind."
        ),
    ),
    "es": Wording(
        return_to_top="Volver arriba",
        front_page="Portada",
        sections="En esta parte",
        parts="Partes del manual",
        whole_manual="Todo el manual en una página",
        link_here="Enlace a este lugar",
        next_part="Siguiente",
        previous_part="Anterior",
        elsewhere="En otros sitios",
        sources="Fuente",
        edition="Edición",
        back_to_text="volver al texto",
        cover="Cubierta",
        accessibility=(
            "Los títulos, las listas, los avisos y los enlaces están marcados como tales, las "
            "marcas de los pasos son texto, y la letra, el tamaño y los colores se eligen "
            "libremente. Nada depende del color, y la única imagen es la cubierta, cuyas "
            "palabras están también en texto."
        ),
    ),
    "fr": Wording(
        return_to_top="Retour en haut",
        front_page="Page d’accueil",
        sections="Dans cette partie",
        parts="Parties du manuel",
        whole_manual="Tout le manuel sur une page",
        link_here="Lien vers cet endroit",
        next_part="Suite",
        previous_part="Précédent",
        elsewhere="Ailleurs",
        sources="Source",
        edition="Édition",
        back_to_text="retour au texte",
        cover="Couverture",
        accessibility=(
            "Les titres, les listes, les avertissements et les liens sont balisés comme tels, "
            "les repères des étapes sont du texte, et la police, la taille et les couleurs se "
            "choisissent librement. Rien ne dépend de la couleur, et la seule image est la "
            "couverture, dont les mots sont aussi donnés en texte."
        ),
    ),
}

# The languages of the scripts that run from right to left, where that is the usual one.
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
)


def direction(language: str) -> str:
    """`rtl` for a language code such as `he`, whose lines begin at the right; else `ltr`."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def wording_for(language: str) -> Wording:
    """The words of a language code such as `de` or `pt-BR`; English where there are none."""
    return _WORDINGS.get(language.partition("-")[0].lower(), _WORDINGS["en"])
