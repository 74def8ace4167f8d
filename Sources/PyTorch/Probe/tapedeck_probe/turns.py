"""Where a step ends: which optimizers update after the same backward, and how several of them take turns."""

import collections

#: The longest round that is looked for, in steps.
_LONGEST = 64


class Turns:
    """Follows the optimizers' updates, each by its place among the optimizers."""

    def __init__(self, every):
        #: How many updates make a step, as the host says; with 1 it is found.
        self._every = every
        self._count = 0
        self._stepped = []  # those that have updated since the last backward
        self._followers = []  # those that update after another, with no backward between
        self._unsteady = set()
        self._awaited = []
        self._order = collections.deque(maxlen=2 * _LONGEST)
        self._are_several = False  # whether steps have ended with more than one
        #: The optimizers that end the steps of one round, in order; None where they do not take turns.
        self.round = None

    def backward_begins(self):
        """Forgets who has updated; returns whether a step is still open whose last update did not come."""
        is_open = bool(self._awaited)
        for one in self._awaited:
            self._unsteady.add(one)
            self._followers.remove(one)
        self._stepped, self._awaited = [], []
        return is_open

    def updates(self, optimizer):
        """Whether an update begins that belongs to the backward of an update before it."""
        if optimizer in self._stepped:
            # Gradients that no backward computed: the script has set them.
            self._stepped = []
        follows = bool(self._stepped)
        self._stepped.append(optimizer)
        return follows

    def ends_step(self, optimizer, follows):
        """Whether a step ends with this update."""
        if self._every > 1:
            self._count += 1
            return self._count % self._every == 0
        if follows and optimizer not in self._unsteady:
            if optimizer in self._awaited:
                self._awaited.remove(optimizer)
                return not self._awaited
            if optimizer not in self._followers:
                # Its first update comes when the step has ended; from now on the step waits for it.
                self._followers.append(optimizer)
            return False
        self._awaited = [one for one in self._followers if one not in self._stepped]
        return not self._awaited

    def step_ended(self, optimizer):
        """Notes whose step has ended; returns whether a round has been found."""
        if optimizer < 0:
            return False
        if self._order and self._order[-1] != optimizer:
            self._are_several = True
        self._order.append(optimizer)
        if not self._are_several:
            return False
        order = list(self._order)
        if self.round is not None:
            length = len(self.round)
            if len(order) > length and order[-1 - length] != optimizer:
                self.round = None
                self._order.clear()
            return False
        if len(set(order)) < 2:
            return False
        for length in range(2, len(order) // 2 + 1):
            last = order[-length:]
            if last == order[-2 * length : -length] and len(set(last)) == len(set(order)):
                self.round = last
                return True
        return False

    @property
    def next(self):
        """The optimizer that the round expects to end the next step; None where there is no round."""
        return self._order[-len(self.round)] if self.round is not None else None
