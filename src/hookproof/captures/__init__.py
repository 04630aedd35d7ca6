"""Captured traffic as tools write it: formats, archives, streams, one capture and its place.

A reader yields captures and remarks; what is wrong with a capture is told in `validation`.
"""
