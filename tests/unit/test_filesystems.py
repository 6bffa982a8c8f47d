"""Network file systems by the words of the system, and the probe for a writer still at work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pixsession.foundation.paths import computer_of
from pixsession.watching.filesystems import file_system_type, is_shared, on_network, writer_has_open

MOUNTS = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:5 / /proc rw - proc proc rw
40 22 0:50 / /home/prof/Partage rw,relatime - cifs //serveur/profs rw,vers=3.1.1
41 22 0:51 / /mnt/Téléchargements\134\040USB rw - exfat /dev/sdb1 rw
42 22 0:52 / /mnt/exports\040de\040Pix rw - nfs4 serveur:/exports rw
43 22 0:53 / /media rw - autofs systemd-1 rw
44 43 0:54 / /media rw - fuse.sshfs prof@serveur:/ rw
45 44 0:55 / /media/usb rw master:3 - vfat /dev/sdc1 rw
not a line of mountinfo
"""


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", "ext4"),
        ("/home/prof", "ext4"),
        ("/home/prof/Partage", "cifs"),
        ("/home/prof/Partage/3e B", "cifs"),
        ("/home/prof/Partages", "ext4"),
        ("/mnt/exports de Pix/mars", "nfs4"),
        ("/mnt/Téléchargements\\ USB/x", "exfat"),
        ("/media/nas", "fuse.sshfs"),
        ("/media/usb/x", "vfat"),
    ],
)
def test_the_nearest_and_latest_mount_decides(path: str, found: str) -> None:
    assert file_system_type(path, MOUNTS) == found


def test_no_mount_table_says_nothing() -> None:
    assert file_system_type("/home", "") == ""
    assert not is_shared("")


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.rclone", "9p", "virtiofs"]
)
def test_types_shared_with_other_machines(kind: str) -> None:
    assert is_shared(kind)


@pytest.mark.parametrize(
    "kind", ["ext4", "btrfs", "xfs", "tmpfs", "vfat", "exfat", "fuseblk", "overlay", "zfs"]
)
def test_types_at_home(kind: str) -> None:
    assert not is_shared(kind)


@pytest.mark.parametrize(
    ("path", "share"),
    [
        (r"\\serveur\profs\exports", True),
        (r"\\?\UNC\serveur\profs\exports", True),
        ("//serveur/profs/exports", True),
        (r"C:\Users\prof\Downloads", False),
        (r"\\?\C:\Users\prof\Downloads", False),
        (r"Downloads", False),
    ],
)
def test_unc_paths(path: str, share: bool) -> None:
    assert bool(computer_of(path)) is share


@pytest.mark.skipif(
    not Path("/proc/self/mountinfo").exists(), reason="only Linux tells what is mounted where"
)
def test_the_answer_for_a_real_folder_and_for_one_not_there_yet(tmp_path: Path) -> None:
    assert on_network(tmp_path) is on_network(tmp_path / "not" / "there")


linux = pytest.mark.skipif(sys.platform != "linux", reason="read leases are Linux's")


@linux
def test_a_writer_is_seen_as_long_as_it_is_open(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a")
    assert not writer_has_open(path)
    with path.open("a"):
        assert writer_has_open(path)
    with path.open():
        assert not writer_has_open(path)
    assert not writer_has_open(path)


@linux
def test_the_probe_follows_a_link_and_survives_what_is_no_file(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("of other systems")
    path = tmp_path / "x.csv"
    path.write_text("a")
    (tmp_path / "link.csv").symlink_to(path)
    with path.open("a"):
        assert writer_has_open(tmp_path / "link.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("pipe.csv", "gone.csv", ""):
        assert not writer_has_open(tmp_path / name)


@linux
def test_a_writer_that_comes_while_the_probe_holds_its_lease_does_not_kill_us(tmp_path: Path) -> None:
    """The kernel tells the holder of a lease of a conflict by a signal, whose default ends the process."""
    path = tmp_path / "x.csv"
    path.write_text("a")
    code = """if True:
        import fcntl, os, sys
        from pathlib import Path
        from pixsession.watching.filesystems import writer_has_open

        real = fcntl.fcntl

        def come_then(descriptor, command, argument):
            answer = real(descriptor, command, argument)
            if (command, argument) == (fcntl.F_SETLEASE, fcntl.F_RDLCK):
                try:
                    os.open(sys.argv[1], os.O_WRONLY | os.O_NONBLOCK)
                except BlockingIOError:
                    print("a conflict")
            return answer

        fcntl.fcntl = come_then
        print(writer_has_open(Path(sys.argv[1])))
        """
    probe = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    assert (probe.stdout.split("\n"), probe.returncode) == (["a conflict", "False", ""], 0)
