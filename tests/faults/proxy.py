"""A TCP proxy before a database that loses connections in the middle of a commit.

Half of the cuts come before the server hears of the commit, half after it and before its answer gets
back: for the caller both look alike, and only sending again can tell.
"""

import random
import socket
import threading
from contextlib import suppress

PIECE = 65_536
COMMIT = b"COMMIT"


class CuttingProxy:
    """Forwards connections to a local port; cuts one commit in `one_in`, while `cuts` is set."""

    def __init__(self, port: int, seed: int, one_in: int = 40) -> None:
        self.target, self.one_in, self.cuts = port, one_in, False
        self.strikes = 0
        self.chance = random.Random(seed)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self.target))
                except OSError:
                    client.close()
                    continue
                for source, sink, watched in ((client, server, True), (server, client, False)):
                    pump = threading.Thread(
                        target=self._pump, args=(source, sink, watched), daemon=True
                    )
                    pump.start()

    def _pump(self, source: socket.socket, sink: socket.socket, watched: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                if watched and self.cuts and COMMIT in piece:
                    chosen = self.chance.randrange(2 * self.one_in)
                    if chosen < 2:
                        self.strikes += 1
                        if chosen:
                            sink.sendall(piece)
                        break
                sink.sendall(piece)
        for end in (source, sink):
            with suppress(OSError):
                # Reset, as a network does that is gone, and not an orderly goodbye.
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
