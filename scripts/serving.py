"""A folder over http, on this machine only."""

import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Server(http.server.ThreadingHTTPServer):
    """Says nothing of browsers that leave before they have all."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report anything but a connection that the browser has ended."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests' output is for tests."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port until the block ends. Yields the address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
