"""Files read as resources, modules imported by name when they are needed, versions that `doctor` says."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata

datas = collect_data_files("pixsession") + copy_metadata("pixsession", recursive=True)
hiddenimports = collect_submodules("pixsession")
