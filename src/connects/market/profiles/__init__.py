"""What freelancers and agencies tell of themselves, and how they are found."""
