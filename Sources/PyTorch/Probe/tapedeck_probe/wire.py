"""Messages over a socket: a JSON header and raw little-endian arrays, with bounded lengths."""

import collections
import json
import select
import struct
import threading

#: The greatest header, in bytes.
MAX_HEADER = 16 << 20
#: The greatest payload, in bytes.
MAX_PAYLOAD = 1 << 30
#: What may wait for a host that does not read, in bytes; beyond it, messages that can be spared are left out.
MAX_WAITING = 64 << 20

#: Payloads up to this many bytes are sent in one piece.
_JOINED = 1 << 16

_LENGTHS = struct.Struct("<IQ")


class Closed(Exception):
    """The host has closed its end, or what it sent is no message."""


class Wire:
    """One end of the connection. Sending never waits while the script runs; receiving waits only when asked to.

    Control-C may interrupt between any two lines. So that no byte is lost or sent twice, what the socket returns is put
    where it is counted by one call that is not interrupted: ``list.extend``.
    """

    def __init__(self, sock):
        self.sock = sock
        sock.setblocking(False)
        self.left_out = 0
        self._outgoing = collections.deque()  # (its first byte's place in all that is sent, piece)
        self._sent = [0]  # their sum is how many bytes the socket has taken
        self._lock = threading.RLock()  # of what goes out: a script may train in several threads
        self._received = []
        self._incoming = b""
        self._poller = select.poll()
        self._poller.register(sock, select.POLLIN)

    def fileno(self):
        """The socket's file descriptor."""
        return self.sock.fileno()

    def send(self, header, arrays=(), can_be_spared=False):
        """Sends a message; ``arrays`` holds (name, type, count, bytes)."""
        if arrays:
            header = dict(header, arrays=[[name, kind, count] for name, kind, count, _ in arrays])
        text = json.dumps(header, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")
        payload = sum(len(data) for _, _, _, data in arrays)
        if len(text) > MAX_HEADER or payload > MAX_PAYLOAD:
            raise ValueError("a message of type %s is too long" % header.get("type"))
        parts = [_LENGTHS.pack(len(text), payload) + text] + [data for _, _, _, data in arrays]
        # Each piece is a call of the system's, and wakes the host.
        parts = [b"".join(parts)] if payload <= _JOINED else parts
        with self._lock:
            self._put(parts, can_be_spared)
            self._push()

    def _put(self, parts, can_be_spared):
        place = self._outgoing[-1][0] + len(self._outgoing[-1][1]) if self._outgoing else sum(self._sent)
        if can_be_spared and place - sum(self._sent) > MAX_WAITING:
            self.left_out += 1
            return
        pieces = []
        for piece in parts:
            if piece:
                pieces.append((place, memoryview(piece)))
                place += len(piece)
        self._outgoing.extend(pieces)

    def flush(self, seconds):
        """Waits until everything is sent, ``seconds`` at most."""
        while self._outgoing:
            if not select.select([], [self.sock], [], seconds)[1]:
                return
            self._push()

    def receive(self, waits, seconds=None):
        """The next message of the host; None where there is none yet and ``waits`` is false, or ``seconds`` have passed."""
        while True:
            message = self._parse()
            if message is not None:
                return message
            if not waits and not self._outgoing and not self._poller.poll(0):
                return None
            writers = [self.sock] if self._outgoing else []
            readable, writable, _ = select.select([self.sock], writers, [], seconds if waits else 0)
            if writable:
                self._push()
            if readable:
                self._pull()
            elif not waits or seconds is not None and not writable:
                return None

    def close(self):
        """Closes this process's end."""
        self.sock.close()

    def _push(self):
        try:
            with self._lock:
                while self._outgoing:
                    place, piece = self._outgoing[0]
                    done = sum(self._sent) - place
                    if done < len(piece):
                        self._sent.extend(map(self.sock.send, (piece[done:],)))
                    else:
                        self._outgoing.popleft()
                        self._sent = [sum(self._sent)]
        except BlockingIOError:
            return
        except OSError:
            # Reading finds the closed end, where it is dealt with.
            self._outgoing.clear()

    def _pull(self):
        try:
            self._received.extend(map(self.sock.recv, (1 << 20,)))
        except BlockingIOError:
            return
        except OSError as error:
            raise Closed(str(error))
        if not self._received[-1]:
            raise Closed("the host is gone")

    def _parse(self):
        if self._received:
            self._incoming, self._received = b"".join([self._incoming, *self._received]), []
        if len(self._incoming) < _LENGTHS.size:
            return None
        header_length, payload_length = _LENGTHS.unpack_from(self._incoming)
        if header_length > MAX_HEADER or payload_length != 0:
            raise Closed("the host sent what is no message")
        end = _LENGTHS.size + header_length
        if len(self._incoming) < end:
            return None
        text = self._incoming[_LENGTHS.size : end]
        self._incoming = self._incoming[end:]
        try:
            message = json.loads(text)
        except ValueError as error:
            raise Closed("the host sent what is no message: %s" % error)
        if not isinstance(message, dict):
            raise Closed("the host sent what is no message")
        return message
