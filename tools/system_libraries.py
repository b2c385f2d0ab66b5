"""Install what Qt and the city's tests need of the system, or print the one command for it."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

# What Qt loads -> the Debian and Ubuntu package that holds it (newer releases know the same names,
# some with "t64").
ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WITH_A_SCREEN = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONTS = Path("/usr/share/fonts")
SERVERS = Path("/usr/lib/postgresql")  # Debian keeps the server out of PATH
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
TO_BUILD = WITH_A_SCREEN | {
    "objdump": "binutils",
    f"libpython{PYTHON}.so.1.0": f"libpython{PYTHON}",
}
TO_TEST = {  # the city's database and pages, and the node of the browser's driver
    "postgres": "postgresql",
    "chromium": "chromium",
    "npm": "npm",
    "libatomic.so.1": "libatomic1",
    "pdfsig": "poppler-utils",  # the judge of a digital signature, and a token without hardware
    "softhsm2-util": "softhsm2",
}
TO_COMPARE = {
    "LiberationSerif-Regular.ttf": "fonts-liberation2"
}  # make bench sets ours beside the uncut font


def main() -> int:
    """Exit code 0 when every library is there, at once or after installing."""
    missing = missing_libraries()
    if not missing:
        return 0
    command = install_command(missing.values())
    if not shutil.which("apt-get"):
        return say(
            f"Máy thiếu phần mềm mà chương trình cần: {' '.join(missing)}. Hãy cài bằng trình cài "
            "đặt của máy này."
        )
    if not may_install():
        return say(
            "Máy thiếu phần mềm hệ thống mà chương trình cần. Hãy chạy một lần lệnh sau rồi làm "
            f"lại:\n\n  {command}\n"
        )
    print(f"Cài phần mềm hệ thống còn thiếu:\n  {command}", flush=True)
    subprocess.run(
        ["sh", "-c", command], check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    )
    missing = missing_libraries()
    return (
        say(f"Vẫn còn thiếu: {' '.join(missing)}. Xem lời báo của apt-get ở trên.")
        if missing
        else 0
    )


def missing_libraries() -> dict[str, str]:
    """Return the libraries this machine lacks, each with its package."""
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    wanted = ALWAYS | (WITH_A_SCREEN if screen else {}) | (TO_BUILD if "build" in sys.argv else {})
    wanted |= TO_TEST if "test" in sys.argv or "bench" in sys.argv else {}
    wanted |= TO_COMPARE if "bench" in sys.argv else {}
    return {name: package for name, package in wanted.items() if not is_there(name)}


def is_there(name: str) -> bool:
    """Return True when a library loads, or a program or a font of this name is there."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return (
            shutil.which(name) is not None
            or any(SERVERS.glob(f"*/bin/{name}"))
            or any(FONTS.rglob(name))
        )
    return True


def install_command(packages: Iterable[str]) -> str:
    """Return one line that works as it is when typed by hand."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    install = f"{sudo}apt-get install -y --no-install-recommends {' '.join(sorted(packages))}"
    return f"{sudo}apt-get update && {install}"


def may_install() -> bool:
    """Return True for root, and for a user whose sudo asks for no password."""
    if os.geteuid() == 0 or not shutil.which("sudo"):
        return os.geteuid() == 0
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
