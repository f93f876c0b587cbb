"""Answers: what is answered about lots, sites and agreements, from state and history.

Layer: the top of the materials, beside the registry.
It may not know how an event is judged; it never changes anything.
"""
