"""`manage.py propose ID FREELANCER JOB LETTER`: send a proposal, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from shop.connects import Refused
from shop.models import Freelancer, Job
from shop.proposing import propose


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("id", "freelancer", "job", "letter"):
            parser.add_argument(name)

    def handle(self, **options: Any) -> None:
        me = Freelancer.objects.get(pk=options["freelancer"])
        job = Job.objects.get(pk=options["job"])
        try:
            row = propose(options["id"], me, job, options["letter"])
        except Refused as refused:
            raise CommandError(f"{refused.code}: {refused}") from None
        self.stdout.write(f"{row.pk} sent for {row.connects} Connects")
