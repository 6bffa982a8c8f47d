"""Two instances of Syncthing that share one folder and know nobody else."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from .homes import PATIENCE

# Changes are looked for after a second, where ten are the default: the tests would take so much longer.
_CONFIG = """\
<configuration version="36">
  <folder id="seance" path="{folder}" type="sendreceive" rescanIntervalS="10" fsWatcherEnabled="true"
          fsWatcherDelayS="1">{members}</folder>
  {devices}
  <gui enabled="false"></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:{port}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled>
    <localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled>
    <natEnabled>false</natEnabled>
    <startBrowser>false</startBrowser>
    <reconnectionIntervalS>2</reconnectionIntervalS>
    <urAccepted>-1</urAccepted>
    <crashReportingEnabled>false</crashReportingEnabled>
    <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
  </options>
</configuration>
"""
_DEVICE = '<device id="{id}" name="{name}"><address>tcp://127.0.0.1:{port}</address></device>'


class Instance:
    """One Syncthing, which can be ended and started again."""

    def __init__(self, program: str, home: Path) -> None:
        self._program, self._home = program, home
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it finds the other by itself."""
        command = [self._program, "serve", f"--home={self._home}", "--no-browser", "--no-restart"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def stop(self) -> None:
        """End it, and wait for its end."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE)
            self._process = None


@contextmanager
def two_instances(
    folder: Path, program: str, ports: tuple[int, int]
) -> Iterator[tuple[tuple[Path, Path], Instance]]:
    """The folder of each, and the second instance; what is put into one folder has come to the other."""
    homes, folders = (folder / "sync0", folder / "sync1"), (folder / "copy0", folder / "copy1")
    ids = [_made(program, home) for home in homes]
    devices = "".join(
        _DEVICE.format(id=one, name=home.name, port=port)
        for one, home, port in zip(ids, homes, ports, strict=True)
    )
    members = "".join(f'<device id="{one}"></device>' for one in ids)
    with ExitStack() as stack:
        instances = []
        for home, copy, port in zip(homes, folders, ports, strict=True):
            copy.mkdir()
            config = _CONFIG.format(folder=copy, members=members, devices=devices, port=port)
            (home / "config.xml").write_text(config, encoding="utf-8")
            instances.append(instance := Instance(program, home))
            instance.start()
            stack.callback(instance.stop)
        (folders[0] / "first.txt").write_text("here", encoding="ascii")
        end = time.monotonic() + PATIENCE
        while not (folders[1] / "first.txt").exists():
            assert time.monotonic() < end, "the two instances did not find each other"
            time.sleep(0.1)
        yield folders, instances[1]


def _made(program: str, home: Path) -> str:
    """The identity of an instance, with its key in this folder."""
    for command in (["generate", f"--home={home}"], ["serve", f"--home={home}", "--device-id"]):
        done = subprocess.run([program, *command], capture_output=True, timeout=PATIENCE, check=True)
    return done.stdout.decode("ascii").strip()
