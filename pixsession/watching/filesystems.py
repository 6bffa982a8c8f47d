"""Facts from the system: whether a folder is on a network, whether a file is open for writing."""

from __future__ import annotations

import os
import re
import signal
import stat
import sys
from pathlib import Path

from pixsession.foundation.paths import computer_of

if sys.platform != "win32":
    import fcntl

_MOUNTS = Path("/proc/self/mountinfo")
_DRIVE_REMOTE = 4  # GetDriveTypeW's answer for a network drive

# Types whose files change from elsewhere without a word to this machine's kernel: shares, and folders of
# the host seen from a virtual machine. Every fuse.* counts too: it cannot be known which of them are local.
_SHARED = {
    "9p", "afs", "ceph", "cifs", "coda", "davfs", "drvfs", "fuse", "gfs2", "glusterfs", "lustre", "ncpfs",
    "nfs", "nfs4", "ocfs2", "orangefs", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
}  # fmt: skip


def on_network(folder: Path) -> bool:
    """Whether this folder is on a network file system or a host's share; False where unknown."""
    try:
        real = os.path.realpath(folder)
        if sys.platform == "win32":
            return _remote_drive(real)
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return is_shared(file_system_type(real, mounts))


def is_shared(file_system: str) -> bool:
    """Whether this type of file system hides from inotify what other machines do."""
    return file_system in _SHARED or file_system.startswith("fuse.")


def file_system_type(path: str, mounts: str) -> str:
    """The type of the file system under this absolute path, by the text of mountinfo; "" when unknown."""
    longest, found = -1, ""
    for line in mounts.split("\n"):
        fields, separator, rest = line.partition(" - ")
        places = fields.split(" ")
        if not separator or len(places) < 5:
            continue
        place = _unescaped(places[4])
        inside = path == place or path.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= longest:  # of two mounts on one place the later hides the earlier
            longest, found = len(place), rest.split(" ", 1)[0]
    return found


def writer_has_open(path: Path) -> bool:
    """Whether a process has this regular file open for writing; False also means unknown. Linux, local files.

    A read lease is refused while a file is open for writing. Not to be trusted on network file systems:
    there it is refused whenever the server has not delegated the file. It never waits, and touches nothing
    but regular files.
    """
    if sys.platform != "linux":
        return False
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return False
        # Who opens the file for writing while the lease stands makes the kernel signal us: by default with
        # SIGIO, which ends the process. SIGURG is ignored unless someone asks for it.
        if sys.platform == "linux":  # mypy looks for these names on Windows too, behind a return
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:  # not our file, or a file system without leases
        return False
    finally:
        os.close(descriptor)
    return False


def _unescaped(place: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), place)


def _remote_drive(real: str) -> bool:
    if computer_of(real):
        return True
    if sys.platform != "win32":
        return False
    import ctypes  # noqa: PLC0415 - (c): 2 ms, which Windows alone needs

    root = Path(real).anchor
    return bool(root) and ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE
