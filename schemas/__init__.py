"""The vocabulary of the battery ledger: frozen values that know how to be read.

Nothing here knows SQL, a signature or a clock. Bytes come in through
:mod:`schemas.strict_json` and :func:`schemas.events.parse_event`; what comes out is
immutable, in the units of the ledger (integer milligrams, ISO 8601 texts in UTC).

Layer: the lowest; everything else is made of its values.
It may not know the ledger, SQL, a signature or a clock.
"""
