import socket

import pytest

from tests.network import NetworkBlockedError


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_a_test_cannot_connect_to_another_machine(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as outgoing, pytest.raises(NetworkBlockedError):
        outgoing.connect((host, 80))


def test_a_test_cannot_look_up_another_machine() -> None:
    with pytest.raises(NetworkBlockedError):
        socket.getaddrinfo("connects.example", 443)


def test_a_test_can_connect_to_its_own_machine() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as outgoing,
    ):
        assert outgoing.getpeername() == server.getsockname()
