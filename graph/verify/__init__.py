"""Whether a card says what its source says: quotations found by their words, and what differs."""
