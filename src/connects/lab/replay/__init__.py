"""What is recorded, in time order, under another rule book: with exact wallets, in two readings."""
