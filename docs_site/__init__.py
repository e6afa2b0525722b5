"""What makes a site of `docs/`; `mkdocs.yml` has its settings."""
