"""The two commands, the locks and the set-up script, without network."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tools import bootstrap
from tools.check_windows_wheels import entries, for_windows

ROOT = bootstrap.ROOT
LOCKS = ("requirements.lock", "requirements-dev.lock")
NOT_OURS = {
    *(".git", ".venv", "build", "dist", "visite", "__pycache__"),
    *(".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"),
}
REGISTRY = re.compile(
    rb"pypi\.(org|python)|files\.pythonhosted|registry\.(npmjs|yarnpkg)|--(extra-)?index-url[ =]|\[\[tool\.uv\.index"
)
NO_SCREEN = {"LANG": "C.UTF-8"}


def pins(lock: str) -> dict[str, str]:
    """Return each entry of a lock by its pinned name."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {entry.split()[0]: entry for entry in entries(text)}


def our_files() -> list[Path]:
    """Return the project's files, as a clone would hold them."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        found += [Path(folder, name) for name in names]
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_exact_versions_and_hashes_and_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")
    assert len(pins(lock)) > 20
    for pin, entry in pins(lock).items():
        assert re.fullmatch(r"[a-z0-9.-]+==[\w.]+", pin)
        assert re.search(r" --hash=sha256:[0-9a-f]{64}\b", entry), pin


def test_the_tests_lock_contains_the_program_s_as_the_stamp_supposes() -> None:
    program, tests = pins(LOCKS[0]), pins(LOCKS[1])
    assert {pin: tests.get(pin) for pin in program} == program


def test_every_library_asked_for_is_locked() -> None:
    for page, lock in (("requirements.in", LOCKS[0]), ("requirements-dev.in", LOCKS[1])):
        locked = {pin.split("==")[0] for pin in pins(lock)}
        lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
        asked = {line.split("==")[0].strip().lower() for line in lines if line and line[0] not in "#-"}
        assert asked <= locked, f"tools/lock was not run after {page} changed"


def test_windows_keeps_what_its_markers_ask_for() -> None:
    lock = (
        "jeepney==0.9.0 ; sys_platform == 'linux' \\\n    --hash=sha256:aa\n    # via keyring\n"
        "pywin32-ctypes==0.2.3 ; sys_platform == 'win32' \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
        "zipp==4.1.2 ; python_full_version < '3.12' \\\n    --hash=sha256:dd\n"
    )
    win32 = "pywin32-ctypes==0.2.3 --hash=sha256:bb --hash=sha256:cc"
    assert for_windows(lock, "3.13") == [win32]
    assert for_windows(lock, "3.11") == [win32, "zipp==4.1.2 --hash=sha256:dd"]


def test_no_file_names_a_registry() -> None:
    named = [path for path in our_files() if path != Path(__file__) and REGISTRY.search(path.read_bytes())]
    assert named == []


@pytest.mark.parametrize("name", ["run", "test", ".ci/run", "tools/lock", "tools/package"])
def test_a_command_can_be_executed_and_its_shell_reads_it(name: str) -> None:
    command = ROOT / name
    assert os.access(command, os.X_OK)
    shell = "bash" if "bash" in command.read_text(encoding="utf-8").splitlines()[0] else "sh"
    for script in (command, ROOT / "tools" / "python.sh"):
        subprocess.run([shell, "-n", script], check=True)


@pytest.mark.parametrize("name", ["run", "test"])
def test_the_windows_twin_calls_the_same_set_up(name: str) -> None:
    twin = (ROOT / f"{name}.cmd").read_bytes().decode("ascii")
    assert f'py -3 "%~dp0tools\\bootstrap.py" {name} %*\r\n' in twin
    assert "Not verified" in twin


def test_the_stamp_changes_with_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1\n", encoding="utf-8")
    before = bootstrap.fingerprint(lock)
    assert before == bootstrap.fingerprint(lock)
    lock.write_text("a==2\n", encoding="utf-8")
    assert before != bootstrap.fingerprint(lock)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a real environment, made once since pip takes seconds to come."""
    root = tmp_path_factory.mktemp("empty")
    (root / "requirements.lock").touch()
    made = root / "environment"
    bootstrap.prepare_environment(bootstrap.PURPOSES["run"], root, made)
    assert bootstrap.is_usable(made)
    return made


def test_an_installed_lock_is_installed_once(
    tmp_path: Path, environment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for lock in LOCKS:
        (tmp_path / lock).write_text(f"# {lock}: nothing to fetch\n", encoding="utf-8")
    bootstrap.prepare_environment(bootstrap.PURPOSES["test"], tmp_path, environment)
    assert "Mise en place" in capsys.readouterr().out

    bootstrap.prepare_environment(bootstrap.PURPOSES["test"], tmp_path, environment)
    bootstrap.prepare_environment(bootstrap.PURPOSES["run"], tmp_path, environment)
    assert capsys.readouterr().out == ""

    (tmp_path / LOCKS[0]).write_text("# changed\n", encoding="utf-8")
    bootstrap.prepare_environment(bootstrap.PURPOSES["run"], tmp_path, environment)
    bootstrap.prepare_environment(bootstrap.PURPOSES["test"], tmp_path, environment)
    assert capsys.readouterr().out.count("Mise en place") == 2


@pytest.fixture
def node_place(tmp_path: Path) -> tuple[Path, Path]:
    """A project whose npm lock names nothing, and an environment with a npm that notes its calls."""
    root, environment = tmp_path / "project", tmp_path / "environment"
    source, programs = root / bootstrap.PURPOSES["test"].npm, bootstrap.program_in(environment, "npm").parent
    source.mkdir(parents=True)
    programs.mkdir(parents=True)
    (source / "package.json").write_text("{}", encoding="utf-8")
    (source / "package-lock.json").write_text('{"packages": {}}', encoding="utf-8")
    _npm(environment, f'echo "$@" >> {tmp_path}/calls')
    return root, environment


def _npm(environment: Path, line: str) -> None:
    npm = bootstrap.program_in(environment, "npm")
    npm.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    npm.chmod(0o755)


def test_what_npm_locks_is_installed_once_and_again_when_the_lock_changes(
    node_place: tuple[Path, Path], tmp_path: Path
) -> None:
    root, environment = node_place
    purpose, calls = bootstrap.PURPOSES["test"], tmp_path / "calls"
    for _ in range(2):
        bootstrap.prepare_npm(purpose, root, environment)
    assert calls.read_text().count("ci --omit=optional --ignore-scripts") == 1
    (root / purpose.npm / "package-lock.json").write_text('{"packages": {"a": {}}}', encoding="utf-8")
    bootstrap.prepare_npm(purpose, root, environment)
    assert calls.read_text().count("ci --omit") == 2
    bootstrap.prepare_npm(bootstrap.PURPOSES["run"], root, environment)
    assert calls.read_text().count("ci --omit") == 2, "the program itself needs no Node"


def test_a_npm_that_fails_is_said_in_french_and_tried_again(node_place: tuple[Path, Path]) -> None:
    root, environment = node_place
    _npm(environment, "echo 'no network' >&2; exit 1")
    for _ in range(2):
        with pytest.raises(bootstrap.SetupError, match=r"n’a pas pu être téléchargé.*\n.*technique"):
            bootstrap.prepare_npm(bootstrap.PURPOSES["test"], root, environment)


def test_the_npm_lock_names_versions_and_hashes_and_no_address() -> None:
    lock = (ROOT / bootstrap.PURPOSES["test"].npm / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    packages = {name: one for name, one in json.loads(lock)["packages"].items() if name}
    assert len(packages) > 1
    for name, one in packages.items():
        assert one["integrity"].startswith("sha512-"), name


def test_an_environment_without_python_is_not_usable(tmp_path: Path) -> None:
    assert not bootstrap.is_usable(tmp_path)


def test_a_library_that_cannot_be_fetched_is_said_in_french(
    tmp_path: Path, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("PIP_NO_INDEX", "PIP_NO_CACHE_DIR"):
        monkeypatch.setenv(variable, "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    (tmp_path / "requirements.lock").write_text(f"absent==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    with pytest.raises(bootstrap.SetupError, match=r"n’ont pas pu être téléchargées.*\n.*technique"):
        bootstrap.prepare_environment(bootstrap.PURPOSES["run"], tmp_path, environment)
    assert not (environment / "spip-installed").exists()


def test_a_file_with_another_hash_is_said_to_be_refused() -> None:
    said = bootstrap.explain_pip("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n  got 1234")
    assert said.startswith("Un fichier reçu n’a pas l’empreinte attendue\u00a0: rien n’a été installé.")
    assert said.endswith("  got 1234")


def test_an_older_python_is_refused() -> None:
    bootstrap.check_python((3, 11))
    with pytest.raises(bootstrap.SetupError, match=r"Il faut Python 3\.11 .* le 3\.9"):
        bootstrap.check_python((3, 9))


def test_qt_loads_here_and_its_absence_is_seen(environment: Path) -> None:
    bootstrap.prepare_system(bootstrap.PURPOSES["run"])
    assert "PySide6" in bootstrap.try_probe(bootstrap.QT, environment)
    assert not (environment / "spip-found-qt").exists()


def test_a_probe_that_succeeded_is_not_run_again(environment: Path) -> None:
    assert bootstrap.try_probe(bootstrap.Probe("here", "pass", ()), environment) == ""
    assert bootstrap.try_probe(bootstrap.Probe("here", "raise SystemExit(1)", ()), environment) == ""
    assert bootstrap.try_probe(bootstrap.Probe("absent", "raise SystemExit(1)", ()), environment) == "absent"


def test_who_may_not_install_gets_the_line_to_type() -> None:
    with pytest.raises(bootstrap.SetupError) as refused:
        bootstrap.install_packages(["xvfb", "xauth"], allowed=False)
    line = str(refused.value).splitlines()[-1]
    assert line == "  sudo apt-get install -y --no-install-recommends xvfb xauth"


def test_without_a_screen_the_working_day_is_played(capsys: pytest.CaptureFixture[str]) -> None:
    arguments, environ = bootstrap.choose_start([], NO_SCREEN)
    assert arguments == ["--visit", str(ROOT / "visite")]
    assert environ["QT_QPA_PLATFORM"] == "offscreen"
    assert "n’a pas d’écran" in capsys.readouterr().out
    assert bootstrap.choose_start(["--demo"], {**NO_SCREEN, "QT_QPA_PLATFORM": "offscreen"})[0] == arguments


@pytest.mark.parametrize("mode", ["--self-test", "--pictures", "--pictures=vues", "--visit", "--help"])
def test_without_a_screen_a_mode_that_needs_none_runs_as_asked(mode: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, environ = bootstrap.choose_start([mode], NO_SCREEN)
    assert arguments == [mode]
    assert environ["QT_QPA_PLATFORM"] == "offscreen"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("screen", [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_with_a_screen_the_program_starts_as_asked(screen: dict[str, str]) -> None:
    arguments, environ = bootstrap.choose_start(["--demo"], {**NO_SCREEN, **screen})
    assert arguments == ["--demo"]
    assert "QT_QPA_PLATFORM" not in environ


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert all(f"\n{article}." in text for article in range(1, 16))
    assert text.endswith("require the production of a new EUPL version.\n")


def test_npm_trusts_what_pip_and_the_workstation_trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem, other = tmp_path / "ours.pem", tmp_path / "theirs.pem"
    pem.touch()
    other.touch()
    monkeypatch.setattr(bootstrap, "SYSTEM_AUTHORITIES", str(tmp_path / "none"))
    assert "NODE_EXTRA_CA_CERTS" not in bootstrap.trusting({})
    assert bootstrap.trusting({"PIP_CERT": str(pem)})["NODE_EXTRA_CA_CERTS"] == str(pem)
    told = {"SSL_CERT_FILE": str(pem), "NODE_EXTRA_CA_CERTS": str(other)}
    assert bootstrap.trusting(told)["NODE_EXTRA_CA_CERTS"] == str(other), "what was set for Node is left alone"
    monkeypatch.setattr(bootstrap, "SYSTEM_AUTHORITIES", str(pem))
    assert bootstrap.trusting({"SSL_CERT_FILE": str(tmp_path / "gone")})["NODE_EXTRA_CA_CERTS"] == str(pem)
