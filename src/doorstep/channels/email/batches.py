"""How much is fetched at once: few enough mails, and few enough bytes."""

from collections.abc import Iterable, Iterator

from doorstep.channels.email.answers import Waiting

MOST = 50
MOST_BYTES = 4 * 1024 * 1024
"""In memory at a time. A mail that is larger goes alone."""


def batches(waiting: Iterable[Waiting], careful_to: int, largest: int) -> Iterator[list[Waiting]]:
    """In their order. Up to the UID `careful_to`, and above `largest` bytes, each goes alone."""
    batch: list[Waiting] = []
    for mail in waiting:
        alone = mail.uid <= careful_to or mail.size > largest
        if batch and (alone or len(batch) >= MOST or sum(m.size for m in batch) + mail.size > MOST_BYTES):
            yield batch
            batch = []
        batch.append(mail)
        if alone:
            yield batch
            batch = []
    if batch:
        yield batch
