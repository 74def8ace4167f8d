"""Which of several threads are watched: the first that trains, and those that share its model."""

import threading
import weakref

from .graph import is_accumulator
from .run_facts import held

#: After so many backwards of another thread, one that has only called its model is no longer taken for the one that trains.
_PATIENCE = 1000


class _Group:
    """A thread that trains, and those that work on the same model."""

    def __init__(self):
        self.threads = weakref.WeakSet()
        self.roots, self.optimizers = weakref.WeakSet(), weakref.WeakSet()
        #: The tensors that it trains where no module of its own has them, by their ids.
        self.tensors = set()
        self.has_trained = False

    def has_ended(self):
        """Whether none of its threads runs any more."""
        return not any(one.is_alive() for one in list(self.threads))


class Trainers:
    """Tells a thread that trains another model, which is left alone, from those that are watched.

    A thread is judged when it first calls a model, runs backward or makes an optimizer's step. Where the threads that are watched
    have ended, the next one that begins to train is watched. One that has trained beside them is not: its losses are another curve.
    """

    def __init__(self, deck):
        self._deck = deck
        self._group = None
        self._lock = threading.RLock()

    def is_apart(self):
        """Whether this thread is left alone."""
        place = self._deck.here()
        return place.apart_from is not None and place.apart_from is self._group

    def is_watched(self, place):
        """Whether a place is that of a thread that is watched, or of the main one, whose things others may use."""
        return self._group is None or place.group is self._group or place.is_main

    def calls(self, module, trains):
        """Whether the call of a module outside any other is watched; with ``trains`` it is one with gradients."""
        place, group, models = self._deck.here(), self._group, self._deck.models
        if group is None and not trains or group is not None and place.group is group and module in place.called:
            return True
        root = models.root_of(module)
        tensors = list(root.parameters())
        if not tensors:
            return not self.is_apart()
        joins = self._joins(place, tensors, root, trains)
        if joins:
            place.called.add(module)
        else:
            models.leave_out(root)
        return joins

    def runs_backward(self, tensors):
        """Whether a backward is watched."""
        place = self._deck.here()
        if self._group is None or place.group is not self._group:
            if not self._joins(place, _leaves(tensors)):
                self._wait(place)
                return False
        self._group.has_trained = True
        return True

    def updates(self, optimizer):
        """Whether an optimizer's step is watched."""
        place = self._deck.here()
        if self._group is not None and place.group is self._group:
            self._knows(optimizer)
            return True
        if self.is_apart() and place.waited < 2 and self._group.has_ended():
            # From its next step on.
            self._found(place)
            return False
        if self._joins(place, [tensor for one in optimizer.param_groups for tensor in one["params"]]):
            self._knows(optimizer)
            return True
        self._deck.patches.forget(optimizer)
        return False

    def _joins(self, place, tensors, root=None, founds=True):
        """Whether a thread that works on these tensors is watched, as those of a group that it founds or joins are."""
        thread = threading.current_thread()
        with self._lock:
            group = self._group
            if group is not None and place.apart_from is group:
                return False
            if group is None or founds and place.group is not group and group.has_ended():
                group = self._found(place)
            elif place.group is not group:
                # Autograd's own threads work for whoever runs backward.
                if not self._shares(group, tensors, root) and not isinstance(thread, threading._DummyThread):
                    place.apart_from, place.waited = group, 0
                    return False
                self._enter(place, group)
            if root is not None:
                group.roots.add(root)
            elif not group.roots:
                group.tensors.update(map(id, tensors))
            return True

    def _knows(self, optimizer):
        if optimizer not in self._group.optimizers:
            with self._lock:
                self._group.optimizers.add(optimizer)

    def _shares(self, group, tensors, root):
        if root is not None and root in group.roots:
            return True
        known = group.tensors | held(list(group.optimizers))
        known.update(id(one) for known_root in group.roots for one in known_root.parameters())
        return any(id(one) in known for one in tensors)

    def _found(self, place):
        with self._lock:
            self._group = _Group()
            self._deck.models.leave_none_out()
            self._enter(place, self._group)
            return self._group

    def _enter(self, place, group):
        place.group = group
        place.called.clear()
        group.threads.add(threading.current_thread())

    def _wait(self, place):
        """Another thread trains: one that was first to call a model, and does not train it, is no longer watched."""
        with self._lock:
            place.waited += 1
            before = self._group
            if place.waited > _PATIENCE and not before.has_trained:
                self._found(place).has_trained = True
                for root in list(before.roots):
                    self._deck.models.leave_out(root)
                if self._deck.watch is not None:
                    # What it saw so far is the other's.
                    self._deck.watch.is_whole = False


def _leaves(tensors):
    """The tensors that backward is to come to."""
    found, seen = [], set()
    waiting = [tensor.grad_fn for tensor in tensors]
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if is_accumulator(node):
            found.append(node.variable)
        waiting += [following for following, _ in node.next_functions]
    return found
