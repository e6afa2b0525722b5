"""A mail server for tests, on a socket of this machine: it keeps emails, or misbehaves as told."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class Postbox:
    """What the server has taken, and how it behaves: "take", "refuse" (451) or "drop"."""

    emails: list[Message] = field(default_factory=list)
    behaviour: str = "take"
    port: int = 0


class _Session(socketserver.StreamRequestHandler):
    postbox: Postbox

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline():
            command = line.decode().strip().upper()
            if command.startswith("DATA"):
                if not self._take():
                    return
            elif command == "QUIT":
                self._say("221 bye")
                return
            elif command.startswith("EHLO"):
                self._say("250 test")
            else:
                self._say("250 ok")

    def _take(self) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        match self.postbox.behaviour:
            case "drop":
                return False
            case "refuse":
                self._say("451 try later")
            case _:
                self.postbox.emails.append(message_from_bytes(b"".join(lines)))
                self._say("250 kept")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[Postbox]:
    """A server for the length of the block."""
    postbox = Postbox()
    session = type("Session", (_Session,), {"postbox": postbox})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), session) as server:
        postbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield postbox
        finally:
            server.shutdown()
            thread.join()
