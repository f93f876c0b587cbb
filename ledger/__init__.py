"""The core of the battery ledger: what is guaranteed, and what is not.

Guaranteed, to whoever holds the genesis id and needs to trust nobody else:

* A statement in the ledger was signed by a key of its issuer that was active at that
  entry; nobody has changed a byte of it or of its event since.
* A party's statements cannot be dropped from the middle of a chain, inserted or
  reordered unseen; an acknowledged statement cannot vanish unseen.
* Metal in a lot came from the sources that are named, by integer arithmetic that
  anybody can repeat; metal that appears from nowhere is never recycled content.

* A correction never hides what it corrects; what was answered at a tree size stays the
  answer at that size; a kilogram is claimed once per kind, whatever is made of it.

Not guaranteed: that a scale was honest, that a document is true, that the material in
the bag is the lot on the label; and, until a witness cosigns, that everybody is shown
the same history. The order of entries is the order of acceptance; their time is the
operator's word.

Rooms, each importing only downwards: ``log`` (what makes it tamper-evident) and
``materials`` (what makes it about batteries), ``admission`` (the one judgement) and
``files`` (the formats of bundle and export), ``verify`` and ``store``, ``journal`` (the
one write path), ``audit``, ``labels`` and ``client``.
"""
