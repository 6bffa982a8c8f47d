"""From bytes to rows: files are recognised by their header, and what is not known is refused in words."""

from pixsession.readers.export import Contents, Export, ExportedCampaign, ExportKind, FileDescription
from pixsession.readers.files import export_of, read_export

__all__ = [
    "Contents",
    "Export",
    "ExportKind",
    "ExportedCampaign",
    "FileDescription",
    "export_of",
    "read_export",
]
