"""Cases as signed requests on their way: the session, its connections, what is read ahead.

Bytes and sockets are in `http`; what an answer means is decided in conformance/judging.
"""
