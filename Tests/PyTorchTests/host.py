"""A small host for the probe's tests: it starts a script with the probe, sends commands, and reads messages."""

import array
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
START = os.path.join(os.path.dirname(os.path.dirname(HERE)), "Sources", "PyTorch", "Probe", "start.py")
SCRIPTS = os.path.join(HERE, "Scripts")
_LENGTHS = struct.Struct("<IQ")
_CODES = {"f32": "f", "f64": "d", "i64": "q", "i32": "i", "i16": "h", "i8": "b", "u8": "B"}


def environment():
    """The environment of every script: one thread, a fixed hash seed, and no compiled files in the sources."""
    extra = {
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPYCACHEPREFIX": os.path.join(tempfile.gettempdir(), "tapedeck-pycache"),
        "PYTHONIOENCODING": "utf-8",
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TAPEDECK")}
    return {**kept, **extra}


class Message(dict):
    """A message of the probe: its header, and its arrays as lists of numbers."""

    def __init__(self, header, payload):
        super().__init__(header)
        self.arrays = {}
        place = 0
        for name, kind, count in header.get("arrays", ()):
            numbers = array.array(_CODES[kind])
            size = count * numbers.itemsize
            numbers.frombytes(payload[place : place + size])
            self.arrays[name] = numbers.tolist()
            place += size
        assert place == len(payload), "a payload longer than its arrays"


class Host:
    """A script that runs with the probe."""

    def __init__(self, arguments, folder=None, python=sys.executable, flags=(), nursery=None, extra=None, **settings):
        ours, theirs = socket.socketpair()
        self.socket = ours
        self.messages = []
        self._rest = b""
        theirs.set_inheritable(True)
        if nursery is not None:
            self.process = nursery.start([START, *arguments], folder or SCRIPTS, theirs)
        else:
            self.process = subprocess.Popen(
                [python, *flags, START, *arguments],
                cwd=folder or SCRIPTS,
                env={**environment(), **(extra or {}), "TAPEDECK_PROBE_FD": str(theirs.fileno())},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        theirs.close()
        self.output = [b"", b""]
        streams = (self.process.stdout, self.process.stderr)
        self._readers = [threading.Thread(target=self._collect, args=(place, stream)) for place, stream in enumerate(streams)]
        for reader in self._readers:
            reader.start()
        self.send(type="hello", protocol=1, **settings)

    def _collect(self, place, stream):
        for piece in iter(lambda: stream.read1(1 << 16), b""):
            self.output[place] += piece

    def send(self, **message):
        """Sends a command."""
        text = json.dumps(message).encode()
        try:
            self.socket.sendall(_LENGTHS.pack(len(text), 0) + text)
        except OSError:
            pass

    def receive(self, seconds=120):
        """The next message; None at the connection's end."""
        header_length, payload_length = _LENGTHS.unpack(self._bytes(12, seconds) or b"\0" * 12)
        if header_length == 0:
            return None
        header = json.loads(self._bytes(header_length, seconds))
        message = Message(header, self._bytes(payload_length, seconds) if payload_length else b"")
        self.messages.append(message)
        return message

    def _bytes(self, count, seconds):
        self.socket.settimeout(seconds)
        while len(self._rest) < count:
            try:
                piece = self.socket.recv(1 << 20)
            except ConnectionResetError:
                piece = b""
            if not piece:
                return None
            self._rest += piece
        result, self._rest = self._rest[:count], self._rest[count:]
        return result

    def until(self, kind, **wanted):
        """The next message of a kind, with these values in its header; None at the connection's end."""
        while True:
            message = self.receive()
            if message is None or message.get("type") == kind and all(message.get(key) == value for key, value in wanted.items()):
                return message

    def stop(self):
        """The next moment at which the run pauses; None at its end."""
        while True:
            message = self.until("moment")
            if message is None or message["status"] in ("paused", "halted", "ended"):
                return message

    def tensor(self, node, view="value", **request):
        """A tensor's message; None where it is refused."""
        self.send(type="tensor", id=node, node=node, view=view, **request)
        while True:
            message = self.receive()
            if message is None or message.get("type") == "refused":
                return None
            if message.get("type") == "tensor" and message.get("id") == node:
                return message

    def end(self):
        """Reads to the end; the exit code, standard output and standard error."""
        while self.receive() is not None:
            pass
        self.process.wait(timeout=120)
        for reader in self._readers:
            reader.join()
        self.socket.close()
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()
        return self.process.returncode, *self.output

    def of_type(self, kind):
        """The messages of a kind that have come."""
        return [message for message in self.messages if message.get("type") == kind]


class Nursery:
    """A process that has torch, and forks for each script."""

    def __init__(self, python=sys.executable):
        self.socket, theirs = socket.socketpair()
        theirs.set_inheritable(True)
        self.process = subprocess.Popen(
            [python, os.path.join(HERE, "nursery.py"), str(theirs.fileno())],
            env=environment(),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
        )
        theirs.close()

    def start(self, arguments, folder, probe=None):
        """Starts a script; with ``probe`` the first argument is the probe's start script."""
        request = {"folder": folder, "arguments": arguments}
        if probe is not None:
            request = {"folder": folder, "start": os.path.abspath(arguments[0]), "arguments": arguments[1:]}
        ends = [os.pipe(), os.pipe()]
        descriptors = [write for _, write in ends] + ([probe.fileno()] if probe is not None else [])
        socket.send_fds(self.socket, [json.dumps(request).encode()], descriptors)
        for _, write in ends:
            os.close(write)
        return _Forked(self.socket, *(open(read, "rb") for read, _ in ends))

    def alone(self, arguments, folder=SCRIPTS):
        """A script without the probe: its exit code, standard output and standard error."""
        process = self.start(arguments, folder)
        output = [process.stdout.read(), process.stderr.read()]
        process.wait()
        process.stdout.close()
        process.stderr.close()
        return process.returncode, *output

    def close(self):
        """Ends the process."""
        self.socket.close()
        self.process.wait()


class _Forked:
    """A script that the nursery runs; only one runs at a time."""

    def __init__(self, connection, stdout, stderr):
        self.stdout, self.stderr = stdout, stderr
        self._socket = connection
        self.returncode = None

    def wait(self, timeout=120):
        """Waits for the script's end."""
        self._socket.settimeout(timeout)
        self.returncode = json.loads(self._socket.recv(64))
        return self.returncode


def alone(arguments, folder=None, python=sys.executable, flags=()):
    """The script without the probe: its exit code, standard output and standard error."""
    done = subprocess.run(
        [python, *flags, *arguments], cwd=folder or SCRIPTS, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=120
    )
    return done.returncode, done.stdout, done.stderr
