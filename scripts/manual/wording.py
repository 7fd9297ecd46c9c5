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
    # the offline copy
    ready_offline: str
    not_offline: str
    no_room: str
    not_here: str
    new_edition: str
    corrected_edition: str
    load_now: str
    close: str


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
        ready_offline="Ready offline",
        not_offline="Not yet available offline",
        no_room="no room on this device",
        not_here="This is not in the offline copy, and there is no network.",
        new_edition="New edition",
        corrected_edition="Corrections to this edition",
        load_now="Load now",
        close="Close",
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
        ready_offline="Offline bereit",
        not_offline="Offline noch nicht verfügbar",
        no_room="kein Platz auf diesem Gerät",
        not_here="Das ist nicht in der Offline-Kopie, und es gibt kein Netz.",
        new_edition="Neue Ausgabe",
        corrected_edition="Korrekturen an dieser Ausgabe",
        load_now="Jetzt laden",
        close="Schließen",
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
        ready_offline="Listo sin conexión",
        not_offline="Aún no disponible sin conexión",
        no_room="no hay espacio en este dispositivo",
        not_here="Esto no está en la copia sin conexión, y no hay red.",
        new_edition="Nueva edición",
        corrected_edition="Correcciones de esta edición",
        load_now="Cargar ahora",
        close="Cerrar",
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
        ready_offline="Prêt hors connexion",
        not_offline="Pas encore disponible hors connexion",
        no_room="plus de place sur cet appareil",
        not_here="Ceci n’est pas dans la copie hors connexion, et il n’y a pas de réseau.",
        new_edition="Nouvelle édition",
        corrected_edition="Corrections de cette édition",
        load_now="Charger maintenant",
        close="Fermer",
    ),
}


def wording_for(language: str) -> Wording:
    """The words of a language code such as `de` or `pt-BR`; English where there are none."""
    return _WORDINGS.get(language.partition("-")[0].lower(), _WORDINGS["en"])
