"""What `connects price` prints and writes."""
