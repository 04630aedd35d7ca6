"""The run itself: control first, cases in turns, second looks, diagnoses, the report."""
