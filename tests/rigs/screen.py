"""A screen of the tests' own (Xvfb): what only a real display system does, such as clipboards between programs."""

import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Run an X server until the block ends; yields what makes Qt draw on it."""
    read, write = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        said = b""
        while not said.endswith(b"\n"):
            assert select.select([read], [], [], 20)[0], "Xvfb does not start"
            said += os.read(read, 16)
        yield {"DISPLAY": f":{said.decode().strip()}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        os.close(read)
        process.terminate()
        process.wait(20)
