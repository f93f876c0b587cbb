"""The vocabulary of the battery ledger: frozen values that know how to be read.

Nothing here knows SQL, a signature or a clock. Bytes come in through
:mod:`schemas.strict_json` and :func:`schemas.events.parse_event`; what comes out is
immutable, in the units of the ledger (integer milligrams, ISO 8601 texts in UTC).
"""
