"""The run as the host steers it: its steps, which of them are watched, and what is sent."""

import collections
import threading
import time

from . import mode, whole
from .answers import Answers
from .backward import Backward
from .breakpoints import Breakpoints
from .epochs import Epochs
from .errands import NOW, RUN, Errand
from .evaluation import Evaluation
from .facts import Facts
from .figures import Figures
from .final_state import FinalState
from .gate import Gate
from .history import History
from .models import Models
from .module_calls import ModuleCalls
from .moments import Moments
from .nan_watch import NanWatch
from .places import Places
from .ranks import Ranks
from .scalars import Row, Scalars
from .step_times import NODES, UNWATCHED, VALUES, StepTimes
from .stops import Stops
from .trainers import Trainers
from .updates import Updates
from .watch import Watch

#: How many watched steps are kept to step back into, where their values fit the budget.
MOST_KEPT = 16
#: How many backwards of a step may pass before it is watched from its middle on.
MOST_UNSEEN = 64


class Deck:
    """The state of one watched run."""

    def __init__(self, session):
        self.session = session
        self.wire = session.wire
        settings = session.settings
        self.is_aside = False
        self.patches = None
        self.models = Models()
        self.history = History(int(settings.get("history", 1 << 30)))
        self.mode = mode.OperatorMode(self)
        self.places = Places()
        self.here = self.places.here
        self.trainers = Trainers(self)
        self.ranks = Ranks()
        gate = settings.get("gate")
        #: What holds this process together with others; None where it runs alone.
        self.gate = Gate(gate["path"], int(gate["slot"])) if gate else None
        if self.gate is not None:
            self.gate.begin(1, False)
        self.step = 1
        self._ending = threading.RLock()  # of the end of a step, where several threads train
        #: What the loss of the last step that ended is the sum of; None for none.
        self.losses = None
        self.watch = None
        self.kept = collections.OrderedDict()
        self.errand = Errand(NOW) if settings.get("paused") else Errand()
        self.breakpoint_settings = settings.get("breakpoints") or []
        self.breakpoints = Breakpoints(self.breakpoint_settings)
        self.facts = Facts(self)
        self.calls = ModuleCalls(self)
        self.backward = Backward(self)
        self.updates = Updates(self, max(1, int(settings.get("stepEvery", 1))))
        self.stops = Stops(self)
        self.scalars = Scalars(self)
        self.times = StepTimes(self, settings.get("pace"))
        self.evaluation = Evaluation(self)
        self.epochs = Epochs(self)
        self.figures = Figures(self)
        self.focus = {}
        #: The names of the nodes whose values are sketched in every moment.
        self.sketched = frozenset()
        self.moment_due = False
        self.wants_watch = False
        self.wishes = whole.Wishes(settings.get("record"))
        self.final_state = FinalState(self)
        self.moments = Moments(self)
        self.answers = Answers(self)

    @property
    def epoch(self):
        """The epoch, from 1; 0 while no data loader was seen."""
        return self.epochs.number

    @property
    def output_step(self):
        """The step that the script's output belongs to: the one that has ended, until something of the next is seen."""
        has_nodes = isinstance(self.watch, Watch) and len(self.watch.visits) > 1
        has_begun = self.backward.count or self.epochs.has_drawn or has_nodes
        return self.step if has_begun else self.step - 1

    def trouble(self):
        """An error of the probe's own: told once, and never to the script."""
        self.session.trouble()

    def step_aside(self):
        """Stops watching for good."""
        self.is_aside = True
        if isinstance(self.watch, Watch):
            self.watch.graph.drop()
        self.watch = None
        for watch in self.kept.values():
            watch.graph.drop()
        self.kept.clear()
        if self.patches is not None:
            self.patches.remove()
        mode.switch(self.mode, False)

    # Steps

    def end_step(self):
        """A step has ended, and the next one begins."""
        with self._ending:
            self._end_step()

    def _end_step(self):
        self.ranks.look(self.step)
        loss = self.backward.losses() or None
        self._add_numbers(loss)
        self.losses = loss
        if isinstance(self.watch, Watch):
            self.watch.losses = loss
        self.updates.step_ended()
        self.epochs.step_done(loss)
        self.times.step_ended(UNWATCHED if self.watch is None else NODES if isinstance(self.watch, Watch) else VALUES)
        if self.watch is None and self.patches.watches_calls and self.models.is_known:
            self.patches.watch_calls(False)
        if self.watch is not None and not self.calls.is_handling:
            # What the probe computes at the end of a step goes through the mode, too, where older versions of torch have one on.
            mode.switch(self.mode, False)
        self._answer()
        self.facts.step_ended(self.watch if isinstance(self.watch, Watch) else None)
        self.final_state.step_ended()
        if self.watch is not None and not isinstance(self.watch, Watch):
            self._retire()
        if self.errand.stops_at_end(self.step, self.watch is not None and self.watch.is_whole):
            self.stops.pause(self.watch, None, [])
        if self.gate is not None:
            self.stops.wait_for_others(self.watch, None)
        self._retire()
        self.backward.forget()
        self.updates.forget()
        self.step += 1
        self.times.keep_pace()
        if self.gate is None:
            self.stops.poll_now_and_then()
        else:
            self.stops.poll()
        self.stops.check_numbers(is_start=True)
        self.times.step_begins()
        if self._needs_watch():
            self._begin_watch()
        else:
            self.calls.align_mode(self.here())
        if self.gate is not None:
            self.gate.begin(self.step, isinstance(self.watch, Watch))

    def _add_numbers(self, loss):
        self.scalars.add(
            Row(
                step=self.step,
                optimizer=self.updates.last(),
                epoch=self.epoch,
                backwards=self.backward.count,
                closures=len(self.backward.closure_losses),
                skips=self.updates.skips,
                loss=loss,
                learning_rate=self.updates.learning_rate(),
                predictions=self.evaluation.take_predictions(),
                hash=self.ranks.hash(self.models, self.step),
            ),
            self.updates.norms,
        )

    def _answer(self):
        """Sends what was asked for, at the end of a step."""
        if isinstance(self.watch, Watch):
            whole.send_if_wanted(self, self.watch)
        if not self.moment_due:
            return
        # A step that was only looked through for NaN has no nodes to show.
        watch = self.watch if isinstance(self.watch, Watch) else None
        if watch is None and self.times.allow_watching():
            self.wants_watch = True
        elif watch is not None or self.times.allow_moment():
            self.moment_due = self.wants_watch = False
            began = time.perf_counter()
            self.moments.send_moment(watch, None, "running")
            self.times.moment_sent(time.perf_counter() - began)

    # Which steps are watched

    def _needs_watch(self):
        return self._needs_nodes() or self.breakpoints.need_nan

    def _needs_nodes(self):
        return self._shows_nodes() or self.facts.needs_nodes(self.step)

    def _shows_nodes(self):
        """Whether the step's nodes are wanted for more than its facts."""
        return (
            self.errand.needs_nodes(self.step)
            or self.wants_watch
            or self.breakpoints.need_nodes
            or self.wishes.need_nodes(self.step, self.scalars.seconds())
            or self.gate is not None
            and self.gate.watches(self.step)
        )

    def begin_watch_late(self, is_whole):
        """Watches a step that has begun, where it has to be and is not.

        A step whose backward has begun unseen is left out, and the next one is watched whole. Only where there may be none, or
        the run has to stop at once, the rest has to do.
        """
        if self.watch is None and (is_whole or self._may_be_partial()) and self._needs_watch():
            self._begin_watch(is_whole)

    def _may_be_partial(self):
        if self.step == 1 or self.errand.kind == NOW or self.backward.count > MOST_UNSEEN:
            return True
        return self.breakpoints.need_nan and not self._needs_nodes()

    def _begin_watch(self, is_whole=True):
        if self.is_aside:
            return
        self.watch = Watch(self, self.step, is_whole) if self._needs_nodes() else NanWatch(self, self.step)
        self.facts.owns_watch = not self._shows_nodes()
        self.patches.watch_calls(True)
        place = self.here()
        if place.in_optimizer:
            # The first step begins inside a closure.
            self.watch.before_update(place.optimizers[0], True)
        self.calls.align_mode(place)

    def watch_from_here(self):
        """Watches the rest of a step that has begun."""
        watch = Watch(self, self.step, is_whole=False)
        self.watch = watch
        self.patches.watch_calls(True)
        return watch

    def watch_after_pause(self):
        """Watches the rest of a step that was paused in unwatched, where the host wants to see nodes now."""
        if not self.is_aside and self.watch is None and self._needs_nodes():
            self.watch_from_here()
            self.calls.align_mode(self.here())

    def _retire(self):
        watch, self.watch = self.watch, None
        if watch is None:
            return
        watch.is_over = True
        if not isinstance(watch, Watch):
            self.patches.watch_calls(False)
            return
        watch.graph.let_go()
        if self.facts.owns_watch and not self.session.settings.get("holdAt"):
            # Without a screen nobody asks for its values.
            watch.graph.drop()
        else:
            self.kept[watch.step] = watch
        self.patches.watch_calls(False)
        most = MOST_KEPT if self.errand.kind != RUN else 1
        while len(self.kept) > most:
            self.kept.popitem(last=False)[1].graph.drop()

    # News

    def send_model(self):
        """Sends the models, where they are new."""
        if self.moments.model_revision != self.models.revision:
            self.moments.model_revision = self.models.revision
            self.wire.send(self.models.message(self.updates.live()))

    def event(self, kind, text, node=None):
        """Tells the host of something that happened."""
        self.wire.send({"type": "event", "kind": kind, "step": self.step, "text": text, "node": node})

    def flush(self):
        """Sends the numbers that wait."""
        self.evaluation.finish()
        self.scalars.send()
