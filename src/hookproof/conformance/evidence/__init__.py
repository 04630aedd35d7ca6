"""What a finding leaves behind: its request as data, and lines for a shell that send it again.

A report holds both; reading one and sending again is in conformance/replaying.
"""
