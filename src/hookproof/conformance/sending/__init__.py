"""Cases as signed requests on their way: the session, its connections, what is read ahead."""
