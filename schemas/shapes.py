"""The forms of ids, digests and the like: a pattern for the reader, words for the operator."""

from __future__ import annotations

PARTY_ID = r"^[A-Z][A-Z0-9-]{1,19}$"
RECORD_ID = r"^[A-Z0-9][A-Z0-9-]{0,19}$"
SHA256 = r"^[0-9a-f]{64}$"
SEALED_DIGEST = r"^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$"
NONCE = r"^[0-9a-f]{32}$"
ORIGIN_NAME = r"^[!-*,-~]{1,255}$"
TIME_ZONE = r"^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$"
PERIOD = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"

IN_WORDS: dict[str, str] = {
    PARTY_ID: "the id of a participant such as MUN: capital letters, digits and -, a letter first, 2 to 20 characters",
    RECORD_ID: "an id such as MUN-B-000123: capital letters, digits and -, at most 20 characters",
    SHA256: "64 lower-case hex digits (a SHA-256)",
    SEALED_DIGEST: "the digest of a sealed fact: 43 characters of base64url",
    NONCE: "32 lower-case hex digits",
    ORIGIN_NAME: "the name of a ledger such as ledger.example.com/ace: at most 255 characters, no blank and no +",
    TIME_ZONE: "the name of a time zone such as Asia/Kolkata",
    PERIOD: "a month such as 2026-01",
}
"""What each pattern asks for, to be put behind *expected*."""
