"""Findings about papers: waste codes, Basel codes, exports, files, agreements, keys."""

from __future__ import annotations

from typing import Final

from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.catalogue.findings.words import FindingText, Words, always, level, one_case

_OWN = (Source.OWN_ENTRIES,)
_LIST = (Source.WASTE_LIST,)
_BANNED = "hazardous waste, and its export from the EU to countries outside the OECD is banned"
_WAY = "from {from_country} to {to_country}", "to members of the OECD only"

_CODES: Final[dict[FindingCode, FindingText]] = {
    FindingCode.EU_BLACK_MASS: FindingText(
        "Black mass from the EU comes to a country outside the OECD.",
        *level("high for black mass by its name or waste code, medium for what only holds the metals of it"),
        (Source.BLACK_MASS_BAN,),
        {
            "": Words("{lots}: black mass is " + _BANNED, *_WAY),
            "by_content": Words("{lots}: {material} with the metals of cathodes is black mass, " + _BANNED, *_WAY),
        },
    ),
    FindingCode.WASTE_CODE_UNKNOWN: one_case(
        "The waste code is none that the ledger knows.",
        always("low"), _LIST,
        "{lots} has a waste code that this ledger does not know",
        "{waste_code}", limit="a code for batteries or what is made of them",
    ),
    FindingCode.WASTE_CODE_NOT_VALID: one_case(
        "The waste code did not hold on the day on which the batch came in.",
        (("low", "medium"), "medium where the EU has part in it, else low"), _LIST,
        "{lots} came in under a waste code that did not hold that day",
        "{waste_code} on {day}", limit="{valid_from} to before {valid_before}",
    ),
    FindingCode.WASTE_CODE_DOES_NOT_FIT: one_case(
        "The waste code is one for another material.",
        always("medium"), _LIST,
        "{lots} came in under a waste code for another material", "{waste_code} for {material}", limit="{materials}",
    ),
    FindingCode.WASTE_CODE_CONTRADICTS_ORIGIN: FindingText(
        "The waste code says manufacturing waste and the origin used batteries, or the other way round.",
        *level("high where manufacturing waste is stated as used batteries, else medium"),
        _LIST,
        {
            "manufacturing": Words(
                "{lots} is stated as {origin}, but its waste code is for manufacturing waste",
                "{origin} under {waste_code}", "manufacturing waste",
            ),
            "used": Words(
                "{lots} is stated as {origin}, but its waste code is for used batteries",
                "{origin} under {waste_code}", "used batteries",
            ),
        },
    ),
    FindingCode.BASEL_CODE_DOES_NOT_FIT: one_case(
        "The Basel code is one for another material.",
        always("medium"), (Source.BASEL,),
        "{lots} came in under a Basel code for something other than {material}", "{basel_code}", limit="{basel_codes}",
    ),
}  # fmt: skip

_OTHERS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.FILE_CITED_TWICE: one_case(
        "The same file, by its hash, was cited before.",
        (("low", "medium"), "low where it is another part of the same document, else medium"), _OWN,
        "the file of {document} {number} was cited before, as {other_document} {other_number}",
        "sha256 {sha256}...", limit="each file once",
    ),
    FindingCode.SLIP_NUMBERS_ALIKE: FindingText(
        "A document that backs one statement only may be one that was cited before: spelled in another way, by another "
        "party, or under another issuer.",
        ("low", "medium", "high"),
        "high where masses agree within a scale step and days within 3, medium with one of these or where an issuer is "
        "a digest, else low",
        (*_OWN, "scale_step_kg"),
        {
            "own": Words(
                "{lot} is cited under the {document} {number}, {other_lot} under {other_number}: one paper for two?",
                "{number}", "another number than {other_number}",
            ),
            "parties": Words(
                "{lot} is cited under the {document} {number}, which another party cited before",
                "{number}", "a paper of one party",
            ),
            "digest": Words(
                "{lot} is cited under the {document} {number}, and one of this number and day was cited before under "
                "another issuer, one of the two a digest",
                "{number}", "a paper of one issuer",
            ),
            "issuer": Words(
                "{lot} is cited under the {document} {number} of {issuer}, {other_lot} of one mass under that number "
                "and day of {other_issuer}",
                "{number}", "another number than that of {other_issuer}",
            ),
        },
    ),
    FindingCode.HEAVIER_THAN_PAPER: one_case(
        "What is cited under a document and its parts weighs more than it says.",
        always("high"), ("paper_excess_high_ppm", "scale_step_kg"),
        "{lot} and what else is cited under the {document} {number} weigh more than it says",
        "{mass_mg}, {off_ppm} more", limit="{net_mg}, and {limit} of it or two scale steps",
    ),
    FindingCode.HELD_PAPER_CITED: one_case(
        "A document is cited again that a certifier or the authority holds, with all lots of it that were known then.",
        always("high"), _OWN,
        "{lot} cites the {document} {number} again, which {holder} holds with all lots of it", "{number}",
        limit="no hold on it",
    ),
    FindingCode.AGREEMENT_MISMATCH: FindingText(
        "A dispatch names an agreement whose terms it does not fit.",
        *always("medium"),
        _OWN,
        {
            "": Words(
                "{site} dispatched {lots} in {shipment} under an agreement that does not fit",
                "[confirmed by its buyer then: {confirmed}, ][to {to}, ][from {park}, ][on {day}]",
                "{agreement}: confirmed, to {buyer}, from {parks}, from {starts_on} to {ends_on}",
            ),
            "unknown": Words(
                "{site} dispatched {lots} in {shipment} under an agreement that nobody has offered",
                "agreement {agreement}", "an agreement of this ledger",
            ),
        },
    ),
    FindingCode.KEY_SET_BY_AUTHORITY: one_case(
        "The authority added a key for a party that had none.",
        always("medium"), _OWN,
        "{authority} added a key for {party}, which had no active key",
        "{key}...", limit="a key added by the party itself",
    ),
    FindingCode.COMPROMISED_KEY: one_case(
        "The statement was signed with a key that, by a later revocation, was compromised then.",
        always("high"), _OWN,
        "entry {index} was signed by a key of {party} that was compromised at that time",
        "key {key}...", limit="compromised since {since}",
    ),
}  # fmt: skip

PAPERS: Final[dict[FindingCode, FindingText]] = {**_CODES, **_OTHERS}
