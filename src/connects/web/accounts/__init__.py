"""A person's access: signing in, passwords, e-mail address, second factor, sessions.

django-allauth does the work; here is what makes it ours: the pages' frame, the e-mails, the limits.
"""
