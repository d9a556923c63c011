"""The program shows itself: self-test, pictures of every page and document, a working day played by key and mouse."""

from spip_desktop.cli import Options


def run(options: Options) -> int:
    """Do what was asked; 0 when everything held."""
    from spip_desktop.showing.display import draw_somewhere

    draw_somewhere()

    if options.self_test:
        from spip_desktop.showing import self_test

        return self_test.run()
    if options.pictures:
        from spip_desktop.showing import pictures

        return pictures.run(options.pictures)
    from spip_desktop.showing import visit

    return visit.run(options)
