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
    # handouts
    introduction: str
    contents: str
    safety_notes: str
    chosen: str
    page: str  # before a page's number, short
    page_long: str
    of: str  # page 3 of 12
    continued: str
    not_in_this_handout: str
    # downloads
    downloads: str
    handouts: str
    handout: str
    large_print: str
    booklet: str
    one_page: str
    pages: str
    for_handout: str
    for_large_print: str
    for_booklet: str
    one_file: str
    for_one_file: str
    book: str
    for_book: str
    whole_site: str
    for_whole_site: str
    read_me: tuple[str, ...]  # what to do with the unpacked site, line by line
    find: str
    find_clear: str
    find_none: str
    find_some: str  # {count} is how many were found
    find_first: str  # and {shown}, how many of them are listed
    cover: str
    accessibility: str  # what helps readers with disabilities in a book, in one or two sentences
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
        introduction="Introduction",
        contents="Contents",
        safety_notes="Safety notes",
        chosen="Only these sections",
        page="p.",
        page_long="Page",
        of="of",
        continued="continued",
        not_in_this_handout="not in this handout",
        downloads="Downloads",
        handouts="To print",
        handout="Handout",
        large_print="Large print",
        booklet="Booklet",
        one_page="1 page",
        pages="pages",
        for_handout="For class: to print, to read along and to write on.",
        for_large_print="For everyone who reads large letters more easily.",
        for_booklet="For the pocket: print on both sides, "
        "turning on the short edge, then fold and staple.",
        one_file="One file",
        for_one_file="To send by mail or AirDrop: it opens in any browser, with no network.",
        book="Book",
        for_book="For reading apps and e-readers.",
        whole_site="The whole site",
        for_whole_site="For a computer with no network: unpack it, then open READ ME FIRST.",
        read_me=(
            "1. Unpack the whole archive first. Do not open files while they are still inside it.",
            "2. Open the folder “site” and, in it, the file index.html: it opens in your browser.",
            "No network is needed.",
            "",
            "SHA256SUMS.txt lists the checksum of every file.",
        ),
        find="Find in this manual",
        find_clear="Clear",
        find_none="Nothing found",
        find_some="Found: {count}",
        find_first="Found: {count}; the first {shown} are listed",
        cover="Cover",
        accessibility=(
            "Headings, lists, notes and links are marked as such, the markers of steps are text, "
            "and the reader’s own fonts, sizes and colours apply. Nothing depends on colour, and "
            "the only picture is the cover, whose words are given as text."
        ),
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
        introduction="Einführung",
        contents="Inhalt",
        safety_notes="Sicherheitshinweise",
        chosen="Nur diese Abschnitte",
        page="S.",
        page_long="Seite",
        of="von",
        continued="Fortsetzung",
        not_in_this_handout="nicht in diesem Handout",
        downloads="Downloads",
        handouts="Zum Drucken",
        handout="Handout",
        large_print="Großdruck",
        booklet="Heft",
        one_page="1 Seite",
        pages="Seiten",
        for_handout="Für den Kurs: zum Drucken, Mitlesen und Hineinschreiben.",
        for_large_print="Für alle, die große Schrift leichter lesen.",
        for_booklet="Für die Tasche: beidseitig drucken, "
        "über die kurze Kante wenden, dann falten und heften.",
        one_file="Eine Datei",
        for_one_file="Zum Verschicken per Mail oder AirDrop: Sie öffnet sich in jedem Browser, ohne Netz.",
        book="Buch",
        for_book="Für Lese-Apps und E-Reader.",
        whole_site="Die ganze Website",
        for_whole_site="Für einen Computer ohne Netz: entpacken, dann READ ME FIRST öffnen.",
        read_me=(
            "1. Zuerst das ganze Archiv entpacken. Keine Dateien öffnen, die noch darin stecken.",
            "2. Den Ordner „site“ öffnen und darin die Datei index.html: Sie öffnet sich im Browser.",
            "Ein Netz ist nicht nötig.",
            "",
            "SHA256SUMS.txt nennt die Prüfsumme jeder Datei.",
        ),
        find="In diesem Handbuch suchen",
        find_clear="Löschen",
        find_none="Nichts gefunden",
        find_some="Gefunden: {count}",
        find_first="Gefunden: {count}; die ersten {shown} stehen hier",
        cover="Umschlag",
        accessibility=(
            "Überschriften, Listen, Hinweise und Links sind als solche ausgezeichnet, die "
            "Zeichen der Schritte sind Text, und Schrift, Größe und Farben sind frei wählbar. "
            "Nichts hängt von Farben ab, und das einzige Bild ist der Umschlag, dessen Worte "
            "auch als Text da sind."
        ),
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
        introduction="Introducción",
        contents="Índice",
        safety_notes="Notas de seguridad",
        chosen="Solo estas secciones",
        page="p.",
        page_long="Página",
        of="de",
        continued="continuación",
        not_in_this_handout="no está en esta hoja",
        downloads="Descargas",
        handouts="Para imprimir",
        handout="Apuntes",
        large_print="Letra grande",
        booklet="Cuadernillo",
        one_page="1 página",
        pages="páginas",
        for_handout="Para la clase: para imprimir, seguir la lectura y anotar.",
        for_large_print="Para quien lee mejor con letra grande.",
        for_booklet="Para el bolsillo: imprimir a doble cara, "
        "volteando por el borde corto, doblar y grapar.",
        one_file="Un solo archivo",
        for_one_file="Para enviar por correo o AirDrop: se abre en cualquier navegador, sin conexión.",
        book="Libro",
        for_book="Para aplicaciones y lectores de libros.",
        whole_site="El sitio completo",
        for_whole_site="Para un ordenador sin conexión: descomprimirlo y abrir READ ME FIRST.",
        read_me=(
            "1. Descomprima primero todo el archivo. No abra archivos que aún estén dentro.",
            "2. Abra la carpeta «site» y, en ella, el archivo index.html: se abre en el navegador.",
            "No hace falta conexión.",
            "",
            "SHA256SUMS.txt contiene la suma de comprobación de cada archivo.",
        ),
        find="Buscar en este manual",
        find_clear="Borrar",
        find_none="No se encontró nada",
        find_some="Encontrados: {count}",
        find_first="Encontrados: {count}; se muestran los {shown} primeros",
        cover="Cubierta",
        accessibility=(
            "Los títulos, las listas, los avisos y los enlaces están marcados como tales, las "
            "marcas de los pasos son texto, y la letra, el tamaño y los colores se eligen "
            "libremente. Nada depende del color, y la única imagen es la cubierta, cuyas "
            "palabras están también en texto."
        ),
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
        introduction="Introduction",
        contents="Sommaire",
        safety_notes="Notes de sécurité",
        chosen="Seulement ces sections",
        page="p.",
        page_long="Page",
        of="sur",
        continued="suite",
        not_in_this_handout="absent de ce document",
        downloads="Téléchargements",
        handouts="À imprimer",
        handout="Support de cours",
        large_print="Gros caractères",
        booklet="Livret",
        one_page="1 page",
        pages="pages",
        for_handout="Pour le cours : à imprimer, à suivre et à annoter.",
        for_large_print="Pour qui lit mieux les gros caractères.",
        for_booklet="Pour la poche : imprimer recto verso en retournant sur le bord court, "
        "plier et agrafer.",
        one_file="Un seul fichier",
        for_one_file="À envoyer par courriel ou AirDrop : il s’ouvre dans tout navigateur, sans réseau.",
        book="Livre",
        for_book="Pour les applications de lecture et les liseuses.",
        whole_site="Le site entier",
        for_whole_site="Pour un ordinateur sans réseau : le décompresser, puis ouvrir READ ME FIRST.",
        read_me=(
            "1. Décompressez d’abord toute l’archive. N’ouvrez pas de fichier encore à l’intérieur.",
            "2. Ouvrez le dossier « site » et, dedans, le fichier index.html : il s’ouvre dans le navigateur.",
            "Aucun réseau n’est nécessaire.",
            "",
            "SHA256SUMS.txt donne la somme de contrôle de chaque fichier.",
        ),
        find="Chercher dans ce manuel",
        find_clear="Effacer",
        find_none="Rien trouvé",
        find_some="Trouvés : {count}",
        find_first="Trouvés : {count} ; voici les {shown} premiers",
        cover="Couverture",
        accessibility=(
            "Les titres, les listes, les avertissements et les liens sont balisés comme tels, "
            "les repères des étapes sont du texte, et la police, la taille et les couleurs se "
            "choisissent librement. Rien ne dépend de la couleur, et la seule image est la "
            "couverture, dont les mots sont aussi donnés en texte."
        ),
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
