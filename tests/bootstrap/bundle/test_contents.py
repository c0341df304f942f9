"""What goes into a bundle and what stays out, by the names that files have on the three systems."""

import ast
from pathlib import Path

import pytest

from nnplay.bootstrap.bundle.contents import DISTRIBUTIONS, EXCLUDED_MODULES, RESOURCES, data_files, stays

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtCore.abi3.so",
        "PySide6/QtCore.pyd",
        "PySide6/Qt6Gui.dll",
        "PySide6\\Qt6Gui.dll",
        "PySide6/Qt/lib/QtWidgets.framework/Versions/A/QtWidgets",
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "libQt6Core.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
        "libpython3.11.so.1.0",
        "libxcb-cursor.so.0",
        "libgfortran-040039e1-0352e75f.so.5.0.0",
        "libscipy_openblas64_-32a4b2a6.so",
        "libicudata.so.73",
        "python311.dll",
        "numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so",
        "qtawesome/fonts/phosphor-1.3.0.ttf",
        "nnplay/_resources/presets/xor.nnplay",
    ],
)
def test_what_is_used_stays(name: str) -> None:
    assert stays(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt6Network.dll",
        "PySide6/Qt/lib/QtPdf.framework/Versions/A/QtPdf",
        "libQt6EglFSDeviceIntegration.so.6",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/plugins/tls/qopensslbackend.dll",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/imageformats/libqwebp.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/opengl32sw.dll",
        "libgtk-3.so.0",
        "libglib-2.0.so.0",
        "libstdc++.so.6",
        "libX11.so.6",
        "qtawesome/fonts/fontawesome6-solid-webfont-6.7.2.ttf",
    ],
)
def test_what_nobody_uses_stays_out(name: str) -> None:
    assert not stays(name)


def test_the_resources_that_the_program_reads_go_along() -> None:
    places = {place for _, place in data_files(ROOT)}
    assert {f"nnplay/_resources/{name}" for name in RESOURCES} <= places
    assert all(Path(source).exists() for source, _ in data_files(ROOT))
    read = {
        node.value.split("/")[0]
        for path in (ROOT / "nnplay").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "resource_path"
        for node in ast.walk(call)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "/" in node.value
    }
    assert read, "the calls are found"
    assert read <= set(RESOURCES)


def test_the_versions_that_about_tells_go_along() -> None:
    about = ast.parse((ROOT / "nnplay/gui/window/about.py").read_text(encoding="utf-8"))
    libraries = next(
        ast.literal_eval(ast.Tuple(elts=list(node.value.keys)))  # type: ignore[union-attr]
        for node in about.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "LIBRARIES"
    )
    assert set(DISTRIBUTIONS) == set(libraries)


def test_what_was_fetched_to_compile_stays_out() -> None:
    lock = (ROOT / "resources" / "requirements-compiled.lock").read_text(encoding="utf-8")
    fetched = {line.split("==")[0] for line in lock.splitlines() if line[:1].isalpha()} - {"numpy"}
    assert fetched and fetched <= set(EXCLUDED_MODULES)
