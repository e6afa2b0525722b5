"""django-ninja alone, behind the threads that serve the site."""

from django.core.wsgi import get_wsgi_application

from connects.project.work_threads import READERS_MOST, THREADS, WorkThreads

served = WorkThreads(get_wsgi_application(), THREADS, READERS_MOST)
