"""Payloads drawn by the fuzzer from the contract, kept and recombined.

Nothing else knows the fuzzer. What is tried of every callback is in conformance/cases.
"""
