"""Where the files that come with nnplay are: beside a checkout's package, or inside an installed one."""

from pathlib import Path

from nnplay.errors import NnplayError
from nnplay.texts import tr

_PACKAGE = Path(__file__).resolve().parent


def resource_path(name: str) -> Path:
    """The path of a shipped file, for example ``data/mnist_5k.npz``.

    Raises
    ------
    NnplayError
        The file is missing, with the places that were searched.
    """
    places = (_PACKAGE.parent / "resources", _PACKAGE / "_resources")
    for place in places:
        if (place / name).is_file():
            return place / name
    beside, inside = places
    raise NnplayError(
        tr(
            "the file {name}, which comes with nnplay, is neither in {beside} nor in {inside}; install nnplay again",
            name=name,
            beside=beside,
            inside=inside,
        )
    )
