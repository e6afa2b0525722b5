"""Django's own PostgreSQL, whose connections are asked less often whether they live; see `base`."""
