"""What MedLedger raises."""

from __future__ import annotations

from typing import ClassVar, Mapping

from .values import ErrorKind

__all__ = [
    "FhirError",
    "Invalid",
    "InvalidArgument",
    "Malformed",
    "MedledgerError",
    "Refused",
    "SignerCancelled",
    "SignerError",
    "WalletError",
]


class MedledgerError(Exception):
    """Why something was not done. Nothing was done then. Which subclass it is says what it is about."""

    kind: ClassVar[ErrorKind]
    code: str
    """The id of the rule that was broken, such as `CON-014`: it never changes."""
    message: str
    """What is wrong, and often what to do."""
    fields: dict[str, str]
    """What the message names."""

    def __init__(self, code: str, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(code, message, dict(fields or {}))
        self.code = code
        self.message = message
        self.fields = dict(fields or {})

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class InvalidArgument(MedledgerError, ValueError):
    """An argument that is not of the kind that was asked for, or a handle that was closed or is in use."""

    kind = ErrorKind.ARGUMENT


class Malformed(MedledgerError):
    """Bytes that are not what they should be: not decoded."""

    kind = ErrorKind.MALFORMED


class Invalid(MedledgerError):
    """A proof, a signature or a seal that does not hold."""

    kind = ErrorKind.INVALID


class Refused(MedledgerError):
    """What the ledger's rules refuse."""

    kind = ErrorKind.REFUSED


class SignerError(MedledgerError):
    """A signer that failed, said no, or holds another key. What it raised is the `__cause__`."""

    kind = ErrorKind.SIGNER


class WalletError(MedledgerError):
    """A wallet: its sheets, its keystore."""

    kind = ErrorKind.WALLET


class FhirError(MedledgerError):
    """FHIR that can't be read, or not faithfully."""

    kind = ErrorKind.FHIR


class SignerCancelled(Exception):
    """Raised by a signer of your own when whoever was asked said no."""


_CLASSES: dict[str, type[MedledgerError]] = {
    error.kind.value: error
    for error in (InvalidArgument, Malformed, Invalid, Refused, SignerError, WalletError, FhirError)
}


def of(kind: str, code: str, message: str, fields: dict[str, str]) -> MedledgerError:
    """The error of this kind."""
    return _CLASSES[kind](code, message, fields)
