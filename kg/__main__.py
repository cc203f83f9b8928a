"""The `kg` command: runs the command line and turns the package's errors into exit codes."""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Sequence

import click

from kg.cli import cli
from kg.cli.terminal import plain
from kg.errors import KgError

BAD_INPUT = 2
FAULT = 70
INTERRUPTED = 130


def main() -> None:
    """Run the command line; never returns."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without UTF-8 must not end the run
    try:
        code = run()
    except Exception:  # noqa: BLE001 - Python's own exit code for it, 1, means a violated shape here
        traceback.print_exc()
        code = FAULT
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command line (default: the process's own), with its one line of error."""
    try:
        code = cli.main(arguments, prog_name="kg", standalone_mode=False)
    except KgError as error:
        return _fail(plain(str(error)), BAD_INPUT)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return BAD_INPUT
    except click.UsageError as error:
        hint = f" (see: {error.ctx.command_path} --help)" if error.ctx else ""
        return _fail(plain(error.format_message()) + hint, BAD_INPUT)
    except click.ClickException as error:
        return _fail(plain(error.format_message()), BAD_INPUT)
    except click.Abort:
        return _fail("interrupted; nothing was changed", INTERRUPTED)
    return code if isinstance(code, int) else 0


def _fail(message: str, code: int) -> int:
    click.echo(f"kg: error: {message}", err=True)
    return code


if __name__ == "__main__":
    main()
