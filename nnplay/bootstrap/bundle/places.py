"""What a bundle is called and where its parts are, for those who make them and for PyInstaller's specification."""

import os
import platform
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]
"""The folder of ``main.py``."""

MADE = "NNPLAY_BUNDLE_MADE"
"""Set, for the specification, to the folder with what was made before it runs: icon and version resource."""

IDENTIFIER = "org.nnplay.nnplay"
DOCUMENT_TYPE = "org.nnplay.experiment"
"""nnplay and its files, as macOS calls them."""

MACHINES = {"amd64": "x86_64", "aarch64": "arm64"}
"""Other names of a processor → the one in names of files."""
DEBIAN_MACHINES = {"x86_64": "amd64"}
SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


def machine() -> str:
    """The processor, by the same name on every system."""
    name = platform.machine().lower()
    return MACHINES.get(name, name)


def full_name(version: str) -> str:
    """The name of a bundle for this system, such as ``nnplay-0.1.0-linux-x86_64``."""
    return f"nnplay-{version}-{SYSTEMS.get(sys.platform, sys.platform)}-{machine()}"


def package_name(version: str) -> str:
    """The name of the Debian package, such as ``nnplay_0.1.0_amd64.deb``."""
    return f"nnplay_{version}_{debian_machine()}.deb"


def debian_machine() -> str:
    """The processor as Debian calls it."""
    return DEBIAN_MACHINES.get(machine(), machine())


def icon_file(made: Path) -> str | None:
    """The icon of the executables; Linux has it in the applications menu instead."""
    suffix = {"win32": ".ico", "darwin": ".icns"}.get(sys.platform)
    return None if suffix is None else str(made / f"nnplay{suffix}")


def version_file(made: Path) -> str | None:
    """The version resource that Windows shows in the properties of an executable."""
    return str(made / "version.txt") if sys.platform == "win32" else None


def document_types() -> dict[str, object]:
    """What Info.plist says of nnplay's files, so that a double click opens them."""
    return {
        "NSHighResolutionCapable": True,
        "LSApplicationCategoryType": "public.app-category.education",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "nnplay experiment",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [DOCUMENT_TYPE],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": DOCUMENT_TYPE,
                "UTTypeDescription": "nnplay experiment",
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["nnplay"],
                    "public.mime-type": ["application/x-nnplay"],
                },
            }
        ],
    }


def source_date() -> int:
    """Seconds since 1970 that all files of a bundle have: of the commit where SOURCE_DATE_EPOCH says it."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or (CHECKOUT / "nnplay" / "__init__.py").stat().st_mtime)
