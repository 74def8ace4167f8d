"""A small launcher, as torchrun is one: it starts a script in two processes. Its argument is the script."""

import os
import socket
import subprocess
import sys

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
shared = {"WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
print("two scripts begin", flush=True)
ranks = [
    subprocess.Popen([sys.executable, *sys.argv[1:]], env={**os.environ, **shared, "RANK": str(rank), "LOCAL_RANK": str(rank)})
    for rank in range(2)
]
code = max(process.wait() for process in ranks)
print("all have ended", flush=True)
sys.exit(code)
