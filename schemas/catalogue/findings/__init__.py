"""Findings: each code once, with its sentences, how it weighs and on whose authority its limit stands.

``codes`` are the wire texts, ``sources`` the authorities, the tables stand by theme, and
``texts`` puts them together and renders a finding. Nothing here is compared by a
verifier: a sentence can be mended or translated without changing any answer.
"""
