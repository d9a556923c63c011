"""Sets the program up on this machine, then starts what `./run` or `./test` asks for.

Standard library only, since it runs before anything is installed. What a person reads is in French.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
VISIT = ROOT / "visite"
WINDOWS = os.name == "nt"
OLDEST_PYTHON = (3, 11)

# Modes that draw without showing anything to anyone, and words that only print.
MODES_WITHOUT_SCREEN = {"--self-test", "--pictures", "--visit", "--help", "-h", "--version"}
MODES_WITHOUT_SCREEN |= {"export", "import", "inspect", "verify"}
PLATFORMS_WITHOUT_SCREEN = {"offscreen", "minimal"}


class SetupError(Exception):
    """The set-up cannot go on; the message tells a person, in French, what to do."""


@dataclass(frozen=True)
class Probe:
    """Python code that fails where Debian packages are missing; tried in the environment until it succeeds once."""

    name: str
    code: str
    packages: tuple[str, ...]


@dataclass(frozen=True)
class Purpose:
    """What a command needs: the lock to install, the locks it contains, the Debian package of each program, probes.

    `npm` is the folder of a package-lock.json: what it names is installed beside the environment, which brings Node.
    """

    lock: str
    contains: tuple[str, ...]
    programs: Mapping[str, str]
    probes: tuple[Probe, ...]
    npm: str = ""


# Qt loads its X11 plugin only when a window opens, and then names the wrong library: load it here.
QT = Probe(
    "qt",
    """
import ctypes, pathlib, PySide6
import PySide6.QtWidgets, PySide6.QtPdfWidgets, PySide6.QtPrintSupport
for plugin in pathlib.Path(PySide6.__file__).parent.glob("Qt/plugins/platforms/libqxcb.so"):
    ctypes.CDLL(str(plugin))
""",
    # On Debian 12 and 13: to import, for X11, to print.
    (
        *("libglib2.0-0", "libgl1", "libegl1", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"),
        *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1"),
        *("libxkbcommon-x11-0", "libcups2"),
    ),
)
# Debian's python3 does not bring the shared library that PyInstaller packs.
LIBPYTHON = Probe(
    "libpython",
    "from PyInstaller.depend import bindepend; raise SystemExit(not bindepend.get_python_library_path())",
    (f"libpython{sys.version_info.major}.{sys.version_info.minor}",),
)
PURPOSES = {
    "run": Purpose("requirements.lock", (), {}, (QT,)),
    "test": Purpose(
        "requirements-dev.lock",
        ("requirements.lock",),
        {
            "Xvfb": "xvfb",
            "xauth": "xauth",
            "pdftotext": "poppler-utils",
            # A print server and a bus of the tests' own; what the program asks of the system, listened to.
            "cupsd": "cups-daemon",
            "lp": "cups-client",
            "dbus-daemon": "dbus-daemon",
            "gnome-keyring-daemon": "gnome-keyring",
            "strace": "strace",
            # Reads our packages, and writes some that we read.
            "age": "age",
        },
        (QT,),
        npm="tests/rigs/pdfjs",
    ),
    "package": Purpose("requirements-dev.lock", ("requirements.lock",), {"objdump": "binutils"}, (QT, LIBPYTHON)),
}

#: Where Debian keeps the authorities that the workstation trusts.
SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
# One process a processor; a file's tests stay together, since they share what is long to make. In their order: the
# long scenarios come in the middle, the many short files of the window fill both processors to the end.
EVERY_TEST = ("-n", "logical", "--dist", "loadfile", "--no-loadscope-reorder")


def check_python(version: tuple[int, int]) -> None:
    """Refuse a Python older than the program's."""
    if version < OLDEST_PYTHON:
        found, wanted = (".".join(map(str, numbers)) for numbers in (version, OLDEST_PYTHON))
        raise SetupError(f"Il faut Python {wanted} ou plus récent ; celui-ci est le {found}.")


def fingerprint(lock: Path) -> str:
    """Return the SHA-256, in hexadecimal, of a lock and of the Python that installs it."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def program_in(environment: Path, name: str) -> Path:
    """Return where an environment keeps a program."""
    return environment / "Scripts" / f"{name}.exe" if WINDOWS else environment / "bin" / name


def is_usable(environment: Path) -> bool:
    """Tell whether an environment has pip and the Python now running (a system upgrade replaces it)."""
    python = program_in(environment, "python")
    code = "import pip, sys; sys.exit(sys.argv[1] != str(sys.version_info[:2]))"
    return python.exists() and run_quietly([python, "-c", code, str(sys.version_info[:2])]).returncode == 0


def prepare_environment(purpose: Purpose, root: Path = ROOT, environment: Path = ENVIRONMENT) -> None:
    """Install the lock of a purpose, unless the stamp says that this very lock is installed."""
    stamp = environment / "spip-installed"
    wanted = fingerprint(root / purpose.lock)
    if stamp.exists() and wanted in stamp.read_text(encoding="utf-8").split():
        return
    say("Mise en place des bibliothèques : une à trois minutes la première fois…")
    if not is_usable(environment):
        venv.create(environment, clear=environment.exists(), symlinks=not WINDOWS, with_pip=True)
    stamp.unlink(missing_ok=True)
    pip: list[str | Path] = [program_in(environment, "python"), "-m", "pip", "install", "--quiet", "--no-input"]
    pip += ["--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    outcome = run_quietly([*pip, "-r", root / purpose.lock])
    if outcome.returncode:
        raise SetupError(explain_pip(outcome.stdout))
    installed = [wanted, *(fingerprint(root / lock) for lock in purpose.contains)]
    stamp.write_text("\n".join(installed) + "\n", encoding="utf-8")


def prepare_npm(purpose: Purpose, root: Path = ROOT, environment: Path = ENVIRONMENT) -> None:
    """Install what the npm lock of a purpose names, from its hashes, unless the stamp says that it is there."""
    if not purpose.npm:
        return
    source, place = root / purpose.npm, environment / Path(purpose.npm).name
    lock = (source / "package-lock.json").read_bytes()
    stamp, wanted = place / "spip-installed", hashlib.sha256(lock).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    place.mkdir(exist_ok=True)
    stamp.unlink(missing_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, place / name)
    npm = program_in(environment, "npm")
    environ = trusting({**os.environ, "PATH": os.pathsep.join([str(npm.parent), os.environ.get("PATH", os.defpath)])})
    command: list[str | Path] = [npm, "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"]
    outcome = run_quietly([*command, "--prefix", place], environ)
    if outcome.returncode:
        sentence = (
            "Le lecteur de PDF dont les tests se servent n’a pas pu être téléchargé. Vérifiez l’accès de ce poste "
            "au réseau, ou au dépôt interne indiqué à npm, puis relancez la même commande."
        )
        raise SetupError("\n".join([sentence, "Détail technique :", *tail(outcome.stdout)]))
    stamp.write_text(wanted, encoding="utf-8")


def trusting(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment with the authorities that pip and the system trust: Node has its own list, and knows no other."""
    told = (environ.get("SSL_CERT_FILE", ""), environ.get("PIP_CERT", ""), SYSTEM_AUTHORITIES)
    found = next((path for path in told if path and Path(path).is_file()), "")
    return {**({"NODE_EXTRA_CA_CERTS": found} if found else {}), **environ}


def explain_pip(output: str) -> str:
    """Return what to tell a person about a failed pip, with its last lines for the technician."""
    if "DO NOT MATCH THE HASHES" in output:
        sentence = (
            "Un fichier reçu n’a pas l’empreinte attendue : rien n’a été installé. "
            "Relancez la même commande ; si cela se répète, prévenez votre correspondant informatique."
        )
    else:
        sentence = (
            "Les bibliothèques du programme n’ont pas pu être téléchargées. Vérifiez l’accès de ce poste "
            "au réseau, ou au dépôt interne indiqué à pip par PIP_INDEX_URL, puis relancez la même commande."
        )
    return "\n".join([sentence, "Détail technique :", *tail(output)])


def prepare_system(purpose: Purpose, environment: Path = ENVIRONMENT) -> None:
    """Install the Debian packages a purpose lacks, as root; as anyone else, refuse with the line to type."""
    if WINDOWS:
        return
    packages = [package for program, package in purpose.programs.items() if not find_program(program)]
    for probe in purpose.probes:
        if try_probe(probe, environment):
            packages += probe.packages
    if packages:
        install_packages(packages, allowed=os.geteuid() == 0 and shutil.which("apt-get") is not None)
    for probe in purpose.probes:
        problem = try_probe(probe, environment)
        if problem:
            sentence = "Il manque encore au système de ce poste un composant que le programme charge :"
            raise SetupError("\n".join([sentence, *tail(problem)]))


def find_program(name: str) -> str | None:
    """Return where a program is, among those of administrators too, which are not in everyone's path."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"]))


def try_probe(probe: Probe, environment: Path) -> str:
    """Run a probe unless it already succeeded here; return what went wrong, nothing when all is there."""
    stamp = environment / f"spip-found-{probe.name}"
    if stamp.exists():
        return ""
    outcome = run_quietly([program_in(environment, "python"), "-c", probe.code])
    if outcome.returncode:
        return outcome.stdout or probe.name
    stamp.touch()
    return ""


def install_packages(packages: Sequence[str], allowed: bool) -> None:
    """Install Debian packages when this account is allowed to, else refuse with the line to type."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not allowed:
        line = " ".join(["sudo", *command])
        raise SetupError(f"Il manque des composants du système. Sous Debian, tapez :\n  {line}")
    say("Installation de composants du système par Debian…")
    for step in (["apt-get", "update", "-q"], command):
        outcome = run_quietly(step, {**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        if outcome.returncode:
            sentence = "Debian n’a pas pu installer ce qui manque. Tapez, pour en voir la cause :"
            raise SetupError("\n".join([sentence, f"  {' '.join(command)}", *tail(outcome.stdout)]))


def run_quietly(
    command: Sequence[str | Path], environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command without a keyboard and keep what it says, errors included, for when it fails."""
    return subprocess.run(
        command,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def tail(output: str) -> list[str]:
    """Return the last two lines of an output, indented."""
    return [f"  {line}" for line in output.strip().splitlines()[-2:]]


def has_screen(environ: Mapping[str, str]) -> bool:
    """Tell whether a window would be seen by someone."""
    if not sys.platform.startswith("linux"):
        return True
    platform = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform:
        return platform not in PLATFORMS_WITHOUT_SCREEN
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def choose_start(arguments: Sequence[str], environ: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """Return the program's arguments and variables; without a screen, it plays the working day instead."""
    chosen = {**environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}
    if has_screen(environ):
        return list(arguments), chosen
    chosen["QT_QPA_PLATFORM"] = "offscreen"
    if any(argument.partition("=")[0] in MODES_WITHOUT_SCREEN for argument in arguments):
        return list(arguments), chosen
    say(
        "Ce poste n’a pas d’écran : le programme joue une journée de travail sans rien afficher. "
        f"Ses images et ses documents imprimés seront dans {VISIT}."
    )
    return ["--visit", str(VISIT)], chosen


def start_program(arguments: Sequence[str]) -> int:
    """Become the program, so that its signals and its exit code are its own (a child on Windows)."""
    chosen, environ = choose_start(arguments, os.environ)
    command = [str(program_in(ENVIRONMENT, "python")), "-m", "spip_desktop", *chosen]
    if not WINDOWS:
        os.execve(command[0], command, environ)
    return subprocess.call(command, env=environ)


def check_and_test(arguments: Sequence[str]) -> int:
    """Run every check, then pytest, whose summary comes last; with arguments, pytest alone."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    environ.setdefault("LANG", "C.UTF-8")
    environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    checks = [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], ["lint-imports"]]
    failed = [check for check in checks if not arguments and call_tool(check, environ)]
    for check in failed:
        say(f"Échec : {' '.join(check)}")
    code = call_tool(["pytest", *(arguments or EVERY_TEST)], environ)
    return code or int(bool(failed))


def call_tool(command: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run a tool of the environment at the project's root and return its exit code."""
    say(f"— {' '.join(command)}")
    return subprocess.call([program_in(ENVIRONMENT, command[0]), *command[1:]], cwd=ROOT, env=environ)


def say(sentence: str) -> None:
    """Print a sentence at once, before what a child process prints."""
    print(sentence, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Set up for `run`, `test` or `package`, then start the program or the tests; return the exit code."""
    command, *rest = arguments
    try:
        check_python(sys.version_info[:2])
        prepare_environment(PURPOSES[command])
        prepare_npm(PURPOSES[command])
        prepare_system(PURPOSES[command])
    except SetupError as problem:
        print(problem, file=sys.stderr)
        return 1
    if command == "run":
        return start_program(rest)
    return check_and_test(rest) if command == "test" else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
