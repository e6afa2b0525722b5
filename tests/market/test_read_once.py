"""What a page reads more than once, it reads once; who changes something reads anew."""

from connects.market.read_once import once, reading_once, remember


def test_within_a_page_the_same_is_read_once_and_afterwards_anew() -> None:
    reads: list[int] = []

    def read() -> int:
        reads.append(len(reads))
        return reads[-1]

    assert (once("a", read), once("a", read)) == (0, 1)
    with reading_once():
        assert (once("a", read), once("a", read), once("b", read)) == (2, 2, 3)
        remember("c", 99)
        assert once("c", read) == 99
    remember("c", 98)
    assert once("c", read) == 4
