"""A host on this machine, and the data of an edition as it stands there."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, bytes]
Answers = dict[str, Answer | Callable[[], Answer]]  # by path; anything else is not there


class _Host(BaseHTTPRequestHandler):
    answers: Answers

    def do_GET(self) -> None:
        answer = self.answers.get(self.path.partition("?")[0], (404, b"none"))
        status, body = answer() if callable(answer) else answer
        self.send_response(status)
        if status == 301:
            self.send_header("Location", body.decode())
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def hosting() -> Iterator[tuple[str, Answers]]:
    """The address of a host, and what it answers."""
    answers: Answers = {}
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Answering", (_Host,), {"answers": answers})) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/here/", answers
        server.shutdown()
        thread.join()


def answers_with(files: Mapping[str, bytes], place: str = "/here/data/v1/") -> Answers:
    """What a host answers that has these files."""
    return {place + name: (200, content) for name, content in files.items()}


def sealed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of data with the list of their hashes."""
    contents = {name: content for name, content in files.items() if name != "SHA256SUMS"}
    lines = (f"{sha256(content).hexdigest()}  {name}\n" for name, content in contents.items())
    return {**contents, "SHA256SUMS": "".join(lines).encode()}
