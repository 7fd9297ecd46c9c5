"""What a Content-Security-Policy says of scripts and styles inside a page."""

import base64
import hashlib


def source_hash(code: str) -> str:
    """The name of a script or style in a policy: only with these very bytes does a browser use it.

    https://www.w3.org/TR/CSP3/#match-element-to-source-list
    """
    digest = hashlib.sha256(code.encode(errors="surrogateescape")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
