"""Animations are opened by Pillow: every frame is there, with its pixels and its time."""

import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image, ImageSequence

from nnplay.pictures.animation.frames import FramePixels, Timing
from nnplay.pictures.animation.gif import COLOURS, gif, palette_of
from nnplay.pictures.animation.webp import webp

WIDTH, HEIGHT, COUNT = 61, 37, 6


def frame(number: int) -> FramePixels:
    """A bar that moves down a ramp of colours, of which there are few."""
    pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    pixels[..., 0] = 4 * np.arange(WIDTH)
    pixels[5 + number : 9 + number, 3:20, 2] = 255
    return FramePixels(WIDTH, HEIGHT, pixels.tobytes())


def colourful(number: int) -> FramePixels:
    """The same before more colours than a palette has, on a white edge."""
    across, down = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    pixels = np.stack([4 * across, 6 * down, (across * down + 9 * number) % 256, 0 * across], axis=2).astype(np.uint8)
    pixels[:, -2:] = 255
    return FramePixels(WIDTH, HEIGHT, pixels.tobytes())


def pictures(data: bytes) -> list[np.ndarray]:
    with Image.open(io.BytesIO(data)) as image:
        return [np.array(each.convert("RGB")) for each in ImageSequence.Iterator(image)]


def times(data: bytes) -> list[int]:
    with Image.open(io.BytesIO(data)) as image:
        found = []
        for each in ImageSequence.Iterator(image):
            each.load()  # only then a WebP knows
            found.append(each.info["duration"])
        return found


def asked(made: list[int]) -> Iterator[FramePixels]:
    """Frames that tell when they are made."""
    for number in range(COUNT):
        made.append(number)
        yield frame(number)


def test_durations_add_up_whatever_their_rounding() -> None:
    timing = Timing(30, hold=2.0)
    assert timing.milliseconds(4) == [30, 40, 30, 2030]
    assert sum(Timing(30).milliseconds(300)) == 10_000
    assert timing.seconds(30) == 3.0
    assert min(Timing(50).milliseconds(100)) == 20


@pytest.mark.parametrize("exact", [True, False])
def test_a_webp_has_every_frame_in_its_time(exact: bool) -> None:
    timing = Timing(20, hold=1.0)
    data = webp(map(frame, range(COUNT)), COUNT, timing, exact=exact)
    assert times(data) == timing.milliseconds(COUNT)
    shown = pictures(data)
    assert len(shown) == COUNT
    for number, picture in enumerate(shown):
        away = np.abs(picture.astype(int) - np.array(frame(number).image()).astype(int))
        assert away.max() == 0 if exact else 0 < away.mean() < 8


@pytest.mark.parametrize(("repeats", "loops"), [(True, 0), (False, 1)])
def test_a_webp_repeats_or_not(repeats: bool, loops: int) -> None:
    data = webp(map(frame, range(2)), 2, Timing(10, repeats=repeats), exact=True)
    with Image.open(io.BytesIO(data)) as image:
        assert image.info["loop"] == loops


def test_a_gif_of_few_colours_is_exact() -> None:
    timing = Timing(30, hold=0.5)
    data = gif(map(frame, range(COUNT)), COUNT, timing, palette_of(map(frame, range(COUNT))))
    assert times(data) == timing.milliseconds(COUNT)
    for number, picture in enumerate(pictures(data)):
        assert np.array_equal(picture, np.array(frame(number).image()))


def test_a_gif_of_many_colours_has_one_palette_and_keeps_the_most_frequent_ones() -> None:
    palette = palette_of(map(colourful, range(COUNT)))
    assert len(palette) == COLOURS
    shown = pictures(gif(map(colourful, range(COUNT)), COUNT, Timing(10), palette))
    among = {tuple(colour) for colour in palette.tolist()}
    assert {tuple(colour) for picture in shown for colour in picture.reshape(-1, 3).tolist()} <= among
    assert all((picture[:, -2:] == 255).all() for picture in shown)  # the white edge is white
    for number, picture in enumerate(shown):
        assert np.abs(picture.astype(int) - np.array(colourful(number).image()).astype(int)).mean() < 8


def test_what_does_not_change_takes_no_room_in_a_gif() -> None:
    palette = palette_of([frame(0)])
    sizes = [len(gif((frame(0) for _ in range(count)), count, Timing(10), palette)) for count in (1, 51)]
    assert sizes[1] - sizes[0] < 50 * 30
    assert len(times(gif((frame(0) for _ in range(3)), 3, Timing(10), palette))) == 3


@pytest.mark.parametrize(("repeats", "loops"), [(True, 0), (False, None)])
def test_a_gif_repeats_or_not(repeats: bool, loops: int | None) -> None:
    data = gif(map(frame, range(2)), 2, Timing(10, repeats=repeats), palette_of([frame(0)]))
    with Image.open(io.BytesIO(data)) as image:
        assert image.info.get("loop") == loops


def test_a_frame_is_asked_for_when_the_one_before_is_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    seen: list[int] = []
    image = FramePixels.image
    monkeypatch.setattr(FramePixels, "image", lambda self: seen.append(len(made)) or image(self))
    webp(asked(made), COUNT, Timing(10), exact=True)
    gif(asked(made), COUNT, Timing(10), np.zeros((2, 3), np.uint8))
    assert seen == list(range(1, 2 * COUNT + 1))
