"""Whoever signs, and whoever is told how far work has come."""

from __future__ import annotations

from typing import Callable, Protocol

__all__ = ["Progress", "Signer"]


class Signer(Protocol):
    """Whoever holds an Ed25519 key (RFC 8032) elsewhere: a card, a device, a person who is asked first. A `Key` is one too.

    What it signs is verified before it is used. It raises `SignerCancelled` to say no; anything else that it raises is a
    failure, and becomes the `__cause__` of a `SignerError`.
    """

    def public_key(self) -> bytes:
        """The public key: 32 bytes."""
        ...

    def sign(self, message: bytes, /) -> bytes:
        """The key's signature of these bytes: 64 bytes."""
        ...


Progress = Callable[[int, int], object]
"""Told from time to time how much is done, and of how much. `False` stops the work (API-009); so does raising."""
