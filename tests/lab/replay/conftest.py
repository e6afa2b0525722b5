from tests.servers.shared_database import address

__all__ = ["address"]
