"""The vendor at one's desk: any callback on demand, forged if asked, at a rate, for other tools.

When a vendor would send again is in `delivery`, a run of faulty requests in `conformance`.
"""
