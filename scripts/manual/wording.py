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
    contents: str
    find: str
    find_clear: str
    find_none: str
    find_some: str  # {count} is how many were found
    find_first: str  # and {shown}, how many of them are listed


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
        contents="Contents",
        find="Find in this manual",
        find_clear="Clear",
        find_none="Nothing found",
        find_some="Found: {count}",
        find_first="Found: {count}; the first {shown} are listed",
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
        contents="Inhalt",
        find="In diesem Handbuch suchen",
        find_clear="Löschen",
        find_none="Nichts gefunden",
        find_some="Gefunden: {count}",
        find_first="Gefunden: {count}; die ersten {shown} stehen hier",
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
        contents="Contenido",
        find="Buscar en este manual",
        find_clear="Borrar",
        find_none="No se encontró nada",
        find_some="Encontrados: {count}",
        find_first="Encontrados: {count}; se muestran los {shown} primeros",
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
        contents="Sommaire",
        find="Chercher dans ce manuel",
        find_clear="Effacer",
        find_none="Rien trouvé",
        find_some="Trouvés : {count}",
        find_first="Trouvés : {count} ; voici les {shown} premiers",
    ),
}


def wording_for(language: str) -> Wording:
    """The words of a language code such as `de` or `pt-BR`; English where there are none."""
    return _WORDINGS.get(language.partition("-")[0].lower(), _WORDINGS["en"])
