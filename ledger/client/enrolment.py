"""Enrolment: completing a ``participant`` line before the authority signs it."""

from __future__ import annotations

from ledger.client.lines import FeedLine
from ledger.home.opening import Home
from ledger.log.signers import FileSigner, prove_possession
from schemas.encoding import encode_base64
from schemas.errors import MalformedError
from schemas.ids import PartyId


def complete_enrolment(line: FeedLine, home: Home, passphrase: bytes | None) -> FeedLine:
    """Return the line with keys: a new party without any gets an Ed25519 pair.

    The private key goes to ``DIR/keys/ID.pem`` before anything is signed, so a crash
    in between leaves a key without a registration, which the next run uses.

    Raises:
        MalformedError: if the event is no ``participant``.
        KeyFileError: if a key is there that cannot be read.
    """
    event = line.event
    if event.get("type") != "participant":
        raise MalformedError(f"expected a participant, got {str(event.get('type'))[:40]!r}", "event.type")
    name = PartyId(str(event["id"]))
    with home.store.reading() as snapshot:
        is_known = snapshot.parties.get(name) is not None
    if "keys" in event or is_known:
        return line
    path = home.folder.keys / f"{name}.pem"
    if path.exists():
        signer = FileSigner.load(path, passphrase)
    else:
        signer = FileSigner.generate("ed25519")
        signer.save(path, passphrase)
    key = {
        "algorithm": signer.public_key.algorithm,
        "public_key": encode_base64(signer.public_key.der),
        "proof": encode_base64(prove_possession(signer, home.origin, name)),
    }
    return line._replace(event={**event, "keys": [key]})
