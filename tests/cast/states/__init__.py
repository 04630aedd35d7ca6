"""Receivers that keep a state, with faults of state and without, in two languages."""
