"""Marks the lines that the script prints with the step they belong to, for a host that takes the marks out again."""

import io
import os
import sys


class OutputMarks:
    """Marks standard output and standard error, as far as Python writes to them and they lead to the host.

    A mark travels within the text, in one write with it: so it is where it belongs however the streams are buffered, and
    a script that prints nothing pays nothing.
    """

    def __init__(self, token, step):
        self._begin = "\x1b]%s;" % token
        self._step = step
        self._streams = []
        for stream in (sys.stdout, sys.stderr):
            self._mark(stream)

    def remove(self):
        """Lets the streams be as they were."""
        streams, self._streams = self._streams, []
        for stream in streams:
            stream.__dict__.pop("write", None)

    def _mark(self, stream):
        if type(stream) is not io.TextIOWrapper or "write" in stream.__dict__:
            return
        try:
            number = stream.fileno()
            target = _target(number)
            if self._begin.encode(stream.encoding) != self._begin.encode("ascii"):
                return
        except (OSError, ValueError, LookupError):
            return
        original = stream.write
        begins, last = True, None  # whether a line begins, and the step of the last mark

        def write(text, /):
            nonlocal begins, last
            try:
                # ``print`` writes each of its parts; a progress bar begins its line again.
                if not (begins or "\n" in text or text[:1] == "\r"):
                    return original(text)
                step = self._step()
                if not begins and step == last and text == "\n":
                    begins = True
                    return original(text)
                # A script may lead its streams elsewhere.
                if not text or _target(number) != target:
                    return original(text)
                mark = "%s%d\a" % (self._begin, step)
                marked = text
                if "\n" in text[:-1]:
                    marked = text[:-1].replace("\n", "\n" + mark) + text[-1]
                if begins or step != last or text[0] == "\r":
                    marked = mark + marked
            except (TypeError, AttributeError, OSError):
                return original(text)
            try:
                original(marked)
            except UnicodeError:
                # It names the place of what cannot be encoded.
                return original(text)
            begins, last = text[-1] == "\n", step
            return len(text)

        stream.write = write
        self._streams.append(stream)


def _target(number):
    """What a descriptor leads to."""
    status = os.fstat(number)
    return status.st_dev, status.st_ino
