"""How far those who receive packages have a store: a dossier goes whole until a package that carried it came back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The number of the last change that was acknowledged: of every dossier of the store, and of some a later one."""

    everyone: int = 0
    dossiers: Mapping[UUID, int] = field(default_factory=dict)

    def of(self, person_id: UUID) -> int:
        """0: that dossier was never acknowledged, and goes whole."""
        return max(self.everyone, self.dossiers.get(person_id, 0))

    @property
    def last(self) -> int:
        """The newest change that came back, of any dossier."""
        return max([self.everyone, *self.dossiers.values()])

    def after(self, dossiers: Collection[UUID] | None, last: int) -> "Acknowledged":
        """Once a package of these dossiers (None: of every one) came back, with its last change."""
        if dossiers is None:
            return Acknowledged(max(self.everyone, last), self.dossiers)
        return Acknowledged(self.everyone, {**self.dossiers, **{one: max(self.of(one), last) for one in dossiers}})

    def but(self, dossiers: Collection[UUID]) -> "Acknowledged":
        """These go as they would had only every dossier of the store come back."""
        return Acknowledged(self.everyone, {one: last for one, last in self.dossiers.items() if one not in dossiers})


#: Everything goes.
NOTHING = Acknowledged()


def by_all(each: Sequence[Acknowledged]) -> Acknowledged:
    """What every one of several recipients has; nothing where there is none."""
    everyone = min((one.everyone for one in each), default=0)
    every = {person for one in each for person in one.dossiers}
    return Acknowledged(everyone, {person: min(one.of(person) for one in each) for person in every})
