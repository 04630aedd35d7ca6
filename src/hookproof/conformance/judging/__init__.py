"""From a request and its answer to a verdict; nothing is sent here."""
