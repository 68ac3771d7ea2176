"""`%try` in a notebook: the worked examples of the functions in the cells that have run, below the cell.

    %load_ext autograder
    %try adam_step

It is `autograder try` for a notebook that is open, with the same child process, limits and words (see
`tryout`); saved or not makes no difference. IPython is never imported here: whoever loads it has it.
"""

from __future__ import annotations

from typing import Any

from .magic import COMMAND, Trying

__all__ = ["load", "unload"]


def load(shell: Any) -> None:
    """Give `%try`, `%%try` and the completion of their names to an IPython shell."""
    trying = Trying(shell)
    shell.register_magic_function(trying.run, "line_cell", COMMAND)
    for typed in (f"%{COMMAND}", f"%%{COMMAND}"):
        shell.set_hook("complete_command", trying.complete, str_key=typed)


def unload(shell: Any) -> None:
    """Take them away again."""
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop(COMMAND, None)
    for typed in (f"%{COMMAND}", f"%%{COMMAND}"):
        shell.strdispatchers["complete_command"].strs.pop(typed, None)
