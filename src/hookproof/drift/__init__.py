"""What real callbacks have that the contract does not know, and a patch of its schema for each."""
