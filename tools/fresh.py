"""Run `make run` and `make test` of the committed HEAD in a bare Debian root.

    make fresh                  Debian 12 (Python 3.11)
    make fresh SUITE=trixie     Debian 13 (Python 3.13)

The root is made by debootstrap and kept as a tarball in build/ for the next time. How this machine
reaches its registries (Debian's mirror, apt's, pip's and npm's settings, certificates) is read from
the machine when it runs. Needs nothing but the standard library.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent.parent
PACKAGES = (
    "python3,python3-venv,make,git,ca-certificates"  # README.md promises that these are enough
)
COMMANDS = ("make run", "make test")
CLONE = "root/cchc-desk"
# How the machine reaches its registries; a file or folder that it lacks is left out.
SETTINGS = (
    *("/etc/hosts", "/etc/resolv.conf"),
    *("/etc/apt/apt.conf", "/etc/apt/apt.conf.d", "/etc/apt/auth.conf.d"),
    *("/etc/apt/keyrings", "/etc/apt/trusted.gpg.d"),
    *("/etc/pip.conf", "/root/.config/pip", "/root/.pip"),
    *("/etc/npmrc", "/usr/etc/npmrc", "/root/.npmrc"),
    *("/usr/local/share/ca-certificates", "/etc/ssl/certs/ca-certificates.crt"),
)
VARIABLES = ("PIP_", "NPM_CONFIG_", "SSL_CERT_", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE")
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY")
# The mounts lie in a namespace of their own: they end, and so does every process, with the command.
INSIDE = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
MOUNTS = "mount -t devpts -o ptmxmode=666 devpts /dev/pts && mount -t tmpfs shm /dev/shm && "


def main(suite: str, commands: Sequence[str]) -> int:
    """Exit code 0 when every command ended well."""
    sources = debian_sources(suite)
    lacking = [name for name in ("debootstrap", "unshare") if not shutil.which(name)]
    if os.geteuid() != 0 or lacking or not sources:
        print(
            "make fresh needs root, debootstrap, unshare and Debian's mirror among apt's sources."
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="fresh-", dir="/var/tmp") as folder:
        root = Path(folder) / "root"
        unpack(bare_root(suite, sources), root)
        hand_over_settings(root, sources)
        clone = ("git", "clone", "--quiet", "--no-hardlinks", HERE, root / CLONE)
        subprocess.run(clone, check=True)
        verdicts = [run_inside(root, command) for command in commands]
    verdict = "passed" if all(passed for passed, _ in verdicts) else "FAILED"
    print(f"fresh {suite}: {verdict} ({'; '.join(sentence for _, sentence in verdicts)})")
    return 0 if verdict == "passed" else 1


def debian_sources(suite: str) -> list[str]:
    """Return the machine's sources of Debian's own packages as lines for `suite`, archive first."""
    form = "$(ORIGIN) $(REPO_URI) $(CODENAME) $(COMPONENT)"
    command = ("apt-get", "indextargets", "--format", form, "Created-By: Packages")
    if not shutil.which("apt-get"):
        return []
    targets = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines: dict[str, None] = {}
    for origin, address, codename, component in map(str.split, targets.splitlines()):
        if origin == "Debian" and component == "main":
            _, dash, pocket = codename.partition("-")
            lines[f"deb {address} {suite}{dash}{pocket} main"] = None
    return sorted(lines, key=lambda line: "-" in line.split()[2])


def bare_root(suite: str, sources: Sequence[str]) -> Path:
    """Return the tarball of the bare root; made the first time."""
    tarball = HERE / "build" / f"fresh-{suite}.tar"
    if tarball.exists():
        return tarball
    tarball.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fresh-", dir="/var/tmp") as folder:
        mirror, root = sources[0].split()[1], Path(folder) / "root"
        wanted = ("--variant=minbase", f"--include={PACKAGES}", suite, root, mirror)
        subprocess.run(("debootstrap", *wanted), check=True, stdout=sys.stderr)
        packed = tarball.with_suffix(".part")
        subprocess.run(("tar", "--numeric-owner", "-cf", packed, "-C", root, "."), check=True)
        packed.rename(tarball)
    return tarball


def unpack(tarball: Path, root: Path) -> None:
    root.mkdir()
    subprocess.run(("tar", "--numeric-owner", "-xpf", tarball, "-C", root), check=True)


def hand_over_settings(root: Path, sources: Sequence[str]) -> None:
    """Copy the settings of the machine, and the files that its handed-over variables name."""
    (root / "etc/apt/sources.list").write_text("\n".join(sources) + "\n")
    named = [value for value in variables().values() if Path(value).is_file()]
    for place in map(Path, (*SETTINGS, *named)):
        target = root / place.relative_to("/")
        if place.is_dir():
            shutil.copytree(place, target, dirs_exist_ok=True)
        elif place.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(place, target)


def variables() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper().startswith(VARIABLES) or name.upper() in PROXIES
    }


def run_inside(root: Path, command: str) -> tuple[bool, str]:
    """Run one command in the clone; whether it ended well, and the sentence of it."""
    print(f"fresh: {command}", flush=True)
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    environment = {"HOME": "/root", "PATH": path, **variables()}
    script = f"{MOUNTS} cd /{CLONE} && {command}"
    began = time.monotonic()
    inside = (*INSIDE, f"--root={root}", "sh", "-c", script)
    code = subprocess.run(inside, check=False, env=environment, stdin=subprocess.DEVNULL).returncode
    minutes = (time.monotonic() - began) / 60
    return code == 0, f"{command}: exit code {code} after {minutes:.1f} minutes"


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a kill cleans up as Ctrl+C does
    sys.exit(main(sys.argv[1], sys.argv[2:] or COMMANDS))
