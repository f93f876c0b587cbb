"""What is possible, but odd: findings about batches, runs, hand-overs and whole sites.

Everything here yields findings and refuses nothing. ``batches``, ``runs`` and
``handovers`` look at one statement and are asked when it is judged (and judged again
after a correction); ``sites`` looks at all that a site said and is asked when somebody
reads. ``chemistry`` holds the figures of substances, ``schemas.limits`` the limits.
"""
