"""Every code of a fault that ``verify`` finds in a file, once, with what it means.

An entry that the rules would have refused has its refusal as a fault, with the code of the
refusal, and what a newer program is needed for is ``newer-version`` as among refusals; here
are the codes of all else. A code is public and stable; a fault's sentence
names places in a file and stands where the file is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class FaultCode(StrEnum):
    """The codes of contract section 3.5; the text of a member is what the report holds."""

    UNREADABLE = "unreadable"
    EVENT_MISMATCH = "event-mismatch"
    NO_GENESIS = "no-genesis"
    WRONG_GENESIS = "wrong-genesis"
    WRONG_RULES = "wrong-rules"
    BAD_CHECKPOINT = "bad-checkpoint"
    TIME_WENT_BACK = "time-went-back"
    WRONG_ORDER = "wrong-order"
    REPEATED_STATEMENT = "repeated-statement"
    EXTRA_ENTRY = "extra-entry"
    MISSING_ENTRY = "missing-entry"
    NOT_IN_TREE = "not-in-tree"
    WRONG_TILE = "wrong-tile"
    WRONG_ROOT = "wrong-root"
    LOT_MISMATCH = "lot-mismatch"
    BAD_DISCLOSURE = "bad-disclosure"
    NOT_CANONICAL = "not-canonical"
    BAD_ARCHIVE = "bad-archive"
    BAD_CRC = "bad-crc"
    MANIFEST_MISMATCH = "manifest-mismatch"
    MISSING_MEMBER = "missing-member"
    EXTRA_MEMBER = "extra-member"
    REPEATED_MEMBER = "repeated-member"
    OVERLAPPING_MEMBERS = "overlapping-members"
    COMPRESSED_MEMBER = "compressed-member"
    ENCRYPTED_MEMBER = "encrypted-member"
    UNSAFE_NAME = "unsafe-name"
    BAD_MEMBER = "bad-member"
    BAD_ENTRIES = "bad-entries"
    BAD_EVENT_LINE = "bad-event-line"
    MISSING_EVENT = "missing-event"
    EXTRA_EVENT = "extra-event"
    WRONG_TABLE = "wrong-table"


FAULTS: Final[Mapping[FaultCode, str]] = MappingProxyType(
    {
        FaultCode.UNREADABLE: "The file is neither a bundle nor an export, or cannot be opened.",
        FaultCode.EVENT_MISMATCH: "An event has another hash than the header that was signed.",
        FaultCode.NO_GENESIS: "Entry 0 is no readable genesis, so the log's keys are unknown.",
        FaultCode.WRONG_GENESIS: "The file is of another ledger than the one that was asked for.",
        FaultCode.WRONG_RULES: "The file names other rules than the highest of its entries.",
        FaultCode.BAD_CHECKPOINT: "A signed checkpoint does not hold, or has other signature lines than the log's two.",
        FaultCode.TIME_WENT_BACK: "A checkpoint was signed earlier than the one before it.",
        FaultCode.WRONG_ORDER: "Entries or disclosures are out of order, or stand twice.",
        FaultCode.REPEATED_STATEMENT: "A statement stands in two entries.",
        FaultCode.EXTRA_ENTRY: "An entry concerns neither the lot of the bundle nor what it was made of.",
        FaultCode.MISSING_ENTRY: "An entry that the lot rests on is not in the bundle.",
        FaultCode.NOT_IN_TREE: "The path of an entry does not lead to the root that was signed.",
        FaultCode.WRONG_TILE: "Hashes of a tile are not those of the entries.",
        FaultCode.WRONG_ROOT: "A root that was signed is not that of the entries.",
        FaultCode.LOT_MISMATCH: "The lot that is shown is not what the entries give.",
        FaultCode.BAD_DISCLOSURE: "A disclosed fact is not one that its entry has sealed.",
        FaultCode.NOT_CANONICAL: "The file is spelt in another way than its writer spells.",
        FaultCode.BAD_ARCHIVE: "The archive's directory or end does not fit the file.",
        FaultCode.BAD_CRC: "A member's bytes have another CRC-32 than its header declares.",
        FaultCode.MANIFEST_MISMATCH: "The manifest does not describe the members that are there.",
        FaultCode.MISSING_MEMBER: "A member that the size of the tree demands is not there.",
        FaultCode.EXTRA_MEMBER: "A member is there that no export of this size has.",
        FaultCode.REPEATED_MEMBER: "A member's name stands twice.",
        FaultCode.OVERLAPPING_MEMBERS: "Two members share bytes.",
        FaultCode.COMPRESSED_MEMBER: "A member is compressed; exports are stored plainly.",
        FaultCode.ENCRYPTED_MEMBER: "A member is encrypted.",
        FaultCode.UNSAFE_NAME: "A member's name could lead outside the folder that it is unpacked to.",
        FaultCode.BAD_MEMBER: "A member does not lie behind a header of its own.",
        FaultCode.BAD_ENTRIES: "A bundle of entries cannot be read.",
        FaultCode.BAD_EVENT_LINE: "A line of the file of events cannot be read.",
        FaultCode.MISSING_EVENT: "The event of an entry is not there.",
        FaultCode.EXTRA_EVENT: "An event is there that belongs to no entry at that place.",
        FaultCode.WRONG_TABLE: "A line of a table or register is not what the entries give.",
    }
)
"""What each code means to whoever reads a report."""
