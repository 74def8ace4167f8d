"""Runs scripts in forks of one process that has torch, so that a test need not import it again for each.

It reads requests on a Unix socket whose file descriptor is its argument: a JSON object with the arguments and the
folder, and beside it the descriptors for standard output and standard error and, where the probe runs, its socket. It
answers with the process's number, and later with how it ended.
"""

import importlib
import json
import os
import runpy
import socket
import sys
import types

import torch  # noqa: F401
import torch.utils.checkpoint  # noqa: F401


def warm_up():
    """Lets torch import what it imports late, which takes seconds."""
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], 0.1)
    optimizer.zero_grad()
    torch.manual_seed(0)
    if hasattr(torch, "_dynamo"):
        importlib.import_module("torch._dynamo")


def serve(connection):
    """Answers requests; returns in each fork with what it is to run."""
    while True:
        data, descriptors, _, _ = socket.recv_fds(connection, 1 << 16, 3)
        if not data:
            os._exit(0)
        request = json.loads(data)
        child = os.fork()
        if child == 0:
            connection.close()
            os.dup2(descriptors[0], 1)
            os.dup2(descriptors[1], 2)
            for used in descriptors[:2]:
                os.close(used)
            return request, descriptors[2] if len(descriptors) > 2 else None
        for used in descriptors:
            os.close(used)
        _, status = os.waitpid(child, 0)
        connection.sendall(json.dumps(os.waitstatus_to_exitcode(status)).encode() + b"\n")


def run(request, probe):
    """Runs a script, with the probe where there is a socket for it."""
    os.chdir(request["folder"])
    sys.modules["__main__"] = types.ModuleType("__main__")
    if probe is None:
        sys.argv = request["arguments"]
        sys.path[0] = os.path.abspath(os.path.dirname(sys.argv[0]))
        runpy.run_path(sys.argv[0], run_name="__main__")
        return
    os.environ["TAPEDECK_PROBE_FD"] = str(probe)
    sys.argv = [request["start"], *request["arguments"]]
    sys.path[0] = os.path.dirname(request["start"])
    with open(request["start"]) as file:
        exec(compile(file.read(), request["start"], "exec"), {"__name__": "__main__", "__file__": request["start"]})


if __name__ == "__main__":
    warm_up()
    run(*serve(socket.socket(fileno=int(sys.argv[1]))))
