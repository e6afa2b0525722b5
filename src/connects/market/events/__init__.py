"""What has happened, for programs: the feed, and the endpoints that it is delivered to."""
