"""The worker's row, and the sandbox's."""

from __future__ import annotations

from django.db import models


class WorkerPass(models.Model):
    """When a worker last came through all that is due, or through a batch of it; one row for all workers.

    `provider_calls` are its process's counts, by provider and outcome, since no other process knows them.
    """

    finished = models.DateTimeField()
    provider_calls = models.JSONField(default=dict)


class SandboxClock(models.Model):
    """One row, and only in a sandbox: how far its clock runs ahead of the real one, in microseconds."""

    ahead = models.BigIntegerField(default=0)
    began = models.DateTimeField()
