"""Connects to the host and runs the script as ``__main__``, as Python does."""

import atexit
import io
import os
import runpy
import socket
import sys
from importlib.machinery import SourceFileLoader

from . import tracebacks
from .frames import learn_start
from .importing import ImportWatch
from .session import Session
from .wire import Wire

_USAGE = "usage: start.py SCRIPT [ARGUMENTS…] or start.py -m MODULE [ARGUMENTS…]"


def main():
    """Runs what the arguments name, watched where there is a host."""
    session = _connect(sys.argv[1:])
    if session is not None:
        _watch(session)
    _forget_start()
    try:
        _run(sys.argv[1:])
    except SystemExit as error:
        if session is not None:
            session.script_exits(error.code)
        raise
    except BaseException as error:
        _leave_to_python(session)
        raise
    if session is not None:
        session.script_ended()


def join():
    """Watches a script that another program has started and Python itself runs."""
    session = _connect(sys.argv)
    if session is None:
        return
    # What is registered first is called last: the script's own functions have run by then.
    _watch(session)
    atexit.register(session.script_ended)
    _leave_to_python(session)


def _watch(session):
    tracebacks.install()
    ImportWatch("torch", session.torch_imported).install()
    atexit.register(session.process_ends)


def _forget_start():
    """Takes the start script out of the command line that Python remembers, and out of tracebacks."""
    line = getattr(sys, "orig_argv", [])
    learn_start(sys.argv[0])
    if sys.argv[0] in line:
        line.remove(sys.argv[0])


def _connect(arguments):
    """The session with the host that the environment names; None without one, and then the script runs alone."""
    number = os.environ.pop("TAPEDECK_PROBE_FD", None)
    # The launcher of several processes hands the path to each of them; none of them hands it on.
    path = os.environ.pop("TAPEDECK_PROBE_SOCKET", None)
    try:
        if number is not None:
            connection = socket.socket(fileno=int(number))
            connection.set_inheritable(False)
        elif path is not None:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.connect(path)
        else:
            return None
    except (OSError, ValueError):
        return None
    session = Session(Wire(connection))
    return session if session.shake_hands(arguments) else None


def _run(arguments):
    if not arguments:
        sys.exit(_USAGE)
    namespace = _fresh_main()
    if arguments[0] == "-m":
        if len(arguments) < 2:
            sys.exit(_USAGE)
        sys.argv[:] = ["-m"] + arguments[2:]
        _set_first_path(os.getcwd())
        runpy._run_module_as_main(arguments[1])
        return
    path = arguments[0]
    sys.argv[:] = arguments
    if os.path.isdir(path) or not _is_readable(path):
        _run_folder(path)
        return
    _set_first_path(os.path.dirname(os.path.realpath(path)))
    name = os.path.abspath(path)
    namespace.update(__file__=name, __loader__=SourceFileLoader("__main__", name), __cached__=None)
    with io.open_code(name) as file:
        source = file.read()
    exec(compile(source, name, "exec", dont_inherit=True), namespace)


def _is_readable(path):
    try:
        with io.open_code(os.path.abspath(path)) as file:
            return file.read(2) != b"PK"
    except OSError:
        return False


def _run_folder(path):
    """Runs a folder or a zip file with a ``__main__``; of what is neither, says what Python says."""
    if not os.path.exists(path):
        name = os.path.abspath(path)
        sys.stderr.write("%s: can't open file %r: [Errno 2] No such file or directory\n" % (sys.executable, name))
        sys.exit(2)
    _set_first_path(path)
    runpy._run_module_as_main("__main__", False)


def _set_first_path(path):
    """Python's first place for modules, which names the probe's own folder until now."""
    if not getattr(sys.flags, "safe_path", False):
        sys.path[0] = path


def _fresh_main():
    """The names of ``__main__`` as they are before a script's first line."""
    namespace = sys.modules["__main__"].__dict__
    usual = ("__name__", "__doc__", "__package__", "__loader__", "__spec__", "__annotations__", "__builtins__")
    for name in [name for name in namespace if name not in usual]:
        del namespace[name]
    namespace["__doc__"] = None
    if "__annotations__" in namespace:
        namespace["__annotations__"] = {}
    return namespace


def _leave_to_python(session):
    """Lets Python itself report an error that ends the script and choose the exit code, only without the probe's frames."""
    hook = sys.excepthook

    def report(kind, value, traceback):
        sys.excepthook = hook
        if session is not None:
            session.script_failed(value)
        traceback = tracebacks.cleaned(value, traceback)
        sys.last_traceback = traceback
        hook(kind, value, traceback)
        if session is not None:
            session.failure_reported()

    sys.excepthook = report
