"""The findings of a report, sent again to see whether they still hold.

How a finding keeps its request is in conformance/evidence; captures go out again by serve/.
"""
