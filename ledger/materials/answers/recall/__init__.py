"""Recall: all that a batch, a document or a supplier reached, with shares and kilograms.

Layer: a part of ``answers``.
It may not know who asks, and how the answer is sent.
"""
