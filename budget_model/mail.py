"""Mail by the partnership's own server, where one is set; without one, nothing is ever sent."""

import os
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from enum import StrEnum
from typing import Final, Self

from budget_model.problem import Refusal

PATIENCE: Final = 20
"""Seconds after which a server that does not answer is given up."""


class Security(StrEnum):
    """How the way to the server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


PORTS: Final = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that mail goes through, as the settings say."""

    host: str
    port: int
    sender: str
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def set(cls) -> Self | None:
        """What the settings say; None where no server is set. Raises `Refusal` for settings that do not fit."""
        host = os.environ.get("BUDGET_MODEL_SMTP_HOST")
        if not host:
            return None
        sender = os.environ.get("BUDGET_MODEL_SMTP_FROM") or ""
        if "@" not in sender:
            raise Refusal(
                "BUDGET_MODEL_SMTP_FROM is the address that letters come from: set it beside the host."
            )
        try:
            security = Security(os.environ.get("BUDGET_MODEL_SMTP_SECURITY") or Security.STARTTLS)
            port = int(os.environ.get("BUDGET_MODEL_SMTP_PORT") or PORTS[security])
        except ValueError:
            raise Refusal(
                "BUDGET_MODEL_SMTP_SECURITY is starttls, tls or none, and BUDGET_MODEL_SMTP_PORT a number."
            ) from None
        user, password = (os.environ.get(f"BUDGET_MODEL_SMTP_{name}") or "" for name in ("USER", "PASSWORD"))
        if user and security is Security.NONE:
            raise Refusal(
                "A password would go unprotected: BUDGET_MODEL_SMTP_SECURITY is none. Use starttls or tls."
            )
        return cls(host, port, sender, security, user, password)

    def send(self, message: EmailMessage) -> frozenset[str]:
        """Send a message; the addresses of it that the server did not take, where it took others.

        Raises `Refusal` with the reason where it took none.
        """
        try:
            with self._connected() as server:
                return frozenset(server.send_message(self._ready(message)))
        except (OSError, smtplib.SMTPException) as reason:
            raise Refusal(f"The mail server {self.host} did not take it ({_in_words(reason)}).") from reason

    def _connected(self) -> smtplib.SMTP:
        trusted = ssl.create_default_context()
        if self.security is Security.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=trusted)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        if self.security is Security.STARTTLS:
            server.starttls(context=trusted)
        if self.user:
            server.login(self.user, self.password)
        return server

    def _ready(self, message: EmailMessage) -> EmailMessage:
        del message["X-Unsent"], message["From"]
        message["From"] = self.sender
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=parseaddr(self.sender)[1].partition("@")[2])
        return message


def dashboard_address() -> str:
    """Where people reach the dashboard, as `BUDGET_MODEL_ADDRESS` says: what letters lead to."""
    return (os.environ.get("BUDGET_MODEL_ADDRESS") or "http://localhost:8501").rstrip("/")


def digest_hours() -> float | None:
    """After how many hours the running dashboard sends directors a digest; None where none is set."""
    said = os.environ.get("BUDGET_MODEL_DIGEST_HOURS")
    if not said:
        return None
    try:
        hours = float(said)
    except ValueError:
        hours = 0
    if hours < 1:
        raise Refusal(f"BUDGET_MODEL_DIGEST_HOURS is '{said}'; it is a number of hours, one or more.")
    return hours


def _in_words(reason: Exception) -> str:
    if isinstance(reason, smtplib.SMTPRecipientsRefused):
        return f"it knows no {', '.join(reason.recipients)}"
    return " ".join(str(reason).split())[:200] or type(reason).__name__
