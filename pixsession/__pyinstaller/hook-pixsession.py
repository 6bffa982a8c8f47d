"""Files that are read as resources, and modules that are imported by their name when they are needed."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

datas = collect_data_files("pixsession")
hiddenimports = collect_submodules("pixsession")
