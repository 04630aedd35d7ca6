"""Payloads drawn by the fuzzer from the contract, kept and recombined; nothing else knows it."""
