"""The examples for build servers fit what we have; `tests/test_docs.py` tries what else the pages say."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from autograder.cli import cli

ROOT = Path(__file__).parents[2]
TYPED = re.findall(
    r"^\s*- (autograder [a-z][^\n]*)", (ROOT / "docs" / "gitlab-ci.yml").read_text(), re.MULTILINE
)


def parse(words: list[str], command: click.Command = cli) -> None:
    """Parse as the command line would, without running anything; a wrong option raises."""
    if isinstance(command, click.Group):
        name, *rest = words
        parse(rest, command.commands[name])
    else:
        command.make_context(command.name, words)


@pytest.mark.parametrize("typed", TYPED)
def test_every_command_of_the_example_is_one(typed):
    parse(shlex.split(re.sub(r"\$\{[^}]*\}", "", typed))[1:])


def test_the_example_has_commands():
    assert TYPED


def test_the_workflow_on_the_page_calls_ours_with_inputs_and_secrets_it_has():
    (block,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "ci.md").read_text(), re.DOTALL)
    job = yaml.safe_load(block)["jobs"]["grade"]
    ours = yaml.safe_load((ROOT / job["uses"]).read_text())[True]["workflow_call"]  # YAML takes `on` for true
    needed = {
        name for kind in ("inputs", "secrets") for name, one in ours[kind].items() if one.get("required")
    }

    assert set(job["with"]) <= set(ours["inputs"])
    assert set(job["secrets"]) <= set(ours["secrets"])
    assert needed <= {*job["with"], *job["secrets"]}
