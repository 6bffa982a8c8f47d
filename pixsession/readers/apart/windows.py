"""The limits of a child on Windows: a job that ends with this program, and bounds time and memory."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_JOB_TIME, _PROCESS_MEMORY, _ENDS_WITH_US = 0x4, 0x100, 0x2000  # JOB_OBJECT_LIMIT_…
_TICKS = 10_000_000  # a second


class _Limits(ctypes.Structure):
    """What Windows calls JOBOBJECT_EXTENDED_LIMIT_INFORMATION, with its counters."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("most_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
        ("counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


class Job:
    """A job with one process in it; without effect where the system refuses, and on other systems."""

    def __init__(self, process: int) -> None:
        """`process`: the handle of what is to be held in it."""
        self._job: int | None = None
        if sys.platform == "win32":
            kernel = _kernel()
            self._job = kernel.CreateJobObjectW(None, None)
            kernel.AssignProcessToJobObject(self._job, process)

    def limit(self, seconds: float, memory: int) -> None:
        """Have the process end where it takes more: seconds of the processor from now, bytes in all."""
        if sys.platform == "win32":
            flags = _JOB_TIME | _PROCESS_MEMORY | _ENDS_WITH_US
            limits = _Limits(job_time=int(seconds * _TICKS), flags=flags, process_memory=memory)
            size = ctypes.sizeof(limits)
            _kernel().SetInformationJobObject(self._job, _EXTENDED_LIMITS, ctypes.byref(limits), size)

    def close(self) -> None:
        """Leave the job, which ends its process."""
        if sys.platform == "win32":
            _kernel().CloseHandle(self._job)


def _kernel() -> Any:
    if sys.platform != "win32":
        raise OSError
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    handle, pointer, word = ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32
    kernel.CreateJobObjectW.restype = handle
    kernel.CreateJobObjectW.argtypes = (pointer, ctypes.c_wchar_p)
    kernel.AssignProcessToJobObject.argtypes = (handle, handle)
    kernel.SetInformationJobObject.argtypes = (handle, ctypes.c_int, pointer, word)
    kernel.CloseHandle.argtypes = (handle,)
    return kernel
