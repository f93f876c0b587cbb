from __future__ import annotations

import base64
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from ledger.log.algorithms import ALGORITHMS, parse_public_key
from ledger.log.signers import (
    MAX_KEY_FILE_BYTES,
    FileSigner,
    check_possession,
    possession_message,
    prove_possession,
)
from schemas.encoding import encode_base64
from schemas.errors import BadSignatureError, KeyFileError, MalformedError
from schemas.ids import KeyId, PartyId
from tests.log.keys import ORIGIN, SIGNERS


@pytest.mark.parametrize("passphrase", [None, b"open sesame"])
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_key_file_gives_back_the_key(tmp_path: Path, algorithm: str, passphrase: bytes | None) -> None:
    """What a loaded key signs verifies under the key that was saved, and only its owner can read the file."""
    path = tmp_path / "key.pem"
    SIGNERS[algorithm].save(path, passphrase)
    loaded = FileSigner.load(path, passphrase)
    assert loaded.public_key == SIGNERS[algorithm].public_key
    SIGNERS[algorithm].public_key.verify(loaded.sign(b"x"), b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (b"ENCRYPTED" in path.read_bytes()) == (passphrase is not None)


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    """Saving over a file, or over a dangling link, is refused and leaves it as it was."""
    path = tmp_path / "key.pem"
    SIGNERS["ed25519"].save(path)
    before = path.read_bytes()
    with pytest.raises(KeyFileError, match="never overwritten"):
        SIGNERS["ecdsa-p256"].save(path)
    assert path.read_bytes() == before
    link = tmp_path / "link.pem"
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyFileError):
        SIGNERS["ed25519"].save(link)
    assert not (tmp_path / "elsewhere").exists()


def test_a_key_that_cannot_be_written_whole_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is a KeyFileError and leaves nothing that blocks the next attempt."""

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(KeyFileError, match="No space left"):
        SIGNERS["ed25519"].save(tmp_path / "key.pem")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """Saving into a folder that is not there, or loading a folder, says so."""
    with pytest.raises(KeyFileError, match="No such file"):
        SIGNERS["ed25519"].save(tmp_path / "none" / "key.pem")
    with pytest.raises(KeyFileError, match="expected to read"):
        FileSigner.load(tmp_path)


def test_each_fault_of_a_key_file_has_its_sentence(tmp_path: Path) -> None:
    """Missing, encrypted, wrong passphrase, needless passphrase, damaged and too large are kept apart."""
    plain, secret, damaged, large = (tmp_path / name for name in ("plain", "secret", "damaged", "large"))
    SIGNERS["ed25519"].save(plain)
    SIGNERS["ed25519"].save(secret, b"right")
    damaged.write_bytes(plain.read_bytes().replace(b"MC4C", b"MC5C"))
    large.write_bytes(b"-" * (MAX_KEY_FILE_BYTES + 1))
    for path, passphrase, sentence in (
        (tmp_path / "none", None, "got none"),
        (secret, None, "expected a passphrase"),
        (secret, b"", "expected a passphrase"),
        (secret, b"wrong", "wrong passphrase"),
        (plain, b"right", "not encrypted"),
        (damaged, None, "damaged"),
        (large, None, "got more"),
    ):
        with pytest.raises(KeyFileError, match=sentence):
            FileSigner.load(path, passphrase)


@pytest.mark.parametrize("key", [rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())])
def test_a_key_of_another_algorithm_is_refused(
    tmp_path: Path, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
) -> None:
    """A private key that the contract does not name is refused with the names it takes."""
    path = tmp_path / "key.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    with pytest.raises(KeyFileError, match="ed25519, ecdsa-p256, ml-dsa-44"):
        FileSigner.load(path)
    with pytest.raises(KeyFileError, match="rsa"):
        FileSigner.generate("rsa")


def test_a_key_of_an_unknown_algorithm_is_refused(tmp_path: Path) -> None:
    """A PKCS#8 file whose algorithm the library has never heard of is refused in words."""
    path = tmp_path / "key.pem"
    SIGNERS["ed25519"].save(path)
    der = base64.b64decode(b"".join(path.read_bytes().splitlines()[1:-1]))
    unknown = der.replace(bytes.fromhex("06032b6570"), bytes.fromhex("06032b657f"))
    path.write_text(f"-----BEGIN PRIVATE KEY-----\n{encode_base64(unknown)}\n-----END PRIVATE KEY-----\n")
    with pytest.raises(KeyFileError, match="ed25519, ecdsa-p256, ml-dsa-44"):
        FileSigner.load(path)


def test_a_library_without_an_algorithm_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the cryptography library was built without ML-DSA-44, the error is one of ours."""

    def fail(*_: object) -> None:
        raise UnsupportedAlgorithm("ML-DSA is not supported")

    monkeypatch.setattr("ledger.log.signers.MLDSA44PrivateKey", SimpleNamespace(generate=fail))
    monkeypatch.setattr("ledger.log.algorithms.MLDSA44PublicKey", SimpleNamespace(from_public_bytes=fail))
    with pytest.raises(KeyFileError, match="without"):
        FileSigner.generate("ml-dsa-44")
    with pytest.raises(MalformedError, match="with ml-dsa-44"):
        parse_public_key("ml-dsa-44", SIGNERS["ml-dsa-44"].public_key.der)


def test_an_empty_passphrase_does_not_leave_a_key_in_clear(tmp_path: Path) -> None:
    """An empty passphrase is refused rather than taken for none."""
    with pytest.raises(KeyFileError, match="passphrase"):
        SIGNERS["ed25519"].save(tmp_path / "key.pem", b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_possession_is_proved_for_one_ledger_participant_and_key(algorithm: str) -> None:
    """A proof does not stand for another ledger, another participant or another key."""
    signer = SIGNERS[algorithm]
    proof = prove_possession(signer, ORIGIN, PartyId("MUN"))
    check_possession(signer.public_key, proof, ORIGIN, PartyId("MUN"))
    other = FileSigner.generate(algorithm).public_key
    for key, ledger, participant in (
        (signer.public_key, ORIGIN + "2", "MUN"),
        (signer.public_key, ORIGIN, "GZB"),
        (other, ORIGIN, "MUN"),
    ):
        with pytest.raises(BadSignatureError, match="possession"):
            check_possession(key, proof, ledger, PartyId(participant))


def test_the_possession_message_is_five_lines_and_its_parts_cannot_run_together() -> None:
    """The message is exact, and a part with a line break or none at all is refused."""
    assert possession_message("l", PartyId("P"), KeyId("k")) == b"battery-ledger/key/v1\nl\nP\nk\n"
    for ledger, participant, keyid in (("l\nP", "k", "k"), ("l", "", "k"), ("l", "P\u00e9", "k"), ("l", "P", "\x7f")):
        with pytest.raises(MalformedError):
            possession_message(ledger, PartyId(participant), KeyId(keyid))
