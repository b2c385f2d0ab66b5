"""The window: Qt, and nothing but Qt."""

import builtins

# PySide6 puts an import in Python's place that reads the source of every module loaded after it,
# to see whether one asks for `__feature__`. None here does, and the lines it keeps are 16 MB.
_python_import = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _python_import
