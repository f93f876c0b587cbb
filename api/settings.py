"""Settings of the server, from the environment: ``BATTERY_LEDGER_HOST`` and its like."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.errors import MalformedError

Port = Annotated[int, Field(ge=1, le=65535)]


PUBLIC_URL: Final = "BATTERY_LEDGER_PUBLIC_URL"
"""The variable with the address that labels and pages lead to."""


class Settings(BaseSettings):
    """Where to listen and how to be addressed; a flag of the command line comes before it.

    ``public_url`` is what labels and pages link to, ``database`` where the ledger is not
    in the SQLite file of its folder.
    """

    model_config = SettingsConfigDict(env_prefix="BATTERY_LEDGER_", frozen=True)

    host: str = "127.0.0.1"
    port: Port = 8000
    public_url: str | None = None
    database: str | None = None

    @classmethod
    def read(cls) -> Self:
        """Return the settings of the environment.

        Raises:
            MalformedError: naming each variable that cannot be read.
        """
        try:
            return cls()
        except ValidationError as error:
            faults = (f"BATTERY_LEDGER_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
            raise MalformedError(f"expected readable settings, got: {'; '.join(faults)}") from error

    @property
    def address(self) -> str:
        """The public address, the one that is listened on where none is set."""
        return self.public_url or f"http://{self.host}:{self.port}"
