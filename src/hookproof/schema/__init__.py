"""JSON Schema without references: compiled, opened for nested JSON, and what a value lacks.

A schema here stands alone and speaks of any payload. What a callback is lives in `contract`.
"""
