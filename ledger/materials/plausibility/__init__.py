"""What is possible, but odd: findings about batches, runs, hand-overs and whole sites.

Everything here yields findings and refuses nothing. ``entry`` looks at one statement and
is asked when it is judged (and judged again after a correction); ``site`` looks at all
that a site said and is asked when somebody reads. ``reference`` holds the figures of the
trade, ``schemas.limits`` the limits.

Layer: above ``moves``, below ``events``.
It may not know how an entry is judged, or who signed it.
"""
