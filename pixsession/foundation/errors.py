"""What can go wrong, in words a teacher can act on; nothing else is ever shown of an exception."""


class PixSessionError(Exception):
    """Base of every expected failure: `message` says what happened and what to do, `title` heads a dialog."""

    def __init__(self, message: str, title: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.title = title


class UnreadableExport(PixSessionError):
    """A file that is Pix's but cannot be read; `line` is the 1-based line of the file, None for the whole.

    `kind` is what the file was recognised as, a value of ExportKind; empty until it is recognised.
    """

    def __init__(self, message: str, line: int | None = None, kind: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.kind = kind


class NotPix(PixSessionError):
    """A file that is not an export of Pix: it is ignored, and listed as such."""


class FileHeld(PixSessionError):
    """A file that changed, vanished or was held by another program while it was read: try again later."""


class BadConfiguration(PixSessionError):
    """A settings file that cannot be used; the message names the file, the line and the key."""


class ConfigurationAway(BadConfiguration):
    """A settings file that is not there now, or that its disk does not give: it may be a moment later."""


class FolderUnusable(PixSessionError):
    """A watched folder that does not exist, is not a folder or may not be read."""
