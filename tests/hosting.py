"""A host that can be cut off, fail half-way, compress, and serve under a sub-path."""

import gzip
import http.server
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from serving import Server

Failure = Literal["dropped", "half", "other bytes", "not there"]


class Host:
    """Serves `folder`, which may be exchanged, at `address`, and sets no headers but the type.

    It may compress what it sends, or take `.html` out of addresses, as some hosts do. `failing`
    names files that fail, and how. `asked` lists what was asked for, by name.
    """

    def __init__(
        self, folder: Path, path: str = "/", *, compresses: bool = False, shortens: bool = False
    ) -> None:
        self.folder = folder
        self.path = path
        self.compresses = compresses
        self.shortens = shortens
        self.failing: dict[str, Failure] = {}
        self.asked: list[str] = []
        self._port = 0
        self.connect()

    @property
    def address(self) -> str:
        """The site's address, without a slash at its end."""
        return f"http://127.0.0.1:{self._port}{self.path}".rstrip("/")

    def connect(self) -> None:
        """Be there (again), at the same address."""
        host = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host._answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing: the tests' output is for tests."""

        self._server = Server(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def cut(self) -> None:
        """Be gone: every connection is refused."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(handler.path).path)
        name = path.removeprefix(self.path)
        name = f"{name}index.html" if not name or name.endswith("/") else name
        if self.shortens and name.endswith(".html") and not path.endswith("/"):
            handler.send_response(308)
            handler.send_header("Location", quote(path.removesuffix(".html")))
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        if self.shortens and not (self.folder / name).is_file():
            name = f"{name}.html"
        self.asked.append(name)
        failure = self.failing.get(name)
        file = self.folder / name
        if failure == "dropped":
            handler.close_connection = True
            return
        if failure == "not there" or not path.startswith(self.path) or not file.is_file():
            handler.send_error(404)
            return
        body = b"<p>Other bytes." if failure == "other bytes" else file.read_bytes()
        handler.send_response(200)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        handler.send_header("Content-Type", kind)
        if self.compresses and not kind.startswith("image/png"):
            handler.send_header("Content-Encoding", "gzip")
            body = gzip.compress(body, mtime=0)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2] if failure == "half" else body)


@contextmanager
def hosting(
    folder: Path, path: str = "/", *, compresses: bool = False, shortens: bool = False
) -> Iterator[Host]:
    """A host until the block ends."""
    host = Host(folder, path, compresses=compresses, shortens=shortens)
    try:
        yield host
    finally:
        host.cut()
