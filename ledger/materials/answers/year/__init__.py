"""A site's year: what came in, what products hold of it, and recovery rates.

Layer: a part of ``answers``.
It may not know who asks, and how the answer is sent.
"""
