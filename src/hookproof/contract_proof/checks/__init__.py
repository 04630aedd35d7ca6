"""The parts of the proof of a contract: small checks over a model that was read once."""
