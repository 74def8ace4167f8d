"""Where each thread of the script is: in which modules, in backward, in an optimizer's step."""

import threading
import weakref

from .frames import is_in_step


class Place:
    """Where one thread is."""

    def __init__(self):
        #: The modules whose call runs, from the outermost: (module, path or None, whether it is a whole model).
        self.modules = []
        self.backwards = 0
        self.optimizers = []
        #: Whether a data loader runs, whose operators gather samples.
        self.loading = 0
        #: Whether a loss function or a module of one runs.
        self.losses = 0
        self.losses_called = False
        #: Whether an autograd Function of the script's own runs, whose operators are no nodes.
        self.functions = 0
        #: Whether what runs is not looked into.
        self.hidden = 0
        #: Whether the function mode was put on this thread and not yet taken away.
        self.has_mode = False
        #: Those that this thread trains with, and those beside whom it trains another model.
        self.group = self.apart_from = None
        self.is_main = threading.current_thread() is threading.main_thread()
        #: The modules that it has called, and how often it ran backward while it was left alone.
        self.called = weakref.WeakSet()
        self.waited = 0

    @property
    def in_backward(self):
        """Whether backward runs."""
        return self.backwards > 0

    @property
    def in_optimizer(self):
        """Whether an optimizer's step runs."""
        return bool(self.optimizers)

    @property
    def in_loss(self):
        """Whether a loss is computed."""
        return self.losses > 0

    def forget_failed_steps(self):
        """Forgets the optimizers whose step has ended with an error, which no hook tells."""
        if self.optimizers:
            self.optimizers = [one for one in self.optimizers if is_in_step(one)]

    def path(self):
        """The path of the innermost module of a known model, and whether it is the whole model; (None, False) without."""
        for _, path, is_root in reversed(self.modules):
            if path is not None:
                return path, is_root
        return None, False


class Places:
    """The place of each thread."""

    def __init__(self):
        self._local = threading.local()

    def here(self):
        """This thread's place."""
        try:
            return self._local.place
        except AttributeError:
            self._local.place = Place()
            return self._local.place
