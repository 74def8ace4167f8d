"""Finds the script's own frames among those of torch and of the probe."""

import sys

from . import FOLDER

_start = None
_torch_folder = None
_belongs_to_torch = {}


def learn_start(name):
    """Remembers the start script by the name that it was run with."""
    global _start
    _start = name


def learn_torch(folder):
    """Remembers where torch is, so that its frames can be told from the script's."""
    global _torch_folder
    _torch_folder = folder


def is_probe(code):
    """Whether code belongs to the probe."""
    return code.co_filename.startswith(FOLDER) or code.co_filename == _start


def is_machinery(code):
    """Whether code belongs to torch, to the probe or to Python's own import system."""
    known = _belongs_to_torch.get(code)
    if known is None:
        name = code.co_filename
        known = is_probe(code) or name.startswith("<frozen") or bool(_torch_folder and name.startswith(_torch_folder))
        _belongs_to_torch[code] = known
    return known


def script_frame(frame=None):
    """The innermost frame that is neither torch's nor the probe's; None where there is none."""
    frame = frame or sys._getframe(1)
    while frame is not None and is_machinery(frame.f_code):
        frame = frame.f_back
    return frame


def script_frames(frame=None):
    """The frames of the script's own code, innermost first."""
    frame = frame or sys._getframe(1)
    while frame is not None:
        if not is_machinery(frame.f_code):
            yield frame
        frame = frame.f_back


def place(frame):
    """A frame's place, ``/home/me/train.py:42``; None without a frame."""
    return None if frame is None else "%s:%d" % (frame.f_code.co_filename, frame.f_lineno)


def is_in_step(optimizer):
    """Whether an optimizer's step runs in this thread."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name == "step" and frame.f_locals.get("self") is optimizer:
            return True
        frame = frame.f_back
    return False
