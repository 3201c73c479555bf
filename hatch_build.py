"""Puts an index of the built-in corpus into the wheel, so that the first question is as quick as the next."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PrebuiltIndex(BuildHookInterface):  # type: ignore[type-arg]
    """A wheel without it works as well: then the first question reads the corpus."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Read the corpus with the sources that go into the wheel."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        sys.dont_write_bytecode = True
        try:
            from miit_cli.index.ingest import prebuild
            from miit_cli.vocabulary import load

            self._folder = tempfile.TemporaryDirectory()
            path = os.path.join(self._folder.name, "index.sqlite")
            prebuild(path, load())
        except ImportError as error:
            self.app.display_warning(f"the wheel is built without an index of the corpus: {error}")
            return
        finally:
            sys.path.remove(self.root)
        build_data["force_include"][path] = "miit_cli/corpus/.index.sqlite"
