"""The run itself: control first, cases in turns, second looks, diagnoses, the report.

It calls all its neighbours and holds no rule of its own on what an answer means.
"""
