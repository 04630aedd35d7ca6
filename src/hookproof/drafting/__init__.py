"""A contract begun: a skeleton, a schema inferred from captures, one document for other tools."""
