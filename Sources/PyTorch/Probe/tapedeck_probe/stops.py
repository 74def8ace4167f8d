"""Where the run stops, and what it does while it is paused."""

import threading
import time

from . import commands
from .breakpoints import Moment
from .errands import Errand
from .gate import HELD, OPEN, OWN, Ticks, opens_soon
from .watch import Watch
from .wire import Closed

#: How long a host's command may wait while nodes run, and while steps do that are not watched, in seconds.
_NODE_POLL, _STEP_POLL = 0.005, 0.02
#: How long the host has to judge the facts of a step, in seconds.
_PATIENCE = 10


class Stops:
    """Stops the run at breakpoints and at the end of errands, and takes the host's commands."""

    def __init__(self, deck):
        self._deck = deck
        self._lock = threading.RLock()
        self._polled = 0.0

    def visited(self, watch, visit):
        """A node has run: answers the host, and stops where the run has to."""
        deck = self._deck
        if deck.is_aside:
            return
        self._poll_after(_NODE_POLL)
        if deck.gate is not None:
            deck.gate.visited(visit.number)
        hits = deck.breakpoints.hits(Moment(deck, watch, visit)) if deck.breakpoints.all else []
        node = watch.graph.nodes[visit.node] if visit.node is not None else None
        if hits or deck.errand.stops_at(deck.step, visit) or node is not None and deck.errand.stops_at_node(node):
            self.pause(watch, visit, hits)
        if deck.gate is not None:
            self.wait_for_others(watch, visit)

    def wait_for_others(self, watch, visit):
        """Waits where the other processes are not as far yet; longer than a moment is a pause, which the host is told of."""
        deck = self._deck

        def state():
            if deck.is_aside:
                return OPEN
            return deck.gate.at_step(deck.step + 1) if visit is None else deck.gate.at_visit(deck.step, visit.number)

        # A process that becomes the leader while it waits stays where it is.
        if state() == HELD and not opens_soon(state):
            self.pause(watch, visit, [], gate=state)

    def check_numbers(self, is_loss=False, is_gradients=False, is_start=False):
        """Checks the breakpoints on numbers where no node is at hand."""
        deck = self._deck
        if not deck.breakpoints.all or deck.is_aside:
            return
        watch = deck.watch if isinstance(deck.watch, Watch) else None
        moment = Moment(deck, watch, None, is_loss, is_gradients and watch is None, is_start)
        hits = deck.breakpoints.hits(moment)
        if hits:
            self.pause(watch, None, hits, phase="loss" if is_loss else "backward" if is_gradients else "batch")

    def pause(self, watch, visit, hits, phase="update", status="paused", reason=None, gate=None):
        """Waits, answers the host, and goes on when told to; with ``gate`` when that is open, whatever it is told."""
        deck = self._deck
        with self._lock:
            if deck.is_aside:
                return
            began = time.perf_counter()
            deck.flush()
            deck.errand = Errand()
            if deck.gate is not None:
                deck.gate.paused(True)
            try:
                deck.moments.send_moment(watch, visit, status, hits, phase, reason)
                self._take_commands(commands.Stop(watch, visit, phase), gate)
            except Closed:
                deck.session.host_is_gone()
            finally:
                # An interruption reaches the script from here.
                if deck.gate is not None:
                    deck.gate.paused(False)
                if not deck.is_aside:
                    deck.wire.send({"type": "status", "status": "running"})
            deck.times.was_paused(time.perf_counter() - began)
            if visit is None and phase in ("loss", "batch"):
                deck.watch_after_pause()

    def _take_commands(self, stop, gate):
        """Takes commands until one of them, or the gate, lets the run go on."""
        deck, ticks = self._deck, Ticks()
        while not deck.is_aside:
            state = OWN if gate is None else gate()
            if state == OPEN:
                return
            message = deck.wire.receive(waits=True, seconds=ticks.wait() if state == HELD else None)
            # Meanwhile this process may have become the one that leads.
            if message is not None and commands.handle(deck, message, stop) and (gate is None or gate() != HELD):
                return

    def wait_for_verdict(self):
        """Waits until the host has judged the facts of the step that ends, which it may stop for what it finds in them."""
        deck = self._deck
        # Where another thread is paused, the host's messages are for that one.
        if not self._lock.acquire(blocking=False):
            return
        try:
            while not deck.is_aside:
                message = deck.wire.receive(waits=True, seconds=_PATIENCE)
                if message is None or message.get("type") == "judged":
                    return
                commands.handle(deck, message, None)
        except Closed:
            deck.session.host_is_gone()
        finally:
            self._lock.release()

    def hold(self, reason):
        """Waits at the end of the script."""
        deck = self._deck
        deck.evaluation.script_ends()
        if deck.watch is not None and not isinstance(deck.watch, Watch):
            deck.watch = None
        # A step of which nothing has run has not begun.
        has_begun = deck.watch is not None and (reason == "error" or deck.watch.visits)
        watch = deck.watch if has_begun else next(reversed(deck.kept.values()), None)
        if reason != "error" and watch is not None and watch.step < deck.step - 1:
            watch = None
        self.pause(watch, None, [], "update", "halted" if reason == "error" else "ended", reason)

    def poll_now_and_then(self):
        """Takes the commands that have come, where that was not done a moment ago."""
        self._poll_after(_STEP_POLL if self._deck.watch is None else 0)

    def _poll_after(self, seconds):
        now = time.perf_counter()
        if now - self._polled > seconds:
            self._polled = now
            self.poll()

    def poll(self):
        """Takes the commands that have come, without waiting for any."""
        deck = self._deck
        # Where another thread is paused, they are for that one.
        if deck.is_aside or not self._lock.acquire(blocking=False):
            return
        try:
            while not deck.is_aside:
                message = deck.wire.receive(waits=False)
                if message is None:
                    return
                commands.handle(deck, message, None)
        except Closed:
            deck.session.host_is_gone()
        finally:
            self._lock.release()
