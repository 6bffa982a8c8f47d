"""What the system refuses, in the language in use: its own sentences are in English, or in its language."""

from __future__ import annotations

import errno

from pixsession.foundation.i18n import N_, _

_DISK_FULL = N_("the disk is full")
_NO_RIGHT = N_("the right to do it is missing")
_HELD = N_("another program holds it")
_NOT_GIVEN = N_("OneDrive does not give it: is it running, and connected?")

# Some of these names do not exist on every system, and a number may then be missing.
_CAUSES = {
    getattr(errno, name): words
    for name, words in (
        ("ENOENT", N_("it is not there, or its folder is not")),
        ("EACCES", _NO_RIGHT),
        ("EPERM", _NO_RIGHT),
        ("ENOSPC", _DISK_FULL),
        ("EDQUOT", N_("the space granted on this disk is used up")),
        ("EFBIG", N_("the file is too large for this disk")),
        ("ESPIPE", N_("it is a pipe, not a file")),
        ("EROFS", N_("this disk can be read, not written")),
        ("EIO", N_("the disk does not answer as it should: is it damaged, or unplugged?")),
        ("ENODEV", N_("the disk or the share is not there any more")),
        ("ENXIO", N_("the disk or the share is not there any more")),
        ("ESTALE", N_("the disk or the share is not there any more")),
        ("EBUSY", _HELD),
        ("ETXTBSY", _HELD),
        ("EAGAIN", _HELD),
        ("ENOLCK", N_("this disk or share cannot reserve a file")),
        ("ENAMETOOLONG", N_("the name is too long")),
        ("EINVAL", N_("the name or the request does not suit this disk")),
        ("EILSEQ", N_("the name has characters that this disk does not take")),
        ("ETIMEDOUT", N_("the network does not answer")),
        ("ENETUNREACH", N_("the network does not answer")),
        ("EHOSTUNREACH", N_("the network does not answer")),
        ("EHOSTDOWN", N_("the network does not answer")),
        ("ENOTCONN", N_("the network does not answer")),
        ("ECONNRESET", N_("the network does not answer")),
        ("ENOTDIR", N_("a part of the path is a file, not a folder")),
        ("EISDIR", N_("it is a folder, not a file")),
        ("ENOTEMPTY", N_("the folder is not empty")),
        ("EEXIST", N_("it is there already")),
        ("ELOOP", N_("the links lead round in a circle")),
        ("EXDEV", N_("it is on another disk")),
        ("EMFILE", N_("too many files are open: close some programs")),
        ("ENFILE", N_("too many files are open: close some programs")),
        ("ENOMEM", N_("the memory is full: close some programs")),
        ("EPIPE", N_("the program that was reading has ended")),
        ("EBADF", N_("it is closed already")),
        ("ENOTSUP", N_("this disk cannot do it")),
        ("ENOSYS", N_("this disk cannot do it")),
    )
    if hasattr(errno, name)
}  # fmt: skip
# Windows error codes are finer than the errno that Python maps them to.
_WINDOWS_CAUSES = {
    2: N_("it is not there, or its folder is not"),
    3: N_("it is not there, or its folder is not"),
    5: _NO_RIGHT,
    19: N_("this disk can be read, not written"),
    21: N_("the disk or the share is not there any more"),
    23: N_("the disk does not answer as it should: is it damaged, or unplugged?"),
    32: _HELD,
    33: _HELD,
    39: _DISK_FULL,
    53: N_("the network does not answer"),
    59: N_("the network does not answer"),
    64: N_("the network does not answer"),
    67: N_("the network does not answer"),
    112: _DISK_FULL,
    121: N_("the network does not answer"),
    123: N_("the name has characters that this disk does not take"),
    206: N_("the name is too long"),
    362: _NOT_GIVEN,
    388: _NOT_GIVEN,
    404: _NOT_GIVEN,
    426: _NOT_GIVEN,
    1224: _HELD,
}


def cause_words(error: OSError) -> str:
    """Why the system refused, as a part of a sentence without its full stop.

    A cause that is not in the list is given by its name (`EXDEV`), which can be searched for; never with the
    system's own sentence, nor with the path, which may hold a student's name.
    """
    windows = getattr(error, "winerror", None)
    known = _WINDOWS_CAUSES.get(windows or 0) or _CAUSES.get(error.errno or 0)
    if known is not None:
        return _(known)
    name = errno.errorcode.get(error.errno or 0) or (f"winerror {windows}" if windows else "I/O")
    return _("system error {name}").format(name=name)
