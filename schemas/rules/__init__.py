"""What a version of the ledger's rules is made of: what an entry may say, and what is found in it.

Purpose: everything that an entry's meaning depends on besides the entries before it,
under one number. A version is frozen once it is in force: an entry keeps the version of
its own index for ever, so that it reads, folds and is judged alike on every machine and
in every later release.

Layer: below :mod:`schemas.events`. :mod:`schemas.versions` fills the versions in.

It may not know any event, any book, the machine's own tables (Unicode, time zones), a
clock or a file outside its folder ``data``.
"""
