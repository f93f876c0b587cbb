"""Offtake: deliveries under an agreement, held against its terms.

Layer: a part of ``answers``.
It may not know who asks, and how the answer is sent.
"""
