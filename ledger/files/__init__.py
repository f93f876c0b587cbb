"""The formats of files: which members, tables and columns a lot bundle and an audit export have, byte for byte.

Purpose: one place that says how each file is spelled, for those who write it
(:mod:`ledger.audit`) and for those who read and check it (:mod:`ledger.verify`).

Layer: above ``log`` and ``materials``, whose values it spells; beside ``admission``;
below the store, the verifier and the writers.

It may not know SQL, the web or a ledger's folder; whose key signed what; or whether an
entry is allowed. It says where a file departs from its format, never whether what the
file states is true.
"""
