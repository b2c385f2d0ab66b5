"""The command line `cchc`: its way in, its options and JSON; the verbs stand in `verbs`."""

from cchc_desk.console.command_line import main as main
