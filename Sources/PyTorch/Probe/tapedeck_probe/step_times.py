"""How long steps take, watched and not, and how fast the run may go."""

import time

#: The share of the script's time that watching steps for moments may take while it runs freely.
WATCH_SHARE = 0.025
#: The share that watching steps and sending moments may take together.
SCREEN_SHARE = 0.04
#: How a step was watched: not at all, node by node, or only looked through for NaN.
UNWATCHED, NODES, VALUES = range(3)


class StepTimes:
    """Measures each step, without its pauses."""

    def __init__(self, deck, pace):
        self._deck = deck
        #: How many steps a second the host allows; None for full speed.
        self.pace = pace
        self._usual = [0.0, 0.0, 0.0]  # a step's usual seconds by how it was watched
        self._watch_cost = 0.0
        self._moment_cost = 0.0
        self.step_begins()

    def step_begins(self):
        """A step begins now."""
        self._began, self._paused = time.perf_counter(), 0.0

    def was_paused(self, seconds):
        """Leaves a pause out of the step's time and of the run's."""
        self._deck.scalars.was_paused(seconds)
        self._paused += seconds

    def step_ended(self, kind):
        """Measures a step that has ended."""
        seconds = self._seconds()
        before = self._usual[kind]
        self._usual[kind] = seconds if before == 0 else 0.9 * before + 0.1 * seconds
        if kind == NODES:
            cost = max(0.0, seconds - (self._usual[UNWATCHED] or seconds / 2))
            if self._deck.facts.owns_watch:
                self._deck.facts.spend(cost)
                return
            self._watch_cost += cost
            self._deck.wishes.seconds += cost

    def breakpoint_cost(self):
        """What breakpoints need of every step, and how many times as long one takes with them; None where they need nothing."""
        breakpoints = self._deck.breakpoints
        kind = NODES if breakpoints.need_nodes else VALUES if breakpoints.need_nan else UNWATCHED
        if kind == UNWATCHED:
            return None
        alone, watched = self._usual[UNWATCHED], self._usual[kind]
        return {"needs": "nodes" if kind == NODES else "values", "ratio": watched / alone if alone and watched else None}

    def allow_watching(self):
        """Whether watching has taken less than its share of the time."""
        return self._watch_cost <= WATCH_SHARE * self._deck.scalars.seconds()

    def allow_moment(self):
        """Whether the screen has taken less than its share of the time."""
        return self._watch_cost + self._moment_cost <= SCREEN_SHARE * self._deck.scalars.seconds()

    def moment_sent(self, seconds):
        """A moment of a run that goes on has taken this long to send."""
        self._moment_cost += seconds

    def keep_pace(self):
        """Waits where the run is faster than it may be."""
        wait = 1 / self.pace - self._seconds() if self.pace else 0
        if wait > 0:
            began = time.perf_counter()
            time.sleep(min(wait, 10))
            self._deck.scalars.was_paused(time.perf_counter() - began)

    def _seconds(self):
        return time.perf_counter() - self._began - self._paused
