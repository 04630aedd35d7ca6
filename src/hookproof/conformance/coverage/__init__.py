"""What of the contract a run has sent: variants, quirks, shapes, values, encodings."""
