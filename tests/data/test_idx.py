import contextlib
import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nnplay.data import idx
from nnplay.data.digits import NAMES
from nnplay.data.file_error import FileError, ReadCancelled
from nnplay.data.idx import FASHION_NAMES, labels_beside, names_for, read_idx, read_images, read_shape
from nnplay.errors import InputError, NnplayError

Bytes = NDArray[np.uint8]


def encoded(array: Bytes) -> bytes:
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


def some(count: int = 30, side: int = 28) -> tuple[Bytes, Bytes]:
    generator = np.random.default_rng(0)
    labels = (np.arange(count) % 10).astype(np.uint8)
    return generator.integers(0, 256, (count, side, side), dtype=np.uint8), labels


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    images, labels = some()
    (tmp_path / "train-images-idx3-ubyte").write_bytes(encoded(images))
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(encoded(labels))
    return tmp_path


def test_images_and_labels(folder: Path) -> None:
    images, labels = some()
    table = read_images(folder / "train-images-idx3-ubyte", folder / "train-labels-idx1-ubyte")
    np.testing.assert_array_equal(table.inputs, images.reshape(30, 784) / 255.0)
    np.testing.assert_array_equal(table.labels, labels)
    assert table.class_names == tuple("0123456789")
    assert table.input_names[29] == "pixel 1,1"
    assert table.picture == (28, 28)


def test_labels_are_found_beside(folder: Path) -> None:
    assert len(read_images(folder / "train-images-idx3-ubyte")) == 30


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_gzip_is_known_by_its_content(folder: Path, suffix: str) -> None:
    for name in ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"):
        content = gzip.compress((folder / name).read_bytes())
        (folder / name).unlink()
        (folder / (name + suffix)).write_bytes(content)
    images, _ = some()
    table = read_images(folder / ("train-images-idx3-ubyte" + suffix))
    np.testing.assert_array_equal(table.inputs, images.reshape(30, 784) / 255.0)


def test_packed_images_find_unpacked_labels(folder: Path) -> None:
    (folder / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(encoded(some()[0])))
    assert labels_beside(folder / "train-images-idx3-ubyte.gz") == folder / "train-labels-idx1-ubyte"


def test_no_labels_beside(tmp_path: Path) -> None:
    for name in ("train-images-idx3-ubyte", "pictures"):
        (tmp_path / name).write_bytes(encoded(some()[0]))
        with pytest.raises(FileError, match="has no labels beside it"):
            read_images(tmp_path / name)


def test_a_few_of_each_class(folder: Path) -> None:
    table = read_images(folder / "train-images-idx3-ubyte", samples=20, seed=1)
    np.testing.assert_array_equal(np.bincount(table.labels), 2)
    assert len(read_images(folder / "train-images-idx3-ubyte", samples=9999)) == 30
    for wrong in (0, -1, 1.5, True):
        with pytest.raises(InputError, match="samples"):
            read_images(folder / "train-images-idx3-ubyte", samples=wrong)  # type: ignore[arg-type]


def test_fashion_has_names_of_its_own(folder: Path) -> None:
    assert read_images(folder / "train-images-idx3-ubyte", class_names=FASHION_NAMES).class_names[9] == "Ankle boot"


def test_other_sizes_of_image(tmp_path: Path) -> None:
    images, labels = some(4, 5)
    (tmp_path / "i").write_bytes(encoded(images))
    (tmp_path / "l").write_bytes(encoded(labels))
    assert read_images(tmp_path / "i", tmp_path / "l").inputs.shape == (4, 25)


IMAGES = encoded(some(3, 4)[0])
PACKED = gzip.compress(IMAGES, mtime=0)  # parts of it name tests: the same in each process, whatever the second


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "begins with nothing; 0x00000803 was expected"),
        (b"\x00\x00\x08", "begins with 0x000008; 0x00000803"),
        (encoded(some(3)[1]), "holds IDX labels; a file of images was expected, usually called …-images-idx3-ubyte"),
        (b"\x00\x00\x0d\x03" + IMAGES[4:], "begins with 0x00000d03"),
        (b"hello world, I am no image", "begins with 0x68656c6c"),
        (IMAGES[:9], "ends after 9 bytes; 3 lengths were expected"),
        (IMAGES[:-1], "holds 47 values; 48 were expected (3 × 4 × 4)"),
        (IMAGES[:16], "holds 0 values; 48"),
        (IMAGES + b"\x00", "holds more values; 48 were expected"),
        (struct.pack(">HBB3I", 0, 8, 3, 60000, 2800, 2800), "says it holds 470,400 MB; at most 200 MB"),
        (struct.pack(">HBB3I", 0, 8, 3, 2**32 - 1, 2**32 - 1, 2**32 - 1), "at most 200 MB"),
        (PACKED[:-12], "is a gzip that was cut short"),
        (PACKED[:4], "is a gzip that was cut short"),
        (b"\x1f\x8b" + bytes(40), "can't be unpacked or read"),
        (PACKED[:-8] + bytes(8), "can't be unpacked or read"),
        (PACKED + b"more", "can't be unpacked or read: something follows its end"),
        (PACKED + PACKED, "can't be unpacked or read: something follows its end"),
        (b"\x1f\x8b\x08\x08" + bytes(6) + b"a" * 5_000_000, "is a gzip that was cut short"),  # a name without an end
        (b"\x1f\x8b\x08\x00" + bytes(6) + b"\x00\x00\x00\xff\xff" * 500_000, "is a gzip that was cut short"),
        (gzip.compress(b"") * 100_000, "something follows its end"),
    ],
)
def test_faults_are_explained(content: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "images"
    file.write_bytes(content)
    with pytest.raises(FileError) as caught:
        read_idx(file, 3)
    assert str(caught.value).startswith("images: ")
    assert message in str(caught.value)


def test_a_swelling_gzip_is_stopped(tmp_path: Path) -> None:
    header = struct.pack(">HBB3I", 0, 8, 3, 2, 2, 2)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(header + bytes(50_000_000)))
    with pytest.raises(FileError, match="holds more values; 8 were expected"):
        read_idx(tmp_path / "bomb.gz", 3)


def test_a_file_past_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as handle:
        handle.truncate(idx.MAX_BYTES + 1)
    with pytest.raises(FileError, match="files up to 200 MB can be read"):
        read_idx(tmp_path / "huge", 3)


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no such file"):
        read_idx(tmp_path / "nothing", 1)
    with pytest.raises(FileError, match="this is a folder"):
        read_idx(tmp_path, 1)


@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (some(3)[0], some(4)[1], "has 4 labels; 3 were expected"),
        (some(0)[0], some(0)[1], "holds no pixels"),
        (np.zeros((3, 0, 4), np.uint8), some(3)[1], "holds no pixels"),
        (some(3)[0], np.array([0, 1, 10], np.uint8), "row 3: has the label 10; 0 to 9 were expected"),
    ],
)
def test_images_and_labels_that_do_not_fit(images: Bytes, labels: Bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "i").write_bytes(encoded(images))
    (tmp_path / "l").write_bytes(encoded(labels))
    with pytest.raises(FileError) as caught:
        read_images(tmp_path / "i", tmp_path / "l")
    assert message in str(caught.value)


def test_more_pixels_than_fit_into_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idx, "MAX_VALUES", 784 * 20)
    with pytest.raises(FileError, match="holds 30 images; at most 20 of this size"):
        read_images(folder / "train-images-idx3-ubyte")
    assert len(read_images(folder / "train-images-idx3-ubyte", samples=20)) == 20


def test_progress_and_cancelling(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idx, "_CHUNK", 5000)
    calls: list[tuple[int, int]] = []
    read_images(folder / "train-images-idx3-ubyte", progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (23520, 23520)
    assert len(calls) >= 5

    def stop(done: int, total: int) -> None:
        raise ReadCancelled

    with pytest.raises(ReadCancelled):
        read_images(folder / "train-images-idx3-ubyte", progress=stop)


fuzz = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fuzz
@given(st.binary(max_size=80), st.sampled_from([b"", b"\x1f\x8b\x08\x00", IMAGES[:4], IMAGES[:16]]), st.booleans())
def test_random_bytes_raise_nothing_but_our_errors(tmp_path: Path, content: bytes, start: bytes, packed: bool) -> None:
    file = tmp_path / "random"
    file.write_bytes(gzip.compress(start + content) if packed else start + content)
    for dimensions in (1, 3):
        with contextlib.suppress(NnplayError):
            read_idx(file, dimensions)
    with contextlib.suppress(NnplayError):
        read_images(file, file)


@fuzz
@given(st.integers(0, 200), st.integers(0, 255), st.integers(0, 200))
def test_a_damaged_gzip_raises_nothing_but_our_errors(tmp_path: Path, place: int, byte: int, end: int) -> None:
    content = bytearray(PACKED)
    content[place % len(content)] = byte
    (tmp_path / "damaged").write_bytes(content[: len(content) - end % 20])
    with contextlib.suppress(NnplayError):
        read_idx(tmp_path / "damaged", 3)


def test_the_header_alone_tells_the_shape(folder: Path) -> None:
    images = folder / "train-images-idx3-ubyte"
    assert read_shape(images, 3) == (30, 28, 28)
    assert read_shape(folder / "train-labels-idx1-ubyte", 1) == (30,)
    images.write_bytes(images.read_bytes()[:16])  # what follows is not looked at
    assert read_shape(images, 3) == (30, 28, 28)
    with pytest.raises(FileError, match="holds IDX images; a file of labels was expected"):
        read_shape(images, 1)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("train-images-idx3-ubyte", NAMES),
        ("fashion-train-images-idx3-ubyte", FASHION_NAMES),
        ("data/FashionMNIST/train-images-idx3-ubyte.gz", FASHION_NAMES),
        ("FashionMNIST/raw/train-images-idx3-ubyte", FASHION_NAMES),
        ("fashion/of/digits/train-images-idx3-ubyte", NAMES),
    ],
)
def test_fashion_is_known_by_its_name_or_folder(path: str, names: tuple[str, ...]) -> None:
    assert names_for(path) == names


def test_a_gzip_may_be_filled_up_with_zeros(tmp_path: Path) -> None:
    (tmp_path / "padded").write_bytes(PACKED + bytes(512))
    assert read_idx(tmp_path / "padded", 3).shape == (3, 4, 4)


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((10, 1000, 6000), "holds images of 1,000 × 6,000 pixels; at most 100,000 pixels were expected"),
        ((100_000, 28, 28), "holds 100,000 images; at most 76,530 of this size were expected"),
        ((2**32 - 1, 28, 28), "at most 76,530 of this size"),
    ],
)
def test_too_many_pixels_are_refused_by_the_headers(shape: tuple[int, ...], message: str, tmp_path: Path) -> None:
    (tmp_path / "i").write_bytes(struct.pack(">HBB3I", 0, 8, 3, *shape))
    (tmp_path / "l").write_bytes(struct.pack(">HBBI", 0, 8, 1, shape[0]))
    with pytest.raises(FileError, match=message):
        read_images(tmp_path / "i", tmp_path / "l")
