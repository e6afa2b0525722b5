from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "connects.market.books"
    label = "books"
