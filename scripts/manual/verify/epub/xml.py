"""An XML file → an element tree, strictly: with nothing in it but elements, attributes and text."""

import xml.etree.ElementTree as ET
from xml.parsers import expat

from manual.verify.errors import UnreadableError


def parse_xml(data: bytes, namespace: str) -> ET.Element:
    """The root element of a file in UTF-8.

    Tags of `namespace` are bare, and those of others, or of none, `{namespace}tag`. Comments,
    instructions and entities, which can hide words or ask for files, are errors, as is what is
    not well-formed. Raises UnreadableError.
    """
    builder = ET.TreeBuilder()

    def element(name: str) -> str:
        of, _, tag = name.rpartition(" ")
        return tag if of == namespace else f"{{{of}}}{tag}"

    def attribute(name: str) -> str:
        of, _, bare = name.rpartition(" ")
        return f"{{{of}}}{bare}" if of else bare

    def start(tag: str, attributes: dict[str, str]) -> None:
        builder.start(element(tag), {attribute(key): one for key, one in attributes.items()})

    def refuse(*_: object) -> None:
        raise UnreadableError("it holds a comment, an instruction or a declaration")

    def doctype(tag: str, system: str | None, public: str | None, subset: bool) -> None:
        if (tag, system, public, subset) != ("html", None, None, False):
            refuse()

    parser = expat.ParserCreate("utf-8", " ")
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: builder.end(element(tag))
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    parser.CommentHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableError(str(error)) from error
    return builder.close()
