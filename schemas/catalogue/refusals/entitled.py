"""The refusal of who may not say it: by role, by id, as holder, receiver, maker or second party."""

from __future__ import annotations

from schemas.catalogue.refusals.codes import RefusalCode
from schemas.catalogue.refusals.refusal import Refusal, refusal

NOT_ENTITLED: Refusal = refusal(
    RefusalCode.NOT_ENTITLED,
    "Another must say it: one with the role, the holder of the lot, the receiver, or who said it first; "
    "or the id that the statement creates does not begin with its issuer's.",
    "contract, sections 4 and 7",
    role="expected {statement} to be signed by a party with a role among {wanted}, got {party} ({roles})",
    long_id="expected a party whose id has at most {most} characters to issue the {kind} {id}, got {party} with "
    "{length}",
    foreign_id='expected the id of a new {kind} to begin with "{party}-", got {id}',
    own_keys="expected {owner}, which has an active key, to add its own keys, got {party}",
    holder="expected a lot that {party} holds, got {lot}, which {holder} holds",
    returned="expected a lot that {party} sent to come back to it, got {lot}, which {holder} sent",
    receiver="expected the receiver of {shipment} to accept it, got {party}",
    hold="expected a hold on {lot} by its holder {holder}, by {park}, which made it, or by a certifier, the "
    "authority or the operator, got {party}",
    hold_all="expected a certifier or the authority to hold all of {what}, got {party} ({roles})",
    release_as_certifier="expected a certifier to release the hold of {issuer} on {lot}, got {party}",
    release="expected {issuer}, which set the hold on {lot}, to release it, got {party}",
    assay="expected an assay of {lot} by its holder {holder}, by {park}, which made it, or by a laboratory or a "
    "certifier, got {party} ({roles})",
    confirm_assay="expected {park}, which made {lot}, to confirm its assay, got {party}",
    own_assay="expected another party than {party} to confirm its assay, got {party} itself",
    own_count="expected another party than {party} to confirm its count, got {party} itself",
    correct="expected {issuer} to correct its own statement, got {party}",
    offer="expected the seller {seller} to offer, got {party}",
    confirm_agreement="expected the buyer {buyer} to confirm, got {party}",
    claim_service="expected {park}, which recovered {lot}, to claim its recycling, got {party}",
    claim_blend="expected {lot} to be recovered by one park (it mixes metal of several: claim on their lots, "
    "before they are blended), got {party}",
    claim_content="expected {holder}, which holds {lot}, to claim its recycled content, got {party}",
    claim_status="expected an open lot to claim the recycled content of, got {lot}, which is {status}",
)
