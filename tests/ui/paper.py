"""What tests print on: a printer that keeps what it was given."""

from collections.abc import Iterator

import pytest

from spip_desktop.services.printing import Printer
from spip_desktop.ui import printing


class Paper:
    """`sent` is what came out, `why` what the printer answers (nothing when all goes well), `names` those offered."""

    threaded = False
    spools = False

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.why = ""
        self.names = ["Bureau_2"]

    def offered(self) -> list[Printer]:
        return [Printer(name, number == 0) for number, name in enumerate(self.names)]

    def send(self, content: bytes, printer: str) -> str:
        self.sent.append(content)
        return self.why


@pytest.fixture
def paper() -> Iterator[Paper]:
    """The printer of the window, for as long as a test."""
    made = Paper()
    printing.use(made)
    yield made
    printing.use(None)
