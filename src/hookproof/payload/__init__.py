"""From bytes to a value: strict JSON, the body forms vendors use, and where things stand.

It knows no contract: whether a value is what a vendor sends is judged in `validation`.
"""
