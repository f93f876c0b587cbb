"""Submitting a feed: line by line in order, as fast as whole batches go.

Statements are signed ahead on the assumption that the lines before them are taken. The
first refused line stops the batch at the ledger, so no line is ever judged before one
that stands above it; what was signed behind it is signed anew where its chain is
concerned. A refused line uses up no sequence number.

If we die after signing: the outbox has it, the next run sends the same bytes. After
the ledger took it: it answers with the receipt again, counted as a duplicate. So is a
record that the ledger has under the same ``ref`` of its plant, whatever file it came in.

A refused line is judged again when it is sent again. Only where the very same feed goes
to a ledger that has not changed since does its refusal stand, so that the same feed
twice changes nothing even where a later line of it has removed the cause. A time that was ahead of the clock
and is no longer ends such a refusal.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable

from ledger.admission.clock_tolerance import AHEAD_S
from ledger.client.feed_result import FeedResult
from ledger.client.lines import FeedLine, make_document, parse_line, sameness, without_blanks
from ledger.client.outbox import Outbox, Refusal, Slot
from ledger.client.pending import Pending
from ledger.client.transports import ChainState, Transport
from ledger.client.turns import Chain
from ledger.journal.answers import Answer, Refused, Taken
from ledger.journal.clock import Clock, SystemClock
from ledger.log.chains import Head, next_link
from ledger.log.composing import compose
from ledger.log.envelopes import statement_id
from ledger.log.signers import Signer
from ledger.log.statements import parse_header
from ledger.submission import Submission
from schemas.catalogue.refusals import RefusalCode
from schemas.errors import MalformedError
from schemas.ids import PartyId
from schemas.instants import format_time, shift_time
from schemas.refusal import RefusedError

BATCH = 256
"""Most lines in one go. After a refusal it begins small again, since all that was sent
behind the refused line has to be sent once more."""

_SMALL = 16
_CLOCKS_DIFFER_S = 3600
_MAY_PASS = (
    RefusalCode.UNKNOWN_ISSUER, RefusalCode.CHAIN_CONFLICT, RefusalCode.BAD_SIGNATURE, RefusalCode.REVOKED_KEY
)  # fmt: skip
"""Causes that another key file or another signature removes, without any change of the ledger."""

_TRIES = 3
"""How often a line is signed anew when another sender was faster on its chain."""

SignerOf = Callable[[PartyId], Signer | None]
Prepare = Callable[[FeedLine], FeedLine]


class FeedSender:
    """Sends feeds of one ledger; keeps what it knows of the chains' heads."""

    def __init__(
        self,
        transport: Transport,
        outbox: Outbox,
        origin: str,
        signer_of: SignerOf,
        *,
        most: int = BATCH,
        clock: Clock | None = None,
    ) -> None:
        """Bind the way to the ledger, the notebook, and the keys at this place.

        ``most`` is how many lines go at once; with 1, each is prepared only when the
        one before it has been judged. ``clock`` says when a time is no longer ahead.
        """
        self._transport = transport
        self._outbox = outbox
        self._origin = origin
        self._signer_of = signer_of
        self._chains: dict[Chain, ChainState] = {}
        self._most = most
        self._clock = clock or SystemClock()
        self._batch = min(_SMALL, most)

    def send(
        self,
        lines: Iterable[bytes],
        *,
        feed: str = "",
        issuer: PartyId | None = None,
        prepare: Prepare = lambda line: line,
        progress: Callable[[int], None] = lambda _: None,
    ) -> FeedResult:
        """Send a feed; what is refused does not stop the rest.

        Args:
            lines: the feed's lines as bytes; a blank one is no feed line, those at the end are left out.
            feed: names the feed as a whole (a hash of it): only of the very same feed does a
                refusal stand; without a name every refused line is judged again.
            issuer: who signs, where the lines do not say (enrolment).
            prepare: may complete a line before it is signed for the first time.
            progress: is called with the number of lines that are done.

        Raises:
            TransportError: if the ledger cannot be reached; send the feed again.
            LedgerStateError: if the ledger cannot go on.
        """
        result = FeedResult()
        now = format_time(self._clock.now())
        standing = self._outbox.standing_refusals(feed, self._transport.size(), now) if feed else {}
        seen: Counter[str] = Counter()
        pending: deque[Pending] = deque()
        for number, raw in enumerate(without_blanks(lines), 1):
            digest = sameness(raw)
            slot = (digest, seen[digest])
            seen[digest] += 1
            if (refusal := standing.get(slot)) is not None:
                result.refuse(number, refusal.error)
                result.refusals[slot] = refusal
            else:
                self._admit(raw, number, slot, pending, result, issuer=issuer)
            while len(pending) >= self._most:
                self._flush(pending, result, prepare)
            progress(1)
        while pending:
            self._flush(pending, result, prepare)
        if feed:
            self._outbox.keep_refusals(feed, self._transport.size(), result.refusals)
        return result

    def _admit(
        self, raw: bytes, number: int, slot: Slot, pending: deque[Pending], result: FeedResult,
        *, issuer: PartyId | None,
    ) -> None:  # fmt: skip
        try:
            line = parse_line(raw, number, issuer=issuer)
            make_document(line)
            signer = self._signer_of(line.issuer)
            if signer is None:
                raise RefusedError(RefusalCode.UNKNOWN_ISSUER, "no_key", issuer=line.issuer)
        except (MalformedError, RefusedError) as error:
            result.refuse(number, error)
        else:
            pending.append(Pending(line, slot, signer))

    def _flush(self, pending: deque[Pending], result: FeedResult, prepare: Prepare) -> None:
        batch = [pending.popleft() for _ in range(min(self._batch, len(pending)))]
        with self._outbox.turns.hold(item.chain for item in batch) as moved:
            self._look_up(batch, moved)
            self._send(batch, pending, result, prepare)

    def _look_up(self, batch: list[Pending], moved: frozenset[Chain]) -> None:
        """Find what was signed for lines before, by this sender or by another that used their chain meanwhile."""
        for chain in moved:
            self._chains.pop(chain, None)
        for item in batch:
            if item.is_looked_up and item.chain not in moved:
                continue
            kept = self._outbox.get(item.slot)
            if kept is not None and (kept == item.spent or (item.is_fresh and self._is_overtaken(item.chain, kept))):
                kept = None
            item.submission, item.is_looked_up, item.is_fresh = kept, True, False

    def _is_overtaken(self, chain: Chain, submission: Submission) -> bool:
        """Say whether a statement that was signed ahead cannot be in the ledger: its chain does not reach there yet."""
        state = self._chain(chain)
        reached = state.head.sequence if state is not None and state.head is not None else 0
        return parse_header(submission.envelope.payload).sequence > reached

    def _send(self, batch: list[Pending], pending: deque[Pending], result: FeedResult, prepare: Prepare) -> None:
        """Sign what is not signed yet, send all, and take the answers."""
        ahead: dict[Chain, Head | None] = {}
        fresh: list[tuple[Slot, Submission]] = []
        sent: list[tuple[Pending, Submission]] = []
        for place, item in enumerate(batch):
            if sent and item.submission is None and self._chain(item.chain) is None:
                # A line before it may register its issuer: let that be judged first.
                pending.extendleft(reversed(batch[place:]))
                break
            if item.submission is None:
                signed = self._sign(item, ahead, result, prepare)
                if signed is None:
                    continue
                fresh.append((item.slot, signed))
                item.submission, item.is_fresh = signed, True
            self._move(item.chain, item.submission, ahead)
            sent.append((item, item.submission))
        self._outbox.put(fresh)
        answers = self._transport.send([submission for _, submission in sent])
        self._take(sent, answers, pending, result)

    def _sign(
        self, item: Pending, ahead: dict[Chain, Head | None], result: FeedResult, prepare: Prepare
    ) -> Submission | None:
        state = self._chain(item.chain)
        if state is None:
            result.refuse(item.line.number, RefusedError(RefusalCode.UNKNOWN_ISSUER, issuer=item.line.issuer))
            return None
        try:
            document = make_document(prepare(item.line))
        except MalformedError as error:
            result.refuse(item.line.number, error)
            return None
        link = next_link(ahead.get(item.chain, state.head), state.registration)
        issuer, name = item.chain
        envelope = compose(
            self._origin, issuer, name, link, item.line.occurred_at, event=document.event, signers=[item.signer]
        )
        return Submission(envelope, document.event, document.disclosures)

    def _chain(self, chain: Chain) -> ChainState | None:
        if chain not in self._chains:
            state = self._transport.chain(*chain)
            if state is None:
                return None
            self._chains[chain] = state
        return self._chains[chain]

    def _move(self, chain: Chain, submission: Submission, ahead: dict[Chain, Head | None]) -> None:
        """Let the head run ahead of the ledger, over what this batch holds of the chain."""
        sequence = parse_header(submission.envelope.payload).sequence
        state = self._chain(chain)
        head = ahead.get(chain, state.head if state else None)
        if head is None or sequence > head.sequence:
            ahead[chain] = Head(sequence, statement_id(submission.envelope.payload))

    def _take(
        self,
        sent: list[tuple[Pending, Submission]],
        answers: list[Answer | None],
        pending: deque[Pending],
        result: FeedResult,
    ) -> None:
        again: list[Pending] = []
        broken: set[Chain] = set()
        for (item, submission), answer in zip(sent, answers, strict=True):
            match answer:
                case Taken():
                    result.accepted += answer.is_new
                    result.duplicates += not answer.is_new
                    self._confirm(item.chain, submission)
                case Refused():
                    broken.add(item.chain)
                    if answer.code == RefusalCode.REF_EXISTS:
                        result.duplicates += 1
                        self._outbox.drop([item.slot])
                    elif self._may_try_again(item, answer):
                        again.append(item)
                    else:
                        result.refuse(item.line.number, answer.error)
                        self._remember(item, answer, result)
                        self._outbox.drop([item.slot])
                case None:
                    if item.chain in broken and item.is_fresh:
                        item.submission = None
                    again.append(item)
        self._batch = min(self._most, _SMALL if broken else 2 * self._batch)
        pending.extendleft(reversed(again))

    def _confirm(self, chain: Chain, submission: Submission) -> None:
        header = parse_header(submission.envelope.payload)
        state = self._chains[chain]
        if state.head is None or header.sequence > state.head.sequence:
            self._chains[chain] = state._replace(head=Head(header.sequence, statement_id(submission.envelope.payload)))

    def _may_try_again(self, item: Pending, answer: Refused) -> bool:
        """Sign anew where the chain has moved on since: nothing of the line is in the ledger."""
        if answer.code != RefusalCode.CHAIN_CONFLICT or item.tries >= _TRIES:
            return False
        item.tries += 1
        item.submission, item.spent = None, item.submission
        self._chains.pop(item.chain, None)
        return True

    def _remember(self, item: Pending, answer: Refused, result: FeedResult) -> None:
        """Keep a refusal that stands while the ledger does not change."""
        error = answer.error
        if not isinstance(error, RefusedError) or error.code in _MAY_PASS:
            return
        until = ""
        if error.code == RefusalCode.TIME_ORDER:
            # Was it the clock? The ledger's may be some minutes off ours.
            latest, now = item.line.latest_time, self._clock.now()
            if latest > format_time(now - _CLOCKS_DIFFER_S):
                until = shift_time(latest, seconds=-AHEAD_S)
        result.refusals[item.slot] = Refusal(error, until)
