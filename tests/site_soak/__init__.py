"""The real site, served as operators serve it, while strangers try to stop it and guests only want pages.

    python -m tests.site_soak --seconds 300 --seed 7
    python -m tests.site_soak --database sqlite --slow 50 --rate 10

All at once, for as long as is asked: nonsense goes into every field of every page as everyone, and
into the API as its document allows and does not allow; 200 connections are held open by who is slow
to ask; and 20 guests look around. Then these must hold: nothing was answered with 500 or more, the
log tells of no exception, and of a hundred pages that a guest asked for 99 came within a second.

Database, site and callers are this program's own, and everything stays on this machine. What is sent
is bounded: in time, in requests a second, and in connections.
"""
