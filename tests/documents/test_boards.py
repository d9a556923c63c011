"""The papers of the commissions hold in the room they have, and say what does not."""

from dataclasses import replace

from spip_desktop.documents import cpi_synthesis, cpu_advice
from spip_desktop.documents.kit.pen import PAGE_HEIGHT
from tests.documents import board_samples, reading, samples


def test_an_advice_of_half_a_page_holds_and_one_line_more_is_told() -> None:
    words = board_samples.ADVICE_LONGEST
    assert cpu_advice.render(words, day=samples.DAY, draft=False, demo=False)[1] == 0
    over = cpu_advice.render(board_samples.ADVICE_OVER, day=samples.DAY, draft=False, demo=False)[1]
    assert over > 0
    # Each line taken off is one line fewer to take off, until it holds.
    lines = "\n".join(f"Ligne {number}." for number in range(60))
    full = replace(words, advice=lines)
    told = cpu_advice.render(full, day=samples.DAY, draft=False, demo=False)[1]
    shorter = replace(full, advice="\n".join(lines.split("\n")[: 60 - told]))
    assert cpu_advice.render(shorter, day=samples.DAY, draft=False, demo=False)[1] == 0
    one_more = replace(full, advice="\n".join(lines.split("\n")[: 60 - told + 1]))
    assert cpu_advice.render(one_more, day=samples.DAY, draft=False, demo=False)[1] == 1
    assert PAGE_HEIGHT > 800


def test_an_advice_that_holds_is_one_page() -> None:
    content, _ = cpu_advice.render(board_samples.ADVICE_LONGEST, day=samples.DAY, draft=False, demo=True)
    assert len(reading.pages(content)) == 1


def test_a_synthesis_of_two_pages_holds_and_past_them_its_parts_are_named() -> None:
    content, past = cpi_synthesis.render(board_samples.SYNTHESIS_LONGEST, day=samples.DAY, draft=False, demo=True)
    assert (len(reading.pages(content)), past) == (2, ())
    content, past = cpi_synthesis.render(board_samples.SYNTHESIS_OVER, day=samples.DAY, draft=False, demo=True)
    assert len(reading.pages(content)) == 3
    assert past[-2:] == ("Ce que la commission retient", "Décisions")
    assert "Situation" not in past


def test_a_part_cut_by_the_end_of_the_second_page_is_named() -> None:
    long = replace(board_samples.SYNTHESIS_SHORTEST, situation=board_samples.SYNTHESIS_OVER.situation * 3)
    _, past = cpi_synthesis.render(long, day=samples.DAY, draft=True, demo=False)
    assert past[0] == "Situation"
