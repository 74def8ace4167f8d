"""The connection with the host, from before torch is imported until the process ends."""

import os
import platform
import select
import signal
import sys
import time
import traceback

from . import PROTOCOL
from .frames import is_machinery, learn_torch
from .output_marks import OutputMarks
from .tracebacks import cleaned
from .wire import Closed

#: How long the host has to answer the probe's first message, in seconds.
_PATIENCE = 10
#: How many frames of an error are told.
_MOST_FRAMES = 200


_NO_INPUT = (
    "Nothing can be typed into a script that runs on a screen: input() and pdb find the end of standard input. "
    "With --headless it is the script's own."
)


class Session:
    """What the probe and its host say to each other. It steps aside where anything goes wrong."""

    def __init__(self, wire):
        self.wire = wire
        self.settings = {}
        self.deck = None
        self.is_aside = False
        self._process = os.getpid()
        self._exit_code = 0
        self._failed_node = None
        self._send_last = None
        self._marks = None
        os.register_at_fork(after_in_child=self._forked)

    def shake_hands(self, arguments):
        """Tells who this is, and waits for the host's settings; false where the two do not fit."""
        ranks = {key: os.environ.get(key) for key in ("RANK", "LOCAL_RANK", "WORLD_SIZE")}
        self.wire.send(
            {
                "type": "hello",
                "protocol": PROTOCOL,
                "python": platform.python_version(),
                "interpreter": sys.executable,
                "process": os.getpid(),
                "folder": os.getcwd(),
                "arguments": arguments,
                "rank": _whole(ranks["RANK"]),
                "localRank": _whole(ranks["LOCAL_RANK"]),
                "worldSize": _whole(ranks["WORLD_SIZE"]),
            }
        )
        until = time.monotonic() + _PATIENCE
        try:
            while time.monotonic() < until:
                select.select([self.wire], [], [], max(0, until - time.monotonic()))
                message = self.wire.receive(waits=False)
                if message is not None:
                    return self._begin(message)
        except Closed:
            pass
        self._step_aside()
        return False

    def torch_imported(self):
        """Begins to watch, as soon as the script has imported torch."""
        if self.is_aside:
            return
        try:
            torch = sys.modules["torch"]
            learn_torch(os.path.dirname(torch.__file__) + os.sep)
            from . import failure, whole
            from .deck import Deck
            from .patches import Patches

            self._failed_node = failure.failed_node
            self._send_last = whole.send_last

            self.wire.send({"type": "torch", "version": str(torch.__version__)})
            self.deck = Deck(self)
            self.deck.patches = Patches(self.deck)
            self.deck.patches.install()
        except Exception:
            self.trouble()

    def trouble(self):
        """Tells the host of an error of the probe's own, once, and steps aside."""
        if self.is_aside:
            return
        try:
            self.wire.send({"type": "trouble", "text": str(sys.exc_info()[1])[:1000], "traceback": traceback.format_exc()[:20000]})
            self.wire.flush(0.5)
        except Exception:
            pass
        self._step_aside()

    def host_is_gone(self):
        """Ends or frees the script, as the host has said it should."""
        self._step_aside()
        if self.settings.get("onExit", "stop") == "continue":
            _spare_closed_pipes()
        else:
            os.kill(os.getpid(), signal.SIGINT)

    def leave(self, on_exit):
        """Does what the host asks for at its end: stops the script, or lets it go on alone."""
        self.settings["onExit"] = on_exit
        self.host_is_gone()

    # The script's end

    def script_exits(self, code):
        """Notes the exit code of ``sys.exit``."""
        self._exit_code = 0 if code is None else code if isinstance(code, int) else 1
        self._hold("exit")

    def script_ended(self):
        """The script's last line has run."""
        if os.getpid() == self._process and not self._exit_code:
            self._hold("end")

    def script_failed(self, error):
        """The script ends with an error; its frames are still there."""
        self._exit_code = 130 if isinstance(error, KeyboardInterrupt) else 1
        if self.is_aside:
            return
        try:
            # Nothing may be imported here: it would change how Python ends after KeyboardInterrupt.
            node = self._failed_node(self.deck, error) if self.deck is not None else {}
            if self.deck is not None:
                self.deck.flush()
            self.wire.send({"type": "exception", **_description(error), **node})
            if type(error).__name__ in ("EOFError", "BdbQuit") and _has_no_input():
                self.wire.send({"type": "event", "kind": "warning", "step": getattr(self.deck, "step", 0), "text": _NO_INPUT})
            if self._send_last is not None and not isinstance(error, KeyboardInterrupt):
                self._send_last(self.deck)
        except Exception:
            self.trouble()

    def failure_reported(self):
        """The error's traceback is printed; what the node was given can be looked at."""
        if self._exit_code != 130:
            self._hold("error")

    def process_ends(self):
        """The last that Python does: everything is sent."""
        if self.is_aside or os.getpid() != self._process:
            return
        try:
            if self.deck is not None:
                self.deck.evaluation.script_ends()
                self.deck.flush()
                self._send_state()
            self.wire.send({"type": "ended", "code": self._exit_code})
            self.wire.flush(2)
        except Exception:
            pass
        self._step_aside()

    def _send_state(self):
        try:
            self.deck.scalars.send()
            self.deck.final_state.send()
        except Exception:
            # Memory that a library has taken back is no trouble: the recording ends without it.
            pass

    def _begin(self, message):
        if message.get("type") != "hello" or message.get("protocol") != PROTOCOL:
            self._step_aside()
            return False
        self.settings = message
        if message.get("lineBuffered"):
            for stream in (sys.stdout, sys.stderr):
                if hasattr(stream, "reconfigure"):
                    stream.reconfigure(line_buffering=True)
        token = message.get("outputMark")
        if isinstance(token, str) and token.isalnum() and token.isascii():
            self._marks = OutputMarks(token, self._output_step)
        return True

    def _output_step(self):
        """The step that what is printed now belongs to; 0 before the first."""
        return self.deck.output_step if self.deck is not None else 0

    def _hold(self, reason):
        """Keeps the process at its end for as long as the host wants to look at what the script has computed."""
        if self.is_aside or self.deck is None or reason not in self.settings.get("holdAt", ()):
            return
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                pass
        # The host may end the process from here.
        self._send_state()
        try:
            self.deck.stops.hold(reason)
        except Exception:
            self.trouble()

    def _step_aside(self):
        self.is_aside = True
        if self._marks is not None:
            self._marks.remove()
        if self.deck is not None:
            self.deck.step_aside()
        self.wire.close()

    def _forked(self):
        """A process that forks off is not watched: it must neither speak to the host nor keep the socket open."""
        self.is_aside = True
        if self._marks is not None:
            self._marks.remove()
        if self.deck is not None:
            self.deck.step_aside()
        self.wire.close()


def _description(error):
    """An error in words, without the probe's frames."""
    head = cleaned(error, error.__traceback__)
    frames = list(traceback.walk_tb(head))[-_MOST_FRAMES:]
    return {
        "class": type(error).__name__,
        "text": str(error)[:4000],
        "traceback": "".join(traceback.format_exception(type(error), error, head))[-100_000:],
        "frames": [
            {
                "file": frame.f_code.co_filename,
                "line": line,
                "function": frame.f_code.co_name,
                "isScript": not is_machinery(frame.f_code),
            }
            for frame, line in frames
        ],
    }


def _whole(text):
    try:
        return int(text)
    except (TypeError, ValueError):
        return None


def _spare_closed_pipes():
    """Lets output go nowhere where it went to the host, so that the script does not fail by printing."""
    for number in (1, 2):
        poll = select.poll()
        poll.register(number, 0)
        if any(event & (select.POLLERR | select.POLLNVAL) for _, event in poll.poll(0)):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)


def _has_no_input():
    """Whether standard input is where nothing comes from."""
    try:
        return os.path.samestat(os.fstat(0), os.stat(os.devnull))
    except OSError:
        return False
