"""Holds several processes together while one of them is looked at.

They share a page of memory with the host. Each writes in it how far it has come; the host writes which step is the last
that may begin, or which process leads. Nobody waits where a collective needs it: who follows goes as far as the leader
has, and a little further while the leader runs without getting on.
"""

import mmap
import time

#: The page's first cells, each of 64 bits: the last step that may begin, and the process that leads, -1 for none.
LIMIT, LEADER = 0, 1
#: The cells of each process: the step it has begun, the last visit in it, whether it is watched, whether it is paused.
STEP, VISIT, WATCHED, PAUSED = range(4)
_FIRST, _CELLS = 2, 4

#: Whether a process may go on, has to wait for the others, or waits for the host alone, since it leads.
OPEN, HELD, OWN = "open", "held", "own"

#: How long the leader may run without getting on before those who follow go a node further, in seconds.
_PATIENCE = 0.1
#: How long a process waits without telling the host, and how often it looks at the page then, in seconds.
BRIEF, _SHORTEST, _LONGEST = 0.05, 0.0002, 0.02


class Gate:
    """One process's view of the page."""

    def __init__(self, path, slot):
        with open(path, "r+b") as file:
            self._page = mmap.mmap(file.fileno(), 0)
        self._cells = memoryview(self._page).cast("q")
        self._slot = slot
        self._mine = _FIRST + _CELLS * slot
        self._seen = None
        self._since = 0.0

    # What this process tells

    def begin(self, step, is_watched):
        """A step begins."""
        cells, mine = self._cells, self._mine
        cells[mine + VISIT] = -1
        cells[mine + WATCHED] = is_watched
        cells[mine + STEP] = step

    def visited(self, visit):
        """A node of a watched step has run."""
        self._cells[self._mine + VISIT] = visit
        self._cells[self._mine + WATCHED] = 1

    def paused(self, is_paused):
        """This process waits for the host, or runs again."""
        self._cells[self._mine + PAUSED] = is_paused

    # What it may do

    def at_step(self, step):
        """Whether a step may begin."""
        cells = self._cells
        leader = cells[LEADER]
        if leader == self._slot:
            return OWN
        if leader < 0:
            return OPEN if step <= cells[LIMIT] else HELD
        return OPEN if cells[_FIRST + _CELLS * leader + STEP] >= step else HELD

    def at_visit(self, step, visit):
        """Whether to go on after a node of a watched step."""
        cells = self._cells
        leader = cells[LEADER]
        if leader < 0:
            return OPEN
        if leader == self._slot:
            return OWN
        its = _FIRST + _CELLS * leader
        place = (cells[its + STEP], cells[its + VISIT])
        if (step, visit) < place or place[0] == step and not cells[its + WATCHED]:
            return OPEN
        if cells[its + PAUSED]:
            self._seen = None
            return HELD
        if (step, visit) == place:
            return OPEN
        # It runs: where it waits for this process, in a collective, it does not get on.
        now = time.monotonic()
        if place != self._seen:
            self._seen, self._since = place, now
        return OPEN if now - self._since > _PATIENCE else HELD

    def watches(self, step):
        """Whether a step is to be watched: the last before all wait, or one that the leader watches."""
        cells = self._cells
        leader = cells[LEADER]
        if leader < 0:
            return step == cells[LIMIT]
        its = _FIRST + _CELLS * leader
        return leader != self._slot and cells[its + STEP] == step and bool(cells[its + WATCHED])


class Ticks:
    """How long to wait from one look at the page to the next."""

    def __init__(self):
        self._next = _SHORTEST

    def wait(self):
        """Seconds: few at first, more later."""
        self._next, now = min(self._next * 1.5, _LONGEST), self._next
        return now


def opens_soon(state):
    """Waits as long as ``state()`` is held, a moment at most; whether it is open then."""
    ticks, until = Ticks(), time.monotonic() + BRIEF
    while state() == HELD and time.monotonic() < until:
        time.sleep(ticks.wait())
    return state() == OPEN
