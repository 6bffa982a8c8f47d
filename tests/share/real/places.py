"""Folders that two computers share, by the programs that schools share them with, all on this machine."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .homes import PATIENCE
from .syncthing import two_instances

HOMES = 2
# How long rclone waits before it writes to the server: with nothing it loses the renames that follow a write.
_WRITE_BACK = "300ms"
_AT_MOST = 3.0  # seconds from a gesture to the other screen, on a drive


@dataclass(frozen=True, slots=True)
class Place:
    """One folder as each of two computers has it."""

    name: str
    folders: tuple[Path, ...]
    seconds: float  # what a gesture may take
    goes: Callable[[], None]  # for the second computer
    returns: Callable[[], None]
    dates_files: bool = False  # each computer has it on a disk of its own

    def arrives(self, name: str) -> None:
        """Wait until every computer has this file as the first one has it."""
        end = time.monotonic() + PATIENCE
        wanted = (self.folders[0] / name).read_bytes()
        # Not the first one's own: rclone writes to the server once a file was not opened for a while.
        while not all(_holds(folder / name, wanted) for folder in self.folders[1:]):
            assert time.monotonic() < end, f"{name} does not arrive"
            time.sleep(0.1)


Opened = Callable[[Path], Iterator[Place]]


def _plain(folder: Path) -> Iterator[Place]:
    """A folder of one disk; for the second computer a link to it, which goes away."""
    shared, link = folder / "shared", folder / "drive"
    shared.mkdir()
    link.symlink_to(shared)
    yield Place("plain", (shared, link), _AT_MOST, link.unlink, lambda: link.symlink_to(shared))


def _samba(folder: Path) -> Iterator[Place]:
    """A server of Samba; it is stopped, and started again."""
    served, state, port = folder / "served", folder / "smb", _free_port()
    (served / "ecole").mkdir(parents=True)
    state.mkdir()
    config = folder / "smb.conf"
    directories = ("private", "lock", "state", "cache", "pid")
    config.write_text(
        "[global]\n"
        f"smb ports = {port}\ninterfaces = 127.0.0.1/8\nbind interfaces only = yes\n"
        + "".join(f"{kind} {'dir' if kind == 'private' else 'directory'} = {state}\n" for kind in directories)
        + f"ncalrpc dir = {state}/nc\nlog file = {state}/log\nserver role = standalone server\n"
        f"map to guest = bad user\nguest account = {getpass.getuser()}\n"
        "load printers = no\ndisable spoolss = yes\n"
        f"[share]\npath = {served}\nread only = no\nguest ok = yes\nforce user = {getpass.getuser()}\n",
        encoding="ascii",
    )
    with ExitStack() as stack:
        server = _Server(["smbd", "-F", "--no-process-group", "-s", str(config)], port)
        stack.callback(server.stop)
        mounts = []
        for number in range(HOMES):
            mount, cache = folder / f"mount{number}", folder / f"cache{number}"
            _start(
                *("rclone", "mount", f":smb,host=127.0.0.1,port={port}:share/ecole", str(mount), "--daemon"),
                *("--config", str(folder / "rclone.conf"), "--cache-dir", str(cache)),
                *("--vfs-cache-mode", "writes", "--vfs-write-back", _WRITE_BACK, "--dir-cache-time", "1s"),
                *("--contimeout", "2s", "--timeout", "4s", "--low-level-retries", "2", "--retries", "1"),
                mount=mount,
            )
            stack.callback(_unmount, mount)
            mounts.append(mount)
        yield Place("samba", tuple(mounts), _AT_MOST, server.stop, server.start)


def _sshfs(folder: Path) -> Iterator[Place]:
    """A server of SFTP; the second computer's mount is taken away, and mounted again."""
    served, port = folder / "served", _free_port()
    served.mkdir()
    for key in ("host", "key"):
        _start("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key))
    config = folder / "sshd.conf"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/pid\n"
        f"AuthorizedKeysFile {folder}/key.pub\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
        "PermitRootLogin yes\nSubsystem sftp internal-sftp\n",
        encoding="ascii",
    )
    if sys.platform != "win32" and os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)

    def mounts(mount: Path) -> None:
        _start(
            *("sshfs", "-p", str(port), f"{getpass.getuser()}@127.0.0.1:{served}", str(mount), "-o"),
            f"IdentityFile={folder}/key,UserKnownHostsFile={folder}/known,StrictHostKeyChecking=no,"
            "dcache_timeout=1,attr_timeout=1,entry_timeout=1",
            mount=mount,
        )

    with ExitStack() as stack:
        server = _Server([_program("sshd"), "-D", "-f", str(config)], port)
        stack.callback(server.stop)
        both = (folder / "mount0", folder / "mount1")
        for mount in both:
            mounts(mount)
            stack.callback(_unmount, mount)
        yield Place("sshfs", both, _AT_MOST, lambda: _unmount(both[1]), lambda: mounts(both[1]))


def _syncthing(folder: Path) -> Iterator[Place]:
    """Two instances of Syncthing; the second one is ended, and started again."""
    with two_instances(folder, _program("syncthing"), (_free_port(), _free_port())) as (folders, second):
        yield Place("syncthing", folders, PATIENCE, second.stop, second.start, dates_files=True)


# By name: how it is opened, and the programs that it takes, each with Debian's package.
_FUSE = {"fusermount3": "fuse3"}
_PLACES: dict[str, tuple[Opened, dict[str, str]]] = {
    "plain": (_plain, {}),
    "samba": (_samba, {"smbd": "samba", "rclone": "rclone", **_FUSE}),
    "sshfs": (_sshfs, {"sshd": "openssh-server", "ssh-keygen": "openssh-client", "sshfs": "sshfs", **_FUSE}),
    "syncthing": (_syncthing, {"syncthing": "syncthing"}),
}
NAMES = tuple(_PLACES)


def missing(name: str) -> str:
    """Why there is no such place on this machine, in words; empty where it can be opened."""
    _open, programs = _PLACES[name]
    absent = sorted({package for program, package in programs.items() if not _program(program)})
    if absent:
        return f"not installed: {', '.join(absent)}"
    if "fusermount3" in programs and not os.access("/dev/fuse", os.R_OK | os.W_OK):
        return "/dev/fuse may not be used"
    if "smbd" in programs and sys.platform != "win32" and os.geteuid() != 0:
        return "a server of Samba is started by root alone"
    return ""


@contextmanager
def opened(name: str, folder: Path) -> Iterator[Place]:
    """The place, made in this folder, and gone afterwards."""
    folder.mkdir(parents=True)
    yield from _PLACES[name][0](folder)


class _Server:
    """A program that listens at a port; its processes end with it."""

    def __init__(self, command: list[str], port: int) -> None:
        self._command, self._port = command, port
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start, and wait until it listens."""
        self._process = subprocess.Popen(
            self._command, start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + PATIENCE
        while not _listens(self._port):
            assert self._process.poll() is None, f"{self._command[0]} ended with {self._process.returncode}"
            assert time.monotonic() < end, f"{self._command[0]} does not listen"
            time.sleep(0.05)

    def stop(self) -> None:
        """End it and its processes, at once."""
        if self._process is None:
            return
        if sys.platform != "win32":
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


def _program(name: str) -> str:
    """Where a program is; those of servers are not on everybody's path."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin") or ""


def _start(command: str, *arguments: str, mount: Path | None = None) -> None:
    """Run to its end, which for a mount is when it is mounted."""
    if mount is not None:
        mount.mkdir(exist_ok=True)
    done = subprocess.run([command, *arguments], capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    end = time.monotonic() + PATIENCE
    while mount is not None and not os.path.ismount(mount):
        assert time.monotonic() < end, f"{command} has mounted nothing"
        time.sleep(0.05)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except FileNotFoundError:
        return False


def _unmount(mount: Path) -> None:
    subprocess.run(["fusermount3", "-u", "-z", str(mount)], capture_output=True, check=False)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        asked.settimeout(1)
        return asked.connect_ex(("127.0.0.1", port)) == 0
