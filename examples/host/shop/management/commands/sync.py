"""`manage.py sync`: make three freelancers and two jobs, if there are none, and tell Connects of them."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from shop.connects import Refused
from shop.models import Freelancer, Job
from shop.proposing import sync


class Command(BaseCommand):
    def handle(self, **options: Any) -> None:
        if not Job.objects.exists():
            for name in ("ana", "ben", "cleo"):
                Freelancer.objects.get_or_create(pk=name)
            Job.objects.create(title="Draw a logo", client="acme", budget_cents=90_000)
            Job.objects.create(title="Translate a letter", client="acme", budget_cents=4_000)
        try:
            self.stdout.write(f"{sync()} told")
        except Refused as refused:
            raise CommandError(f"{refused.code}: {refused}") from None
