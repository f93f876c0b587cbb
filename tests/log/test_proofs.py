from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.checkpoint import Checkpoint
from ledger.log.merkle import CompactRange, inclusion_path, leaf_hash
from ledger.log.proofs import MAX_PATH, Proof, format_proof, parse_proof, verify_proof
from schemas.errors import LedgerError, MalformedError, ProofError
from tests.log.keys import LOG, ORIGIN

ENTRIES = [b"entry %d" % number for number in range(11)]
NODES: dict[tuple[int, int], bytes] = {}
TREE = CompactRange()
for _index, _entry in enumerate(ENTRIES):
    for _level, _hash in enumerate(TREE.append(leaf_hash(_entry))):
        NODES[_level, _index >> _level] = _hash
NOTE = LOG.sign(Checkpoint(ORIGIN, TREE.size, TREE.root()), 1_767_593_520)
PATH = inclusion_path(4, TREE.size, lambda level, index: NODES[level, index])
TEXT = format_proof(4, PATH, NOTE)


@pytest.mark.parametrize("index", range(len(ENTRIES)))
def test_every_entry_has_a_proof_that_verifies(index: int) -> None:
    """The text holds all that is needed to show that an entry is in the log."""
    path = inclusion_path(index, TREE.size, lambda level, at: NODES[level, at])
    signed = verify_proof(format_proof(index, path, NOTE), ENTRIES[index], LOG.keys)
    assert signed.checkpoint == Checkpoint(ORIGIN, TREE.size, TREE.root())


def test_the_proof_of_a_lone_entry_has_no_hash_lines() -> None:
    """In a tree of one entry the blank line follows the index at once."""
    note = LOG.sign(Checkpoint(ORIGIN, 1, leaf_hash(b"only")), 1)
    text = format_proof(0, [], note)
    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 0\n\n" + ORIGIN)
    assert verify_proof(text, b"only", LOG.keys).time_s == 1


def test_a_proof_reads_back() -> None:
    """Reading gives index, path and the note's very bytes."""
    assert parse_proof(TEXT) == Proof(4, tuple(PATH), NOTE)


def test_a_proof_is_for_one_entry_at_one_index() -> None:
    """Another entry, or another index, does not verify."""
    with pytest.raises(ProofError, match="lead to root"):
        verify_proof(TEXT, b"entry 5", LOG.keys)
    for index in (3, 5, 10, 11, 2**62):
        with pytest.raises(ProofError):
            verify_proof(TEXT.replace("index 4\n", f"index {index}\n"), ENTRIES[4], LOG.keys)


def test_every_character_of_a_proof_counts() -> None:
    """Changing, dropping or doubling a character before the checkpoint makes the proof fail."""
    end = TEXT.index("\n\n") + 2
    for at in range(end):
        for changed in (TEXT[:at] + "~" + TEXT[at + 1 :], TEXT[:at] + TEXT[at + 1 :], TEXT[:at] + TEXT[at] + TEXT[at:]):
            with pytest.raises(LedgerError):
                verify_proof(changed, ENTRIES[4], LOG.keys)


HASH_LINE = TEXT.split("\n")[2]


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n", TEXT.replace("@v1", "@v2"), TEXT.replace("index 4\n", ""), TEXT.replace("index 4", "index 04"),
        TEXT.replace("index 4", "index +4"), TEXT.replace("index 4", "index -4"), TEXT.replace("index 4", "index  4"),
        TEXT.replace("index 4", "index \u0664"), TEXT.replace("index 4", "index 9223372036854775808"),
        TEXT.replace("index 4", "extra AAAA\nindex 4"), TEXT.replace("index 4", "Index 4"),
        TEXT.replace(HASH_LINE, HASH_LINE + " "), TEXT.replace(HASH_LINE, "AAAA"), TEXT.replace("\n", "\r\n"),
        TEXT.replace(f"{HASH_LINE}\n", f"{HASH_LINE}\n" * MAX_PATH), TEXT[: TEXT.index("\n\n") + 2], TEXT[:-1],
        TEXT.replace(ORIGIN, "\ud800"), TEXT + " " * 2_000_000, "c2sp.org/tlog-proof@v1\n\n" + NOTE.decode(),
    ],
)  # fmt: skip
def test_other_spellings_of_a_proof_are_refused(text: str) -> None:
    """Numbers that are not canonical, an unchecked extra line and overlong paths are refused."""
    with pytest.raises(MalformedError):
        parse_proof(text)


@pytest.mark.parametrize(
    ("index", "path", "note"),
    [(-1, [], NOTE), (0, [b"short"], NOTE), (0, [], b"\xff"), (0, [], b""), (0, [], b"no note\n"), (2**63, [], NOTE)],
)
def test_a_proof_that_would_not_read_back_is_not_written(index: int, path: list[bytes], note: bytes) -> None:
    """The writer refuses whatever the reader would refuse."""
    with pytest.raises(MalformedError):
        format_proof(index, path, note)


def test_a_proof_without_the_second_signature_is_refused() -> None:
    """A proof whose checkpoint has lost its ML-DSA-44 line does not verify."""
    with pytest.raises(ProofError, match="ml-dsa-44"):
        verify_proof("\n".join(TEXT.split("\n")[:-2]) + "\n", ENTRIES[4], LOG.keys)


@given(st.text(max_size=200) | st.text(max_size=50).map(lambda text: TEXT.replace("index 4", text)))
def test_no_text_breaks_the_reader_of_proofs(text: str) -> None:
    """Any text is a proof that formats to itself, or a MalformedError."""
    try:
        proof = parse_proof(text)
    except MalformedError:
        return
    assert format_proof(proof.index, proof.path, proof.checkpoint_note) == text
