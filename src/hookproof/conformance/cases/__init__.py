"""The requests that a receiver is tested with, each made for one check; nothing is sent here."""
