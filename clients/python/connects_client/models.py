"""Every document that is sent and read."""

from connects_client.generated.models import *  # noqa: F403  # all of them, and nothing else
