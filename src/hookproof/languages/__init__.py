"""For receivers in other languages: the rules of a contract as data, vectors, types, readers."""
