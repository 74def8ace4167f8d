"""The run as the host steers it: when it is watched, where it stops, and what is sent."""

import collections
import threading
import time
import weakref

import torch

from . import commands, mode, replies, whole
from .breakpoints import Breakpoints, Moment
from .errands import NOW, RUN, Errand
from .evaluation import Evaluation
from .gate import HELD, OPEN, OWN, Gate, Ticks, opens_soon
from .history import History
from .models import Models, describe_optimizer
from .nan_watch import NanWatch
from .own import Own
from .places import Places
from .ranks import Ranks
from .scalars import Row, Scalars, joined, number
from .epochs import Epochs
from .turns import Turns
from .watch import Watch
from .wire import Closed

#: The share of the script's time that watching steps for moments may take while it runs freely.
WATCH_SHARE = 0.03
#: How many watched steps are kept to step back into, where their values fit the budget.
MOST_KEPT = 16
#: How many backwards of a step may pass before it is watched from its middle on.
MOST_UNSEEN = 64
#: How long a paused host's question may wait while nodes run, in seconds.
POLL_EVERY = 0.005


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
        self.ranks = Ranks()
        gate = settings.get("gate")
        #: What holds this process together with others; None where it runs alone.
        self.gate = Gate(gate["path"], int(gate["slot"])) if gate else None
        if self.gate is not None:
            self.gate.begin(1, False)
        self.optimizers = []
        self.step = 1
        self.turns = Turns(max(1, int(settings.get("stepEvery", 1))))
        self.watch = None
        self.kept = collections.OrderedDict()
        self.errand = Errand(NOW) if settings.get("paused") else Errand()
        self.breakpoint_settings = settings.get("breakpoints") or []
        self.breakpoints = Breakpoints(self.breakpoint_settings)
        self.scalars = Scalars(self)
        self.evaluation = Evaluation(self)
        self.epochs = Epochs(self)
        self.focus = {}
        self.moment_due = False
        self.wants_watch = False
        self.wishes = whole.Wishes(settings.get("record"))
        self.pace = settings.get("pace")
        self.sender = replies.Sender(self)
        self._lock = threading.RLock()
        self._losses = []
        self._closure_losses = []
        self._slopes = []  # what ``autograd.grad`` was called on
        #: How many backwards belong to the step so far.
        self.backwards = 0
        self._follows = False
        self._updated = []  # the optimizers that have updated in this step, by their places
        self._norms = None  # what was measured of the step's updates
        self._skips = []  # whether a gradient scaler left an update out; on a device until it is sent
        #: How many updates there have been, skipped ones among them.
        self.updates = 0
        self._step_began = time.perf_counter()
        self._polled = 0.0
        self._durations = [0.0, 0.0]  # a step's usual seconds, not watched and watched
        self._watch_cost = 0.0
        self._pause_in_step = 0.0
        self._is_handling = False

    @property
    def epoch(self):
        """The epoch, from 1; 0 while no data loader was seen."""
        return self.epochs.number

    def current_loss(self):
        """The loss of the step so far; None before there is one."""
        losses = self._step_losses()
        return number(list(losses)) if losses else None

    def _step_losses(self):
        return self._closure_losses[:1] or self._losses or self._slopes

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

    # Modules

    def enter_module(self, module):
        """A module is called; returns what ``leave_module`` needs."""
        place = self.here()
        if not place.modules:
            self._enter_model(module, place)
        path = self.models.path(module)
        if path is None and place.modules and place.modules[0][1] is not None:
            self.models.refresh()
            path = self.models.path(module)
        is_root = any(module is root for _, root in self.models.roots()) if not place.modules else False
        place.modules.append((module, path, is_root))
        is_loss = "loss" in type(module).__module__
        place.losses += is_loss
        is_hidden = self._is_whole(module, place)
        if is_hidden:
            self.hide(place, _is_compiled(module))
        return place, is_loss, is_hidden

    def leave_module(self, module, entry, args, kwargs, result):
        """A module's call has ended; ``result`` is None where it raised an error."""
        place, is_loss, is_hidden = entry
        place.losses -= is_loss
        if is_hidden and self.reveal(place, _is_compiled(module)) and result is not None and self.watch is not None and not self._is_evaluation(place):
            remark = "compiled: its inside is not seen" if _is_compiled(module) else "its inside is not seen"
            self.watch.add_whole(type(getattr(module, "_orig_mod", module)).__name__, remark, args, kwargs, result)
        place.modules.pop()

    def hide(self, place, is_compiled):
        """What runs from here on is not looked into."""
        place.hidden += 1
        if is_compiled:
            self.patches.suspend_calls(True)
        mode.switch(self.mode, False)

    def reveal(self, place, is_compiled):
        """What was not looked into has run; returns whether all that runs is looked into again."""
        place.hidden -= 1
        if is_compiled:
            self.patches.suspend_calls(False)
        if not place.hidden:
            self.align_mode(place)
        return not place.hidden

    def _enter_model(self, module, place):
        self.models.meet(module)
        if self.watch is None and self._needs_watch() and torch.is_grad_enabled() and (not self.backwards or self._may_begin_late()):
            self.begin_watch(is_whole=not self.backwards)
        self.align_mode(place)

    def _is_whole(self, module, place):
        """Whether a module is not looked into: compiled code, whose graphs a mode breaks, or evaluation."""
        if place.hidden:
            return True
        if len(place.modules) == 1 and self._is_evaluation(place):
            return True
        name = type(module).__name__
        if _is_compiled(module):
            return True
        # In evaluation mode these choose faster code, with other roundings, where no function mode is on.
        return not module.training and name in ("MultiheadAttention", "TransformerEncoderLayer", "TransformerEncoder")

    def _is_evaluation(self, place):
        """Whether the outermost module runs in evaluation mode and without gradients: no part of training."""
        return not torch.is_grad_enabled() and not place.modules[0][0].training and not place.in_backward

    def align_mode(self, place):
        """Puts the function mode on this thread, or takes it away, as what runs needs it."""
        if not self._is_handling:
            mode.switch(self.mode, self.watch is not None and not place.hidden)

    # Backward

    def backward_begins(self, tensors, accumulates):
        """Autograd's engine is about to run; returns what ``backward_ended`` needs."""
        place = self.here()
        place.backwards += 1
        hooks, pushed = None, False
        try:
            if place.backwards == 1:
                place.forget_failed_steps()
                self.evaluation.backward_begins()
                if not place.in_optimizer and self.turns.backward_begins():
                    # An optimizer that used to update after another has not.
                    self._end_step()
                self._note_losses(tensors, accumulates, place)
                self.poll()
                self._check_numbers(is_loss=True)
                if self.watch is None and self._needs_watch() and self._may_begin_late():
                    self.begin_watch(is_whole=False)
            if self.watch is not None and not place.hidden:
                pushed = not mode.is_on(self.mode)
                mode.switch(self.mode, True)
                hooks = self.watch.hook_backward(tensors)
        except Exception:
            self.trouble()
        return place, hooks, pushed

    def backward_ended(self, entry):
        """Autograd's engine has run, or failed."""
        place, hooks, pushed = entry
        try:
            if hooks is not None:
                hooks.remove()
            if pushed:
                mode.switch(self.mode, False)
        except Exception:
            self.trouble()
        place.backwards -= 1

    def backward_succeeded(self, entry):
        """Backward is done; without any optimizer it is the step's last part."""
        if self.patches.has_optimizers or self.here().in_backward:
            return
        # Where ``Tensor.backward`` runs inside the mode's handler, torch puts the mode back itself.
        self._is_handling = entry[2]
        try:
            self._end_step()
        finally:
            self._is_handling = False

    def _note_losses(self, tensors, accumulates, place):
        scalars = [self.evaluation.unscaled(tensor) for tensor in tensors if getattr(tensor, "numel", int)() == 1]
        if not scalars or not accumulates and (self._losses or self._slopes):
            return
        with Own():
            values = [tensor.detach() for tensor in scalars]
            # A loss is fetched from a device only when numbers are sent; a copy keeps it from later changes.
            values = [value.item() if value.device.type == "cpu" else value.clone() for value in values]
        self.backwards += 1
        if place.in_optimizer:
            self._closure_losses += values
        elif accumulates:
            self._losses += values
        else:
            self._slopes += values

    # The optimizer

    def before_update(self, optimizer, has_closure):
        """An optimizer's step begins; what its closure computes is the script's."""
        place = self.here()
        self.patches.has_optimizers = True
        place.forget_failed_steps()
        place.optimizers.append(optimizer)
        if len(place.optimizers) > 1:
            return
        self._know(optimizer)
        self._follows = self.turns.updates(self._place_of(optimizer))
        if self.gate is not None:
            # What was changed in all processes while this one was in a collective holds for this update.
            self.poll()
        for watch in self.kept.values():
            watch.seal()
        self.scalars.begin_update(optimizer)
        self._check_numbers(is_gradients=True)
        if self.watch is not None:
            if not self._follows or not isinstance(self.watch, Watch) or self.watch.visits:
                self.watch.before_update(optimizer, has_closure)
            if not has_closure and not self._is_handling:
                mode.switch(self.mode, False)

    def after_update(self, optimizer):
        """An optimizer's step has ended."""
        place = self.here()
        if not any(one is optimizer for one in place.optimizers):
            return
        while place.optimizers.pop() is not optimizer:
            pass
        if place.optimizers:
            return
        norms = self.scalars.end_update()
        if self.watch is not None:
            self.align_mode(place)
            self.watch.after_update(optimizer)
        # Optimizers that know of gradient scalers leave the update out themselves.
        self._update_done(optimizer, norms, getattr(optimizer, "found_inf", None))

    def update_skipped(self, optimizer):
        """A gradient scaler left out an optimizer's step."""
        self._know(optimizer)
        self._follows = self.turns.updates(self._place_of(optimizer))
        self._update_done(optimizer, None, True)

    def updated_unseen(self, optimizer):
        """Compiled code has updated an optimizer's parameters."""
        self._know(optimizer)
        self._follows = self.turns.updates(self._place_of(optimizer))
        self._update_done(optimizer, None, None)

    def _update_done(self, optimizer, norms, skip):
        self.updates += 1
        place = self._place_of(optimizer)
        self._norms = joined(self._norms, norms) if self._updated else norms
        self._updated.append(place)
        if skip is not None:
            skip = skip if isinstance(skip, torch.Tensor) and skip.device.type != "cpu" else bool(skip)
            self._skips.append(skip)
            if skip is True:
                self.event("warning", "The gradient scaler skipped the step: a gradient is infinite or NaN.")
        if self.turns.ends_step(place, self._follows):
            self._end_step()

    def _place_of(self, optimizer):
        return next((place for place, one in enumerate(self.optimizers) if one() is optimizer), -1)

    def _know(self, optimizer):
        if not any(reference() is optimizer for reference in self.optimizers):
            self.optimizers.append(weakref.ref(optimizer))
            self.models.meet_parameters([tensor for group in optimizer.param_groups for tensor in group["params"]])
            self.models.revision += 1

    def live_optimizers(self):
        """The optimizers that have made a step and are still alive."""
        found = [reference() for reference in self.optimizers]
        return [optimizer for optimizer in found if optimizer is not None]

    # Steps

    def _end_step(self):
        self.ranks.look()
        loss = self._step_losses() or None
        place = self._updated[-1] if self._updated else -1
        self.scalars.add(
            Row(
                step=self.step,
                optimizer=place,
                epoch=self.epoch,
                backwards=self.backwards,
                closures=len(self._closure_losses),
                skips=self._skips,
                loss=loss,
                learning_rate=self._learning_rate(place),
                predictions=self.evaluation.take_predictions(),
                hash=self.ranks.hash(self.models, self.step),
            ),
            self._norms,
        )
        if self.turns.step_ended(place):
            self._tell_round()
        self.epochs.step_done(loss)
        self._measure_step()
        if self.watch is None and self.patches.watches_calls and self.models.is_known:
            self.patches.watch_calls(False)
        self._answer()
        if self.watch is not None and not isinstance(self.watch, Watch):
            self._retire()
        if self.errand.stops_at_end(self.step, self.watch is not None and self.watch.is_whole):
            self.pause(self.watch, None, [])
        if self.gate is not None:
            self._wait_for_others(self.watch, None)
        self._retire()
        self._losses, self._closure_losses, self._slopes, self.backwards = [], [], [], 0
        self._updated, self._norms, self._skips = [], None, []
        self.step += 1
        self._keep_pace()
        self.poll()
        self._check_numbers(is_start=True)
        self._step_began, self._pause_in_step = time.perf_counter(), 0.0
        if self._needs_watch():
            self.begin_watch()
        else:
            self.align_mode(self.here())
        if self.gate is not None:
            self.gate.begin(self.step, isinstance(self.watch, Watch))

    def _learning_rate(self, place):
        optimizer = self.optimizers[place]() if place >= 0 else None
        if optimizer is None or not optimizer.param_groups:
            return float("nan")
        rate = optimizer.param_groups[0]["lr"]
        if not isinstance(rate, torch.Tensor):
            return float(rate)
        with Own():
            # It is fetched from a device only when numbers are sent.
            return rate.item() if rate.device.type == "cpu" else rate.clone()

    def _tell_round(self):
        """Says that optimizers take turns, as those of a GAN do."""
        names = [self.optimizer_name(place) for place in dict.fromkeys(self.turns.round)]
        count = len(self.turns.round)
        self.event(
            "warning",
            "%s take turns: a round has %d updates, each a step here. --step-every %d makes a round one step."
            % (" and ".join(names), count, count),
        )

    def _answer(self):
        """Sends what was asked for, at the end of a step."""
        if isinstance(self.watch, Watch):
            whole.send_if_wanted(self, self.watch)
        if not self.moment_due:
            return
        if self.watch is not None or not self._has_time_to_watch():
            self.moment_due = self.wants_watch = False
            self.sender.send_moment(self.watch, None, "running")
        else:
            self.wants_watch = True

    def _measure_step(self):
        seconds = time.perf_counter() - self._step_began - self._pause_in_step
        place = 1 if isinstance(self.watch, Watch) else 0
        before = self._durations[place]
        self._durations[place] = seconds if before == 0 else 0.9 * before + 0.1 * seconds
        if place:
            cost = max(0.0, seconds - (self._durations[0] or seconds / 2))
            self._watch_cost += cost
            self.wishes.seconds += cost

    def _has_time_to_watch(self):
        return self._watch_cost <= WATCH_SHARE * self.scalars.seconds()

    def _needs_watch(self):
        return self._needs_nodes() or self.breakpoints.need_nan

    def _needs_nodes(self):
        return (
            self.errand.needs_nodes(self.step)
            or self.wants_watch
            or self.breakpoints.need_nodes
            or self.wishes.need_nodes(self.step, self.scalars.seconds())
            or self.gate is not None
            and self.gate.watches(self.step)
        )

    def _may_begin_late(self):
        """Whether a step that has begun unseen is watched from its backward on.

        The next step is watched whole. Only where there may be none, or it has to stop at once, the rest has to do.
        """
        return self.step == 1 or self.errand.kind == NOW or self.backwards > MOST_UNSEEN or not self._needs_nodes()

    def begin_watch(self, is_whole=True):
        """Watches the step that begins now."""
        if self.is_aside:
            return
        self.watch = Watch(self, self.step, is_whole) if self._needs_nodes() else NanWatch(self, self.step)
        self.patches.watch_calls(True)
        place = self.here()
        if place.in_optimizer:
            # The first step begins inside a closure.
            self.watch.before_update(place.optimizers[0], True)
        self.align_mode(place)

    def watch_from_here(self):
        """Watches the rest of a step that has begun."""
        watch = Watch(self, self.step, is_whole=False)
        self.watch = watch
        self.patches.watch_calls(True)
        return watch

    def _retire(self):
        watch, self.watch = self.watch, None
        if watch is None:
            return
        watch.is_over = True
        if not isinstance(watch, Watch):
            self.patches.watch_calls(False)
            return
        watch.graph.let_go()
        self.kept[watch.step] = watch
        self.patches.watch_calls(False)
        most = MOST_KEPT if self.errand.kind != RUN else 1
        while len(self.kept) > most:
            self.kept.popitem(last=False)[1].graph.drop()

    def _keep_pace(self):
        if self.pace:
            wait = 1 / self.pace - (time.perf_counter() - self._step_began - self._pause_in_step)
            if wait > 0:
                began = time.perf_counter()
                time.sleep(min(wait, 10))
                self.scalars.was_paused(time.perf_counter() - began)

    # Stops

    def visited(self, watch, visit):
        """A node has run: answers the host, and stops where the run has to."""
        if self.is_aside:
            return
        now = time.perf_counter()
        if now - self._polled > POLL_EVERY:
            self._polled = now
            self.poll()
        if self.gate is not None:
            self.gate.visited(visit.number)
        hits = self.breakpoints.hits(Moment(self, watch, visit)) if self.breakpoints.all else []
        node = watch.graph.nodes[visit.node] if visit.node is not None else None
        if hits or self.errand.stops_at(self.step, visit) or node is not None and self.errand.stops_at_node(node):
            self.pause(watch, visit, hits)
        if self.gate is not None:
            self._wait_for_others(watch, visit)

    def _wait_for_others(self, watch, visit):
        """Waits where the other processes are not as far yet; longer than a moment is a pause, which the host is told of."""

        def state():
            if self.is_aside:
                return OPEN
            return self.gate.at_step(self.step + 1) if visit is None else self.gate.at_visit(self.step, visit.number)

        # A process that becomes the leader while it waits stays where it is.
        if state() == HELD and not opens_soon(state):
            self.pause(watch, visit, [], gate=state)

    def _check_numbers(self, is_loss=False, is_gradients=False, is_start=False):
        """Checks the breakpoints on numbers where no node is at hand."""
        if not self.breakpoints.all or self.is_aside:
            return
        watch = self.watch if isinstance(self.watch, Watch) else None
        moment = Moment(self, watch, None, is_loss, is_gradients and watch is None, is_start)
        hits = self.breakpoints.hits(moment)
        if hits:
            self.pause(watch, None, hits, phase="loss" if is_loss else "backward" if is_gradients else "batch")

    def pause(self, watch, visit, hits, phase="update", status="paused", reason=None, gate=None):
        """Waits, answers the host, and goes on when told to; with ``gate`` when that is open, whatever it is told."""
        with self._lock:
            if self.is_aside:
                return
            began = time.perf_counter()
            self.flush()
            self.errand = Errand()
            if self.gate is not None:
                self.gate.paused(True)
            try:
                self.sender.send_moment(watch, visit, status, hits, phase, reason)
                self._obey(commands.Stop(watch, visit, phase), gate)
            except Closed:
                self.session.host_is_gone()
            finally:
                # An interruption reaches the script from here.
                if self.gate is not None:
                    self.gate.paused(False)
                if not self.is_aside:
                    self.wire.send({"type": "status", "status": "running"})
            waited = time.perf_counter() - began
            self.scalars.was_paused(waited)
            self._pause_in_step += waited
            if not self.is_aside and self.watch is None and visit is None and phase in ("loss", "batch") and self._needs_nodes():
                self.watch_from_here()
                self.align_mode(self.here())

    def _obey(self, stop, gate):
        """Takes commands until one of them, or the gate, lets the run go on."""
        ticks = Ticks()
        while not self.is_aside:
            state = OWN if gate is None else gate()
            if state == OPEN:
                return
            message = self.wire.receive(waits=True, seconds=ticks.wait() if state == HELD else None)
            # Meanwhile this process may have become the one that leads.
            if message is not None and commands.handle(self, message, stop) and (gate is None or gate() != HELD):
                return

    def hold(self, reason):
        """Waits at the end of the script."""
        self.evaluation.script_ends()
        if self.watch is not None and not isinstance(self.watch, Watch):
            self.watch = None
        watch = self.watch or next(reversed(self.kept.values()), None)
        self.pause(watch, None, [], "update", "halted" if reason == "error" else "ended", reason)

    def poll(self):
        """Takes the commands that have come, without waiting for any."""
        if self.is_aside:
            return
        try:
            while not self.is_aside:
                message = self.wire.receive(waits=False)
                if message is None:
                    return
                commands.handle(self, message, None)
        except Closed:
            self.session.host_is_gone()

    # News

    def send_model(self):
        """Sends the models, where they are new."""
        if self.sender.model_revision != self.models.revision:
            self.sender.model_revision = self.models.revision
            self.wire.send(self.models.message(self.live_optimizers()))

    def event(self, kind, text, node=None):
        """Tells the host of something that happened."""
        self.wire.send({"type": "event", "kind": kind, "step": self.step, "text": text, "node": node})

    def flush(self):
        """Sends the numbers that wait."""
        self.evaluation.finish()
        self.scalars.send()

    def step_optimizer(self):
        """The optimizer that ends this step, by its place: it has updated, or is expected to; None where it is not known."""
        if self._updated:
            return self._updated[-1]
        return 0 if len(self.optimizers) == 1 else self.turns.next

    def optimizer_name(self, place):
        """An optimizer's class, and the model whose parameters it updates where there are several."""
        optimizer = self.optimizers[place]()
        if optimizer is None:
            return "an optimizer that is gone"
        name, owner = type(optimizer).__name__, self.models.owner(optimizer)
        return "%s of %s" % (name, owner) if owner else name

    def optimizer_text(self):
        """The optimizers with their settings, as a moment has them."""
        return [describe_optimizer(optimizer) for optimizer in self.live_optimizers()]


def _is_compiled(module):
    """Whether ``torch.compile`` has made a module, or it has compiled itself."""
    return type(module).__name__ == "OptimizedModule" or getattr(module, "_compiled_call_impl", None) is not None
