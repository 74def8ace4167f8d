"""Starts a script with the probe: ``python3 start.py SCRIPT [ARGUMENTS…]`` or ``python3 start.py -m MODULE [ARGUMENTS…]``."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tapedeck_probe import launch  # noqa: E402

del sys.path[0]
launch.main()
