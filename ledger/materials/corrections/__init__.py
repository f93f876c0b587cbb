"""Corrections: a statement that stands from the start, and all that it reached folded anew.

Layer: above ``events``, below the registry.
It may not know how an answer is worded, or where entries are stored.
"""
