"""Runs a PyTorch script unchanged and tells Tapedeck what happens in it. Protocol.md describes what is sent."""

import os

#: The version of the protocol; both sides must have the same.
PROTOCOL = 1

#: The folder of this package and its start script, as it stands in the names of code objects.
FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
