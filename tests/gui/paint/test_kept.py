from nnplay.gui.paint.kept import Kept


def test_a_value_is_made_when_its_key_is_another():
    made: list[str] = []
    kept: Kept[int] = Kept()

    def make(name: str) -> int:
        made.append(name)
        return len(made)

    assert kept.of((1, "a"), lambda: make("first")) == 1
    assert kept.of((1, "a"), lambda: make("again")) == 1
    assert kept.of((2, "a"), lambda: make("second")) == 2
    assert kept.of((1, "a"), lambda: make("third")) == 3, "only the newest is kept"
    assert made == ["first", "second", "third"]


def test_none_is_a_key_and_a_value():
    made: list[None] = []
    kept: Kept[None] = Kept()
    for _ in range(2):
        assert kept.of(None, lambda: made.append(None)) is None
    assert len(made) == 1
