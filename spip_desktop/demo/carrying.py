"""What was typed again in APPI and GENESIS, all that had happened up to a day; said by mistake once."""

from collections.abc import Callable

from spip_desktop.demo.play import Scene

#: The store takes that long, in seconds, from one block to the next.
_EACH = 4


def report(scene: Scene) -> None:
    """Every block up to the day « until », said to be reported on the day « said »; « spares »: not to be, and why."""
    carrying, until, said = scene.desk.services.carrying, scene.take("until"), scene.take("said")
    spares = scene.take("spares", {})
    for block in carrying.queue().blocks:
        if block.on > until:
            continue
        if reason := spares.get(block.kind.code):
            carrying.set_aside(block, reason)
        else:
            carrying.carry(block, max(said, block.on))
        scene.play.clock.pass_by(seconds=_EACH)


def take_back(scene: Scene) -> None:
    """The last report of this kind of block was said by mistake."""
    carrying, kind = scene.desk.services.carrying, scene.take("kind")
    line = next(one.line for one in carrying.done() if one.line.block == kind)
    carrying.withdraw(line.id, scene.take("reason"))


ACTS: dict[str, Callable[[Scene], None]] = {"carrying.report": report, "carrying.take_back": take_back}
