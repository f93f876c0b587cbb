"""Events: one file a kind of event, what it demands and what it does.

Layer: above ``plausibility`` and ``moves``, below ``corrections``.
It may not know the other kinds, and how a correction folds them again.
"""
