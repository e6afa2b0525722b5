"""`manage.py settle`: submit what was held when we stopped."""

from typing import Any

from django.core.management import BaseCommand

from shop.proposing import settle


class Command(BaseCommand):
    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{settle()} submitted")
