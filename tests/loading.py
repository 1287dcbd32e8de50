"""The scripts of `examples/` as modules, for their tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[1] / "examples"


def loaded(name: str) -> Any:
    """Return the module of a script, such as `fastapi/app.py`; it need not lie on the path."""
    module_name = f"example_{Path(name).stem}"
    spec = importlib.util.spec_from_file_location(module_name, EXAMPLES / name)
    assert spec
    assert spec.loader
    module = sys.modules[module_name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
