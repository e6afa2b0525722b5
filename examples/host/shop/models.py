"""The marketplace's own tables. Connects knows their ids, and nothing else of them."""

from django.db import models


class Freelancer(models.Model):
    name = models.SlugField(primary_key=True)

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    title = models.CharField(max_length=120)
    client = models.SlugField()
    budget_cents = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.title


class Proposal(models.Model):
    """A proposal. It is `sent` once Connects has charged it; until then its client does not see it."""

    id = models.SlugField(primary_key=True)
    freelancer = models.ForeignKey(Freelancer, models.PROTECT)
    job = models.ForeignKey(Job, models.PROTECT)
    letter = models.TextField()
    sent = models.BooleanField(default=False)
    connects = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.id
