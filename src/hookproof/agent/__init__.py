"""hookproof for coding agents: its commands as tools, by the Model Context Protocol.

An agent gets short answers, a strange text with a fence around it, and no secret but by the name of
a variable. What a command does is done by the command; nothing is judged here.
"""
