"""`manage.py settle`: submit what was held when we stopped."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from shop.connects import Refused
from shop.proposing import settle


class Command(BaseCommand):
    def handle(self, **options: Any) -> None:
        try:
            self.stdout.write(f"{settle()} submitted")
        except Refused as refused:
            raise CommandError(f"{refused.code}: {refused}") from None
