"""Start: `python -m spip_desktop`, the packaged program, or `./run`."""

import gc
import sys


def main() -> int:
    """Read the options, then start the window or do the one thing that was asked."""
    if sys.argv[1:2] and sys.argv[1] in ("export", "import", "inspect", "verify"):
        from spip_desktop import commands

        return commands.run(sys.argv[1:])
    from spip_desktop import cli

    options = cli.parse(sys.argv[1:])
    if options.self_test or options.pictures or options.visit:
        from spip_desktop import showing

        return showing.run(options)
    gc.disable()  # until the first page is painted: looking through what was just made takes 8 ms and frees nothing
    from spip_desktop import app

    return app.run(options)


if __name__ == "__main__":
    raise SystemExit(main())
