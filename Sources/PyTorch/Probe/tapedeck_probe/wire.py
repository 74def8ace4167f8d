"""Messages over a socket: a JSON header and raw little-endian arrays, with bounded lengths."""

import collections
import json
import select
import struct

#: The greatest header, in bytes.
MAX_HEADER = 16 << 20
#: The greatest payload, in bytes.
MAX_PAYLOAD = 1 << 30
#: What may wait for a host that does not read, in bytes; beyond it, messages that can be spared are left out.
MAX_WAITING = 64 << 20

_LENGTHS = struct.Struct("<IQ")


class Closed(Exception):
    """The host has closed its end, or what it sent is no message."""


class Wire:
    """One end of the connection. Sending never waits while the script runs; receiving waits only when asked to."""

    def __init__(self, sock):
        self.sock = sock
        sock.setblocking(False)
        self.left_out = 0
        self._outgoing = collections.deque()
        self._waiting = 0
        self._incoming = bytearray()

    def fileno(self):
        """The socket's file descriptor."""
        return self.sock.fileno()

    def send(self, header, arrays=(), can_be_spared=False):
        """Sends a message; ``arrays`` holds (name, type, count, bytes)."""
        if can_be_spared and self._waiting > MAX_WAITING:
            self.left_out += 1
            return
        if arrays:
            header = dict(header, arrays=[[name, kind, count] for name, kind, count, _ in arrays])
        text = json.dumps(header, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")
        payload = sum(len(data) for _, _, _, data in arrays)
        if len(text) > MAX_HEADER or payload > MAX_PAYLOAD:
            raise ValueError("a message of type %s is too long" % header.get("type"))
        for piece in [_LENGTHS.pack(len(text), payload) + text] + [data for _, _, _, data in arrays]:
            if piece:
                self._outgoing.append(memoryview(piece))
                self._waiting += len(piece)
        self._push()

    def flush(self, seconds):
        """Waits until everything is sent, ``seconds`` at most."""
        while self._outgoing:
            if not select.select([], [self.sock], [], seconds)[1]:
                return
            self._push()

    def receive(self, waits):
        """The next message of the host; None where there is none yet and ``waits`` is false."""
        while True:
            message = self._parse()
            if message is not None:
                return message
            writers = [self.sock] if self._outgoing else []
            readable, writable, _ = select.select([self.sock], writers, [], None if waits else 0)
            if writable:
                self._push()
            if readable:
                self._pull()
            elif not waits:
                return None

    def close(self):
        """Closes this process's end."""
        self.sock.close()

    def _push(self):
        try:
            while self._outgoing:
                piece = self._outgoing[0]
                sent = self.sock.send(piece)
                self._waiting -= sent
                if sent == len(piece):
                    self._outgoing.popleft()
                else:
                    self._outgoing[0] = piece[sent:]
        except BlockingIOError:
            return
        except OSError:
            # Reading finds the closed end, where it is dealt with.
            self._outgoing.clear()
            self._waiting = 0

    def _pull(self):
        try:
            data = self.sock.recv(1 << 20)
        except BlockingIOError:
            return
        except OSError as error:
            raise Closed(str(error))
        if not data:
            raise Closed("the host is gone")
        self._incoming += data

    def _parse(self):
        if len(self._incoming) < _LENGTHS.size:
            return None
        header_length, payload_length = _LENGTHS.unpack_from(self._incoming)
        if header_length > MAX_HEADER or payload_length != 0:
            raise Closed("the host sent what is no message")
        end = _LENGTHS.size + header_length
        if len(self._incoming) < end:
            return None
        text = bytes(self._incoming[_LENGTHS.size : end])
        del self._incoming[:end]
        try:
            message = json.loads(text)
        except ValueError as error:
            raise Closed("the host sent what is no message: %s" % error)
        if not isinstance(message, dict):
            raise Closed("the host sent what is no message")
        return message
