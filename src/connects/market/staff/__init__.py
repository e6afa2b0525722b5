"""Who is on the staff: adding people, changing their role, and stopping them."""
