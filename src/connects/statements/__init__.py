"""What can be read: answers made of plain values, and the words for them."""
