"""A real cupsd of the test's own, on a port and folders of its own: what it keeps can be looked into.

Its one printer, « Bureau », swallows what it is given; `papers()` are the files of jobs still in its spool.
"""

import grp
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

_MAIN = """\
Listen 127.0.0.1:{port}
Browsing Off
DefaultAuthType None
WebInterface No
ErrorPolicy abort-job
LogLevel warn
DirtyCleanInterval 0
DefaultPaperSize A4
{preserve}
<Location />
  Order allow,deny
  Allow from 127.0.0.1
  Satisfy any
</Location>
<Policy default>
  JobPrivateAccess all
  SubscriptionPrivateAccess all
  <Limit All>
    Order deny,allow
    Allow from 127.0.0.1
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {folder}/root
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {spool}
TempDir {spool}/tmp
AccessLog {folder}/log/access_log
ErrorLog {folder}/log/error_log
PageLog {folder}/log/page_log
SystemGroup root
User {user}
Group {group}
FileDevice Yes
Sandboxing relaxed
"""
PRINTER = "Bureau"
_PATIENCE = 20.0  # seconds


@dataclass(frozen=True)
class PrintServer:
    folder: Path
    spool: Path
    port: int
    pid: int

    @property
    def environment(self) -> dict[str, str]:
        """What makes `lp` and `lpstat` speak to this server."""
        return {"CUPS_SERVER": f"127.0.0.1:{self.port}"}

    def admin(self, *command: str) -> None:
        subprocess.run(command, env={**os.environ, **self.environment}, check=True, capture_output=True, timeout=20)

    def printed(self) -> int:
        """How many jobs went all the way."""
        done = subprocess.run(
            ["lpstat", "-W", "completed", "-o", PRINTER],
            env={**os.environ, **self.environment, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        return len(done.stdout.splitlines())

    def until_printed(self, count: int) -> None:
        until(lambda: self.printed() >= count, f"{count} jobs printed")

    def papers(self) -> list[Path]:
        return sorted(self.spool.glob("d*"))


def until(holds: object, what: str) -> None:
    """Ask again until it holds: another program works meanwhile."""
    assert callable(holds)
    end = monotonic() + _PATIENCE
    while not holds():
        assert monotonic() < end, f"never: {what}"


@contextmanager
def print_server(folder: Path, *, preserve: str = "", spool: Path | None = None) -> Iterator[PrintServer]:
    """Run a cupsd until the block ends; `preserve` is a line of cupsd.conf, nothing what CUPS does by itself."""
    user = pwd.getpwnam("lp") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    spool, port = spool or folder / "spool", _free_port()
    for one in (folder / "root", folder / "cache", folder / "state", folder / "log", spool, spool / "tmp"):
        one.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(one, user.pw_uid, user.pw_gid)
    for parent in folder.parents:  # cupsd works as lp, and temporary folders of tests are closed
        if os.stat(parent).st_uid == os.geteuid() and parent.is_relative_to("/tmp") and parent != Path("/tmp"):
            parent.chmod(parent.stat().st_mode | 0o111)
    main, files = folder / "cupsd.conf", folder / "cups-files.conf"
    main.write_text(_MAIN.format(port=port, preserve=preserve))
    group = grp.getgrgid(user.pw_gid).gr_name
    files.write_text(_FILES.format(folder=folder, spool=spool, user=user.pw_name, group=group))
    cupsd = shutil.which("cupsd", path=f"{os.environ['PATH']}:/usr/sbin")
    assert cupsd, "cupsd is installed by ./test"
    with open(folder / "cupsd.out", "wb") as said:
        process = subprocess.Popen([cupsd, "-f", "-c", str(main), "-s", str(files)], stdout=said, stderr=said)
    try:
        server = PrintServer(folder, spool, port, process.pid)
        until(lambda: _answers(port), "cupsd listens")
        sbin = f"{os.environ['PATH']}:/usr/sbin"
        lpadmin = shutil.which("lpadmin", path=sbin) or "lpadmin"
        server.admin(lpadmin, "-p", PRINTER, "-E", "-v", "file:///dev/null", "-m", "raw")
        yield server
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0
