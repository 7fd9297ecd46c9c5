"""An HTML file → an element tree, as browsers build it."""

import xml.etree.ElementTree as ET

from selectolax.lexbor import LexborHTMLParser, LexborNode


def parse_html(text: str) -> ET.Element:
    """The root element of a page, with tags in lower case. Comments are left out.

    Any text makes a tree: see https://html.spec.whatwg.org/#parsing.
    """
    parser = LexborHTMLParser(text)
    found = parser.root
    if found is None:
        return ET.Element("html")
    root = _bare(found)
    waiting = [(found, root)]  # no recursion: a page may nest as deep as it likes
    while waiting:
        node, element = waiting.pop()
        for child in _children(node):
            if child.is_text_node:
                _append_text(element, child.text_content or "")
            elif child.is_element_node:
                below = _bare(child)
                element.append(below)
                waiting.append((child, below))
    return root


def _bare(node: LexborNode) -> ET.Element:
    attributes = {name: value or "" for name, value in node.attributes.items()}
    return ET.Element(node.tag or "", attributes)


def _children(node: LexborNode) -> list[LexborNode]:
    """The nodes in an element; in a template, those that it holds back."""
    children = []
    parents = node.template_fragments() if node.tag == "template" else [node]
    for parent in parents:
        child = parent.first_child
        while child is not None:
            children.append(child)
            child = child.next
    return children


def _append_text(element: ET.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
