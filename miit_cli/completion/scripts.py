"""The scripts that make the shells ask at TAB, and where each shell finds its own.

They speak the protocol of Typer (``shells``), but are not Typer's: its zsh script answers only the second
TAB, its fish script asks twice, and its bash script offers files where none can stand.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from miit_cli.errors import InputError, UsageError

BASH = r"""
_miit_completion() {
    local IFS=$'\n'
    COMPREPLY=( $( env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" \
        _MIIT_COMPLETE=complete_bash "$1" 2>/dev/null ) ) || compopt -o default 2>/dev/null
}

complete -F _miit_completion miit
"""

ZSH = r"""#compdef miit

_miit() {
  eval $(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" _MIIT_COMPLETE=complete_zsh miit 2>/dev/null)
}

if [ "$funcstack[1]" = "_miit" ]; then
  _miit "$@"
else
  compdef _miit miit
fi
"""

FISH = r"""
function _miit_completion
    set -l offers (env _MIIT_COMPLETE=complete_fish _TYPER_COMPLETE_ARGS=(commandline -cp) miit 2>/dev/null)
    if test $status -eq 1
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $offers
    end
end

complete --command miit --no-files --arguments "(_miit_completion)"
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
ZSHRC = "fpath+=~/.zfunc; autoload -Uz compinit; compinit"


def detected() -> str:
    """The shell that this process was started from, else the user's login shell."""
    import shellingham

    try:
        name: str = shellingham.detect_shell()[0]
    except (shellingham.ShellDetectionFailure, RuntimeError, OSError):
        name = os.path.basename(os.environ.get("SHELL", ""))
    return name


def script(shell: str) -> str:
    """The script of a shell. Raises UsageError for a shell that has none."""
    if shell not in SCRIPTS:
        known = " or ".join(f"`miit --install-completion {name}`" for name in SCRIPTS)
        told = f"there is no completion for the shell {shell!r}" if shell else "this shell is not known"
        raise UsageError(f"{told}; write {known}")
    return SCRIPTS[shell].lstrip("\n")


def install(shell: str, environ: Mapping[str, str] = os.environ) -> str:
    """Put the script of a shell where it finds it; what to say of that. Raises UsageError, InputError."""
    from miit_cli.output.sink import write_file

    text = script(shell)
    home = Path.home()
    match shell:
        case "bash":
            path = home / ".bash_completions" / "miit.sh"
            _ensure(home / ".bashrc", f"source '{path}'")
        case "zsh":
            path = home / ".zfunc" / "_miit"
            _ensure(Path(environ.get("ZDOTDIR") or home) / ".zshrc", ZSHRC)
        case _:
            path = Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "fish/completions/miit.fish"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{path.parent}: {error.strerror}; `miit --show-completion {shell}` shows the script"
        ) from error
    write_file([text.encode()], str(path))
    return f"completion for {shell} is in {path}; it works in every shell that you start from now on\n"


def _ensure(path: Path, line: str) -> None:
    """Let a start-up file have a line, once."""
    from miit_cli.output.sink import write_file

    try:
        there = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror}; let it be read, or add this line to it: {line}"
        ) from error
    if line.encode() not in there.splitlines():
        between = b"" if not there or there.endswith(b"\n") else b"\n"
        write_file([there, between, line.encode(), b"\n"], str(path))
