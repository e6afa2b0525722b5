"""Long lists for staff: what each may be filtered and sorted by, and its rows a slice at a time."""
