"""Starts the probe in the scripts that a launcher starts, such as torchrun's.

Tapedeck puts this folder first on PYTHONPATH of the launcher. Python runs this file in each process before anything else,
and from here the ``sitecustomize`` that it would have run otherwise.
"""

import importlib
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
#: Programs that start scripts and are none themselves, by the name of their file or module.
_LAUNCHERS = ("torch.distributed.run", "torch.distributed.launch", "accelerate.commands", "deepspeed.launcher", "lightning", "pip")


def _forget_this_folder():
    """Takes the folder out of the places for modules, so that the user's own ``sitecustomize`` is found."""
    sys.path[:] = [path for path in sys.path if os.path.abspath(path or os.curdir) != _HERE]


def _run_the_next():
    """Runs the ``sitecustomize`` that this one stands before."""
    mine = sys.modules.pop("sitecustomize", None)
    try:
        importlib.import_module("sitecustomize")
    except ImportError as error:
        if error.name != "sitecustomize":
            raise
        # Python expects to find the module that it has just run.
        sys.modules["sitecustomize"] = mine


def _main(line):
    """The script or module in Python's command line; None for commands and for a prompt."""
    words = iter(line[1:])
    for word in words:
        if word in ("-W", "-X", "--check-hash-based-pycs"):
            next(words, None)
        elif word.startswith("-") and not word.startswith("--") and word[-1] in "cm" and word != "-":
            return next(words, None) if word[-1] == "m" else None
        elif not word.startswith("-"):
            return word
    return None


def _is_script():
    """Whether this process runs a script that trains, as far as can be told before it begins."""
    main = _main(getattr(sys, "orig_argv", None) or _command_line())
    if main is None or "--multiprocessing-fork" in sys.argv:
        return False
    if "RANK" in os.environ or "LOCAL_RANK" in os.environ:
        return True
    tools = (os.path.dirname(sys.executable), os.path.join(sys.prefix, "bin"))
    if os.path.dirname(os.path.abspath(main)) in tools:
        return False
    return not any(main == name or main.startswith(name + ".") for name in _LAUNCHERS)


def _command_line():
    with open("/proc/self/cmdline", "rb") as file:
        return [word.decode("utf-8", "replace") for word in file.read().split(b"\0")[:-1]]


def _start_the_probe():
    kept = {name: os.environ.get(name) for name in ("TAPEDECK_PROBE_SOCKET", "PYTHONPATH")}
    path = kept["PYTHONPATH"] or ""
    if path == _HERE:
        del os.environ["PYTHONPATH"]
    elif path.startswith(_HERE + os.pathsep):
        os.environ["PYTHONPATH"] = path[len(_HERE) + 1 :]
    sys.path.insert(0, os.path.dirname(_HERE))
    try:
        from tapedeck_probe import launch
    finally:
        del sys.path[0]
    launch.join()
    if "RANK" not in os.environ and "LOCAL_RANK" not in os.environ:
        # It may start the other ranks itself.
        os.environ.update({name: value for name, value in kept.items() if value is not None})


_forget_this_folder()
_run_the_next()
if os.environ.get("TAPEDECK_PROBE_SOCKET") and _is_script():
    _start_the_probe()
