"""What `connects policy fit` reads, prints and writes."""
