"""One model of a report (model.py), made of a run, and a writer for each format (writers.py).

What is found is decided in `validation_run` and `conformance`; here it is only put into words.
"""

from __future__ import annotations
