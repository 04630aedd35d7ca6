"""Small receivers of which it is known what is true: correct ones, and some with one fault each.

None of them uses anything of the project, and all that they know is from the vendors' pages.
"""
