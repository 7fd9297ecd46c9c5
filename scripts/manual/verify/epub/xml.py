"""An XML file → an element tree, strictly: with nothing in it but elements, attributes and text."""

import xml.etree.ElementTree as ET

from manual.verify.errors import UnreadableError

_HEADS = (b'<?xml version="1.0" encoding="UTF-8"?>\n', b"<!DOCTYPE html>\n")


def parse_xml(data: bytes, namespace: str) -> ET.Element:
    """The root element of a file in UTF-8.

    Tags of `namespace` are bare, and those of others, or of none, `{namespace}tag`. Comments,
    instructions and declarations, which can hide words or ask for files, are errors, as is what is
    not well-formed. Raises UnreadableError.
    """
    for head in _HEADS:
        data = data.removeprefix(head)
    if b"<!" in data or b"<?" in data:
        raise UnreadableError("it holds a comment, an instruction or a declaration")
    try:
        root = ET.fromstring(data)  # noqa: S314  (nothing is declared, so nothing can grow)
    except ET.ParseError as error:
        raise UnreadableError(str(error)) from error
    for element in root.iter():
        tag = element.tag if element.tag.startswith("{") else f"{{}}{element.tag}"
        element.tag = tag.removeprefix(f"{{{namespace}}}")
    return root
