"""Figures of the public directory: a file of 300,000 services and its structures, one department kept, then all.

The baseline is ijson's C reader going through the same files once, in the same run, doing nothing with the rows.
Each import runs in a process of its own, so that its memory is its own: `python -m benchmarks.partners FOLDER 31`.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clockwork import Figure
from benchmarks.identity import KEY, STORE_ID

SERVICES, STRUCTURES, BYTES = 300_000, 100_000, 500_000_000
SECONDS, MEBIBYTES, LOCK = 60, 300, 50
_DEPARTMENTS = [f"{n:02}" for n in range(1, 96) if n != 20]
_WORDS = "Un conseiller reçoit sur rendez-vous, écoute, oriente et accompagne dans les démarches. "


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="spip-desktop-") as name:
        folder = Path(name)
        size = _generate(folder)
        assert size >= BYTES
        bare = _bare(folder)
        said = f"{size / 1e6:.0f} MB, {SERVICES:,} services"
        yield Figure(f"bare ijson reading of {said}", f"{bare:.1f} s", "baseline", True)
        one = _measured(folder, "31")
        total = one["look"] + one["write"]
        yield Figure("  looked at and imported, one department kept", f"{total:.1f} s, {total / bare:.1f} ×",
                     f"<= {SECONDS} s", total <= SECONDS)  # fmt: skip
        yield Figure("  of which looking, writing", f"{one['look']:.1f} s, {one['write']:.1f} s", "-", True)
        yield Figure("  memory of the process at its highest", f"{one['memory']:.0f} MiB", f"<= {MEBIBYTES} MiB",
                     one["memory"] <= MEBIBYTES)  # fmt: skip
        yield Figure("  longest lock", f"{one['lock']:.0f} ms", f"<= {LOCK} ms", one["lock"] <= LOCK)
        every = _measured(folder, "")
        total = every["look"] + every["write"]
        yield Figure("  all departments kept", f"{total:.1f} s, {total / bare:.1f} ×, {every['memory']:.0f} MiB",
                     "said", True)  # fmt: skip
        yield Figure("  longest lock", f"{every['lock']:.0f} ms", f"<= {LOCK} ms", every["lock"] <= LOCK)
        yield Figure("  a search in them, two words", f"{every['search']:.0f} ms", "said", True)


def _generate(folder: Path) -> int:
    """Both files, as data·inclusion writes them; returns the bytes of the services."""
    with (folder / "structures.json").open("w", encoding="utf-8") as file:
        file.write("[")
        for n in range(STRUCTURES):
            file.write((",\n" if n else "") + json.dumps(_structure(n), ensure_ascii=False))
        file.write("]")
    with (folder / "services.json").open("w", encoding="utf-8") as file:
        file.write("[")
        for n in range(SERVICES):
            file.write((",\n" if n else "") + json.dumps(_service(n), ensure_ascii=False))
        file.write("]")
    return (folder / "services.json").stat().st_size


def _place(n: int) -> dict[str, object]:
    department = _DEPARTMENTS[n % len(_DEPARTMENTS)]
    return {
        "commune": f"Commune {n % 977}",
        "code_postal": f"{department}{n % 977:03}",
        "code_insee": f"{department}{n % 977:03}",
        "adresse": f"{n % 90 + 1}, rue des Tilleuls",
        "complement_adresse": None,
        "longitude": 1.4 + n / 1e6,
        "latitude": 43.6,
        "telephone": f"05{n % 10**8:08}",
        "courriel": f"accueil{n}@structure.example",
        "horaires_accueil": "Mo-Fr 09:00-12:00,14:00-17:00",
        "lien_source": f"https://structure.example/{n}",
        "date_maj": "2026-11-09",
    }


def _structure(n: int) -> dict[str, object]:
    return {
        "source": "dora", "id": f"dora--s{n}", "nom": f"Structure {n}", "description": _WORDS * 3,
        "siret": f"{n:014}", "site_web": None, "accessibilite_lieu": None, "reseaux_porteurs": ["ccas-cias"],
    } | _place(n)  # fmt: skip


def _service(n: int) -> dict[str, object]:
    return {
        "source": "dora", "id": f"dora--{n}", "structure_id": f"dora--s{n % STRUCTURES}",
        "nom": f"Accompagnement {n % 5000} vers l’emploi", "description": _WORDS * 8, "type": "accompagnement",
        "thematiques": ["trouver-un-emploi--maintien-dans-lemploi", "mobilite--acheter-un-vehicule-motorise"],
        "frais": "gratuit", "frais_precisions": None, "publics": ["jeunes", "demandeurs-emploi"],
        "publics_precisions": None, "conditions_acces": "Résider dans le département.", "contact_nom_prenom": None,
        "modes_accueil": ["en-presentiel"], "zone_eligibilite": [_DEPARTMENTS[n % len(_DEPARTMENTS)]],
        "lien_mobilisation": None, "modes_mobilisation": ["telephoner"], "mobilisable_par": ["professionnels"],
        "mobilisation_precisions": None, "volume_horaire_hebdomadaire": 1.0, "nombre_semaines": 4,
    } | _place(n % STRUCTURES)  # fmt: skip


def _bare(folder: Path) -> float:
    """Seconds in which ijson alone goes through both files."""
    from ijson.backends import yajl2_c

    start = time.perf_counter()
    for name in ("services.json", "structures.json"):
        with (folder / name).open("rb") as file:
            for _ in yajl2_c.items(file, "item", use_float=True):
                pass
    return time.perf_counter() - start


def _measured(folder: Path, departments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.partners", str(folder), departments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _import(folder: Path, departments: tuple[str, ...]) -> dict[str, float]:
    """Look at the files and import them into a new store in the folder, which is removed."""
    from spip_desktop.db import officer as officers
    from spip_desktop.db.store import create_store
    from spip_desktop.domain.clock import Clock
    from spip_desktop.domain.ids import Ids
    from spip_desktop.domain.officer import Actor, Officer, Role
    from spip_desktop.services.context import Context
    from spip_desktop.services.partner_public import PublicDirectory

    clock = Clock()
    ids = Ids(clock)
    with tempfile.TemporaryDirectory(dir=folder) as own:
        store = create_store(Path(own) / "store.db", KEY, STORE_ID, clock, ids)
        officer = Officer(
            id=ids.new(), identifier="mesure-01", family_name="Vasseur", first_name="Claire", function="cpip",
            roles=(Role.CPIP, Role.ADMIN_TECHNIQUE),
        )  # fmt: skip
        actor = Actor(officer, store_has_dpip=False)
        with store.transaction(actor, "first_start") as tx:
            officers.OFFICERS.save(tx, officer)
        locks: list[float] = []
        _time_locks(store, locks)
        public = PublicDirectory(Context(store, actor), lambda: None)
        start = time.perf_counter()
        preview = public.imports.look(
            [folder / "services.json", folder / "structures.json"], departments, lambda done, total: None
        )
        looked = time.perf_counter()
        public.imports.carry_out(preview, lambda done, total: None)
        written = time.perf_counter()
        assert public.search("accompagnement 12")
        found = time.perf_counter()
        store.close()
    return {
        "look": looked - start, "write": written - looked, "search": (found - written) * 1000,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "lock": max(locks) * 1000,
    }  # fmt: skip


def _time_locks(store: object, locks: list[float]) -> None:
    """Note how long each transaction held the lock, from its BEGIN to the end of its commit."""
    begun = store._begun  # type: ignore[attr-defined]  # measured where the lock is taken

    from contextlib import contextmanager

    @contextmanager
    def timed(actor: object, act: str, at_the_end: str) -> Iterator[object]:
        start = time.perf_counter()
        with begun(actor, act, at_the_end) as tx:
            yield tx
        locks.append(time.perf_counter() - start)

    store._begun = timed  # type: ignore[attr-defined]


if __name__ == "__main__":
    print(json.dumps(_import(Path(sys.argv[1]), tuple(sys.argv[2].split()))))
