"""What a bundle holds: the program with its resources, and of the libraries only what it uses."""

import re
from pathlib import Path, PurePosixPath

DISTRIBUTIONS = (
    "numpy",
    "PySide6-Essentials",
    "pyqtgraph",
    "msgspec",
    "QtAwesome",
    "pandas",
    "charset-normalizer",
    "python-calamine",
    "pillow",
    "threadpoolctl",
    "tqdm",
)
"""Those whose versions Help ▸ About tells, and whose licences go along."""

HIDDEN_IMPORTS = [
    "pandas",  # this and the next two are imported once a table is read
    "charset_normalizer",
    "python_calamine",
    "PIL.GifImagePlugin",  # these two once an animation is written
    "PIL.WebPImagePlugin",
    "PySide6.QtSvg",  # writes drawings
    "PySide6.QtOpenGL",  # these two by PyQtGraph, which looks for the binding's name first
    "PySide6.QtOpenGLWidgets",
    "qtawesome",  # beside it is the font of the icons
]
EXCLUDED_MODULES = [
    *("tkinter", "_tkinter", "turtle", "idlelib", "lib2to3", "ensurepip", "venv", "curses", "readline"),
    # Python does without these in what is used, and they ask for more libraries of the system
    *("sqlite3", "_sqlite3", "ssl", "_ssl", "_hashlib", "_uuid", "dbm", "_dbm", "_gdbm", "crypt", "_crypt", "nis"),
    *("setuptools", "pkg_resources", "distutils", "pip", "PyInstaller", "nnplay.bootstrap"),
    *("pytest", "_pytest", "hypothesis", "openpyxl", "IPython", "jupyter_rfb", "matplotlib", "scipy"),
    *("numba", "llvmlite"),  # pandas takes them where they were fetched; what they compile needs a Python of its own
    # of Pillow what no animation needs: other formats, fonts, colour profiles, and Tk
    *("PIL.AvifImagePlugin", "PIL._avif", "PIL._imagingft", "PIL._imagingcms", "PIL._imagingtk", "PIL.ImageTk"),
    *("pyqtgraph.examples", "pyqtgraph.opengl", "pyqtgraph.jupyter", "pyqtgraph.canvas", "pyqtgraph.flowchart"),
    *("numpy.f2py", "numpy.distutils", "pandas.tests", "qtpy", "qtawesome.icon_browser"),
    *("PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSql"),
]

RESOURCES = ("data", "presets", "desktop")
"""Folders of `resources` that the program reads."""

QT_LIBRARIES = (
    *("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGL", "QtOpenGLWidgets", "QtTest"),
    *("QtDBus", "QtXcbQpa", "QtWaylandClient", "QtWlShellIntegration"),
)
"""Qt's parts that stay; the last four are those by which a window comes to a screen of Linux."""

QT_PLUGINS = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    "iconengines": ("qsvgicon",),
    "imageformats": ("qsvg",),
    "styles": ("qmodernwindowsstyle", "qmacstyle"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platformthemes": ("qxdgdesktopportal",),
    "xcbglintegrations": ("qxcb-egl-integration", "qxcb-glx-integration"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl",),
}
"""Qt's plugins that stay, by their folders."""

FROM_THE_BUILDER = (
    *("libpython3", "libffi", "libbz2", "liblzma", "libmpdec"),
    *("libxcb-cursor", "libxcb-icccm", "libxcb-image", "libxcb-keysyms", "libxcb-render-util", "libxcb-util"),
    *("libxcb-xkb", "libxkbcommon-x11"),
)
"""Libraries of the system that a bundle for Linux brings along: Python's, and those of Qt's that are often missing."""

_QT_LIBRARY = re.compile(r"(?:^|/)(?:lib)?Qt6?([A-Z]\w*?)(?:\.abi3\.so|\.so[.\d]*|\.dll|\.pyd|\.framework(?=/)|$)")
_QT_PLUGIN = re.compile(r"/plugins/([\w-]+)/(?:lib)?([\w-]+?)\.(?:so|dll|dylib)$")
_SYSTEM_LIBRARY = re.compile(r"^lib[^/]*\.so[.\d]*$")
_OF_WHEELS = re.compile(r"^lib(?:Qt6|icu|pyside6|shiboken6|[\w+]+-[0-9a-f]{8}|scipy_openblas)")
_UNUSED = re.compile(
    r"/translations/|/qml/|(?:^|/)opengl32sw\.dll$|^pyqtgraph/(?:icons/peegee|examples)|^setuptools/|^tzdata/zoneinfo/"
)
_FONT = re.compile(r"^qtawesome/fonts/(?!phosphor)")


def data_files(root: Path) -> list[tuple[str, str]]:
    """(file or folder, folder in the bundle) of what is no code."""
    resources = [(str(root / "resources" / name), f"nnplay/_resources/{name}") for name in RESOURCES]
    return [*resources, (str(root / "LICENSE"), "nnplay")]


def stays(name: str) -> bool:
    """Tell whether a file of this name in the bundle is used."""
    path = PurePosixPath(name.replace("\\", "/")).as_posix()
    if _UNUSED.search(path) or _FONT.match(path):
        return False
    if plugin := _QT_PLUGIN.search(path):
        return plugin[2] in QT_PLUGINS.get(plugin[1], ())
    if library := _QT_LIBRARY.search(path):
        return f"Qt{library[1]}" in QT_LIBRARIES
    if _SYSTEM_LIBRARY.match(path):
        return bool(_OF_WHEELS.match(path)) or path.startswith(FROM_THE_BUILDER)
    return True
