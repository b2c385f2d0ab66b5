"""The command line `cchc`: one module per subject of verbs."""

from cchc_desk.console.command_line import main as main
