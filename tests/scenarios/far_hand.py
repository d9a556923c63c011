"""The test's end of a robot: a program in another process, acted upon and read from here."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 35.0  # seconds, more than the robot’s own


class FarHand:
    """One running program; `heard` keeps what it said by itself, with the instant of the hearing."""

    def __init__(
        self,
        folder: Path,
        home: Path,
        *options: str,
        more: Mapping[str, str] | None = None,
        watched_by: Sequence[str] = (),
    ) -> None:
        self._watched = bool(watched_by)
        self.heard: list[tuple[float, list[Any]]] = []
        self._rest = b""
        self._process = subprocess.Popen(
            [*watched_by, sys.executable, "-m", "tests.scenarios.robot", "--folder", str(folder), *options],
            cwd=ROOT,
            env=environment(home) | dict(more or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=bool(watched_by),
        )
        self.wait_for("ready")

    @property
    def pid(self) -> int:
        return self._process.pid

    def __enter__(self) -> "FarHand":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def do(self, act: str, *arguments: object) -> Any:
        """One act and its result; AssertionError with the robot's sentence when it could not."""
        self.send(act, *arguments)
        answer, *rest = self.wait_for("done", "failed")
        if answer != "done":
            self._end_all()
            raise AssertionError(f"{act} {arguments}: {rest[0]}\n{self.complaints()}")
        return rest[0]

    def send(self, act: str, *arguments: object) -> None:
        """One act without waiting for its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([act, *arguments]).encode() + b"\n")

    def wait_for(self, *wanted: str) -> list[Any]:
        """The next line that starts with one of these words; those before are kept in `heard`."""
        end = monotonic() + PATIENCE
        while True:
            for line in self.listen(end - monotonic()):
                if line[0] in wanted:
                    return line
            if monotonic() > end:
                self._end_all()
                raise AssertionError(f"nothing heard but {self.heard[-3:]}, {self.complaints()}")

    def listen(self, seconds: float) -> list[list[Any]]:
        """What is said within that time, as soon as there is something."""
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        if not select.select([pipe], [], [], max(0.0, seconds))[0]:
            return []
        heard = os.read(pipe, 65_536)
        assert heard, f"the program ended: {self.complaints()}"
        *lines, self._rest = (self._rest + heard).split(b"\n")
        said = [json.loads(line) for line in lines]
        self.heard += [(monotonic(), line) for line in said]
        return said

    def type_and_kill(self, text: str, pause: int, signs: int) -> float:
        """Kill without warning once that many signs are typed; the instant of the killing."""
        self.send("type_slowly", text, pause)
        while not any(line == ["typed", signs] for _, line in self.heard):
            assert self.listen(PATIENCE), f"nothing is typed: {self.heard[-1:]}"
        at = monotonic()
        self._process.send_signal(signal.SIGKILL)
        self._drain()
        return at

    def wait_for_end(self) -> int:
        """The code with which the program ended by itself."""
        self._drain()
        return self._process.wait(PATIENCE)

    def _end_all(self) -> None:
        """Who watches the program does not end it by ending."""
        if self._watched:
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def complaints(self) -> str:
        assert self._process.stderr is not None
        return self._process.stderr.read().decode()

    def kill(self) -> None:
        if self._process.poll() is None:
            self._end_all()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    # -- what every scenario does ----------------------------------------------------------------------------

    def unlock(self, passphrase: str) -> None:
        """Type the passphrase of the only officer, and wait for the first page."""
        self.do("see", "open")
        self.do("fill", "identifier", "valbrune-07")
        self.do("fill", "passphrase", passphrase)
        self.do("press", "Enter")
        self.do("see", "top_bar")
        self.do("widen")

    def find(self, words: str) -> None:
        """Open a dossier from the search field."""
        self.do("press", "K", True)
        self.do("type", words)
        self.do("press", "Enter")
        self.do("see", "person.synthese")

    def open_situation(self, words: str) -> None:
        self.find(words)
        self.do("click", "rail.person.situation")
        self.do("see", "person.situation")

    def close(self) -> None:
        """Close the window as its cross does, and see the program end well."""
        self.send("close")
        assert self.wait_for_end() == 0

    def _drain(self) -> None:
        """Hear the last words."""
        assert self._process.stdout is not None
        while rest := os.read(self._process.stdout.fileno(), 65_536):
            *lines, self._rest = (self._rest + rest).split(b"\n")
            self.heard += [(monotonic(), json.loads(line)) for line in lines]


def environment(home: Path) -> dict[str, str]:
    """A profile of its own, and no screen."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "QT_QPA_PLATFORM": "offscreen",
    }
