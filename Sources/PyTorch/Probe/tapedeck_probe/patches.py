"""Where the probe takes its place in torch, and how it leaves again."""

import functools
import sys
import weakref

import torch

from . import timeouts
from .compiled import CompiledCalls
from .own import Unseen, guarded, inside_transform, is_busy, is_compiling
from .operators import LOSSES
from .tensors import is_fake


class Patches:
    """What is replaced in torch. Each replacement calls what was there, and nothing of the script's is changed."""

    def __init__(self, deck):
        self._deck = deck
        self._undo = []
        self._undo_calls = []
        self._undo_zero_grad = []
        #: Whether module calls are seen.
        self.watches_calls = False
        #: Whether the script has made an optimizer.
        self.has_optimizers = False
        #: Whether the script has compiled anything.
        self.has_compiled = False
        self._made = weakref.WeakKeyDictionary()  # optimizer: the place of the thread that made it
        self._suspensions = 0

    def install(self):
        """Takes every place but those that only watched steps need."""
        self._engine()
        self._optimizers()
        self._zero_grad()
        self._scaler()
        self._losses()
        self._loaders()
        self._compiler()
        self._replicas()
        if self._deck.facts.is_on:
            self._makings()
            self._deck.facts.schedules.install(self, self._deck)
            self._deck.facts.misuses.install(self)
            self._deck.facts.mode_calls.install(self)
        seconds = self._deck.session.settings.get("timeout")
        if seconds:
            timeouts.lengthen(self, seconds)
        self.watch_calls(True)

    def remove(self):
        """Gives every place back."""
        self.watch_calls(False)
        self.ignore_zero_grad(False)
        for undo in reversed(self._undo):
            undo()
        self._undo = []
        self._deck.facts.evaluations.remove()

    def replace(self, owner, name, replacement, undo=None):
        """Puts something in a place of torch's until the probe leaves."""
        before = owner.__dict__[name]
        setattr(owner, name, replacement)
        (self._undo if undo is None else undo).append(lambda: setattr(owner, name, before))

    def add(self, owner, name, thing):
        """Puts something where torch has nothing, until the probe leaves."""
        setattr(owner, name, thing)
        self._undo.append(lambda: delattr(owner, name))

    # Always

    def _engine(self):
        variable = torch.autograd.Variable
        engine = _Engine(variable._execution_engine, self._deck)
        self.replace(variable, "_execution_engine", engine)

    def _optimizers(self):
        deck, patches = self._deck, self
        module = sys.modules["torch.optim.optimizer"]
        optimizer_class = module.Optimizer
        original_init = optimizer_class.__init__
        made = guarded(deck, deck.facts.made)

        @functools.wraps(original_init)
        def init(self, *args, **kwargs):
            patches.has_optimizers = True
            patches._made[self] = deck.here()
            made(self)
            return original_init(self, *args, **kwargs)

        self.replace(optimizer_class, "__init__", init)
        begins, ended = guarded(deck, deck.updates.begins, is_for_all=True), guarded(deck, deck.updates.ended)
        if hasattr(module, "register_optimizer_step_pre_hook"):

            def before(optimizer, args, kwargs):
                if not is_compiling():
                    begins(optimizer, _has_closure(args[1:], kwargs))

            def after(optimizer, args, kwargs):
                if not is_compiling():
                    ended(optimizer)

            first = module.register_optimizer_step_pre_hook(before)
            second = module.register_optimizer_step_post_hook(after)
            self._undo += [first.remove, second.remove]
            return
        self._wrap_steps(optimizer_class, begins, ended)

    def _wrap_steps(self, optimizer_class, begins, ended):
        """Versions without hooks for all optimizers: each class's ``step`` is wrapped where torch wraps it itself."""
        original_hook = optimizer_class._hook_for_profile

        def hook(self):
            original_hook(self)
            step = type(self).step
            if getattr(step, "seen_by_tapedeck", False):
                return

            @functools.wraps(step)
            def seen(self, *args, **kwargs):
                begins(self, _has_closure(args, kwargs))
                result = step(self, *args, **kwargs)
                ended(self)
                return result

            seen.seen_by_tapedeck = True
            type(self).step = seen

        self.replace(optimizer_class, "_hook_for_profile", hook)

    def _zero_grad(self):
        """The operators that set gradients to zero are no nodes: older versions have two for each parameter."""
        zeroed = guarded(self._deck, self._deck.facts.zeroed)
        for owner in (sys.modules["torch.optim.optimizer"].Optimizer, torch.nn.Module):
            self.replace(owner, "zero_grad", _unseen(owner.__dict__["zero_grad"], zeroed))

    def _makings(self):
        """Where data loaders and torch's own modules are made."""
        made = guarded(self._deck, self._deck.facts.made)
        for owner, is_wanted in ((torch.utils.data.DataLoader, _always), (torch.nn.Module, _is_of_torch)):
            self.replace(owner, "__init__", _noted(owner.__dict__["__init__"], made, is_wanted))

    def _scaler(self):
        deck = self._deck
        amp = getattr(torch, "amp", None)
        scaler = getattr(amp, "GradScaler", None) or torch.cuda.amp.GradScaler
        original_scale, original_step = scaler.scale, scaler.step
        scaled, skipped = guarded(deck, deck.evaluation.scaled), guarded(deck, deck.updates.skipped)

        @functools.wraps(original_scale)
        def scale(self, outputs):
            result = original_scale(self, outputs)
            scaled(result, outputs)
            return result

        @functools.wraps(original_step)
        def step(self, optimizer, *args, **kwargs):
            before = deck.updates.count
            result = original_step(self, optimizer, *args, **kwargs)
            if deck.updates.count == before:
                skipped(optimizer)
            return result

        self.replace(scaler, "scale", scale)
        self.replace(scaler, "step", step)

    def _losses(self):
        functional = torch.nn.functional
        for name in LOSSES:
            original = functional.__dict__.get(name)
            if original is not None and callable(original):
                self.replace(functional, name, self._seen_loss(name, original))

    def _seen_loss(self, name, original):
        deck = self._deck
        computed = guarded(deck, deck.evaluation.loss_computed)

        @functools.wraps(original)
        def loss(*args, **kwargs):
            if is_compiling() or deck.is_aside:
                return original(*args, **kwargs)
            place = deck.here()
            if place.losses_called:
                return original(*args, **kwargs)
            place.losses_called = True
            try:
                result = original(*args, **kwargs)
            finally:
                place.losses_called = False
            computed(name, args, kwargs, result)
            return result

        # TorchScript compiles what is called: this leads it to the function itself.
        loss.__script_if_tracing_wrapper = True
        loss.__original_fn = original
        return loss

    def _loaders(self):
        deck = self._deck
        data = torch.utils.data
        iterator = data.dataloader._BaseDataLoaderIter
        original_iter, original_next = data.DataLoader.__iter__, iterator.__next__
        methods = (deck.epochs.run_begins, deck.epochs.batch_came, deck.epochs.run_ended, deck.evaluation.loader_begins)
        begins, came, ended, loop_begins = (guarded(deck, method) for method in methods)

        @functools.wraps(original_iter)
        def begin(self):
            place = deck.here()
            place.loading += 1
            try:
                result = original_iter(self)
            finally:
                place.loading -= 1
            begins(self, result)
            loop_begins(self)
            return result

        @functools.wraps(original_next)
        def following(self):
            place = deck.here()
            place.loading += 1
            try:
                batch = original_next(self)
            except StopIteration:
                ended(self)
                raise
            finally:
                place.loading -= 1
            came(self)
            return batch

        self.replace(data.DataLoader, "__iter__", begin)
        self.replace(iterator, "__next__", following)

    def _compiler(self):
        original = getattr(torch, "compile", None)
        if original is None:
            return
        calls = CompiledCalls(self._deck)

        @functools.wraps(original)
        def compile_(*args, **kwargs):
            self.has_compiled = True
            self._deck.facts.evaluations.remove()
            return calls.around(original(*args, **kwargs))

        self.replace(torch, "compile", compile_)

    def _replicas(self):
        """The copies that DataParallel makes of a model's parts are called as those are."""
        models = self._deck.models
        original = torch.nn.Module.__dict__.get("_replicate_for_data_parallel")
        if original is None:
            return
        named = guarded(self._deck, models.name_replica)

        @functools.wraps(original)
        def replicate(self):
            replica = original(self)
            named(replica, self)
            return replica

        self.replace(torch.nn.Module, "_replicate_for_data_parallel", replicate)

    def made_optimizers(self):
        """The optimizers that the script has made and that are still alive, without those of threads that are not watched."""
        return [one for one, place in list(self._made.items()) if self._deck.trainers.is_watched(place)]

    def forget(self, optimizer):
        """Leaves out an optimizer of a thread that is not watched."""
        self._made.pop(optimizer, None)

    @property
    def ignores_zero_grad(self):
        """Whether the script's ``zero_grad`` does nothing."""
        return bool(self._undo_zero_grad)

    def ignore_zero_grad(self, on):
        """Lets the script's ``zero_grad`` do nothing, or what it did before."""
        if on == self.ignores_zero_grad:
            return
        if on:
            for owner in (sys.modules["torch.optim.optimizer"].Optimizer, torch.nn.Module):
                self.replace(owner, "zero_grad", lambda self, set_to_none=True: None, self._undo_zero_grad)
            return
        for undo in self._undo_zero_grad:
            undo()
        self._undo_zero_grad = []

    # In watched steps

    def watch_calls(self, on):
        """Begins to see the calls of modules and of the script's own Functions, or stops."""
        self.watches_calls = on
        self._place_calls()

    def suspend_calls(self, on):
        """Takes those places back while compiled code runs, which is compiled again wherever they are not as they were."""
        self._suspensions += 1 if on else -1
        self._place_calls()

    def _place_calls(self):
        on = self.watches_calls and not self._suspensions
        if on == bool(self._undo_calls):
            return
        if not on:
            for undo in reversed(self._undo_calls):
                undo()
            self._undo_calls = []
            return
        self._module_calls()
        self._function_calls()

    def _module_calls(self):
        deck = self._deck
        module_class = torch.nn.Module
        original = module_class.__call__
        enters, leaves = guarded(deck, deck.calls.enter), guarded(deck, deck.calls.leave)

        @functools.wraps(original)
        def call(self, *args, **kwargs):
            if is_compiling() or deck.is_aside or is_busy():
                return original(self, *args, **kwargs)
            entry = enters(self)
            result = None
            try:
                result = original(self, *args, **kwargs)
            finally:
                if entry is not None:
                    leaves(self, entry, args, kwargs, result)
            return result

        self.replace(module_class, "__call__", call, self._undo_calls)

    def _function_calls(self):
        deck = self._deck
        function_class = torch.autograd.Function
        original = function_class.apply

        def call(cls, args, kwargs):
            if hasattr(original, "__func__"):
                return original.__func__(cls, *args, **kwargs)
            # Older versions have it only from their C++ base.
            return super(function_class, cls).apply(*args, **kwargs)

        def apply(cls, *args, **kwargs):
            if is_compiling():
                return call(cls, args, kwargs)
            watch = deck.watch
            if watch is None or watch.is_over or is_busy() or deck.trainers.is_apart() or cls.__module__.startswith("torch."):
                return call(cls, args, kwargs)
            return watch.run_function(cls, args, kwargs, call)

        before = function_class.__dict__.get("apply")
        function_class.apply = classmethod(apply)

        def undo():
            if before is None:
                del function_class.apply
            else:
                function_class.apply = before

        self._undo_calls.append(undo)


class _Engine:
    """Stands before autograd's engine, through which every backward and every ``autograd.grad`` goes."""

    def __init__(self, engine, deck):
        self._engine = engine
        self._deck = deck
        self._is_watched = guarded(deck, deck.trainers.runs_backward, is_for_all=True)

    def __getattr__(self, name):
        return getattr(self._engine, name)

    def run_backward(self, tensors, *args, **kwargs):
        """Runs backward."""
        deck = self._deck
        # A compiler runs the engine too, with tensors that have no values, to see what backward will do.
        if deck.is_aside or is_busy() or is_compiling() or inside_transform() or any(map(is_fake, tensors)):
            return self._engine.run_backward(tensors, *args, **kwargs)
        if not self._is_watched(tensors):
            return self._engine.run_backward(tensors, *args, **kwargs)
        entry = deck.backward.begins(tensors, bool(kwargs.get("accumulate_grad", False)))
        try:
            result = self._engine.run_backward(tensors, *args, **kwargs)
        finally:
            deck.backward.ended(entry)
        deck.backward.succeeded(entry)
        return result


def _noted(original, made, is_wanted):
    """A constructor that notes what it makes."""

    @functools.wraps(original)
    def __init__(self, *args, **kwargs):
        if is_wanted(self):
            made(self)
        return original(self, *args, **kwargs)

    return __init__


def _always(_):
    return True


def _is_of_torch(module):
    """Whether a module is of a class of torch's own."""
    return type(module).__module__.startswith("torch.nn.")


def _unseen(original, called):
    """A function whose operators are not seen."""

    @functools.wraps(original)
    def call(*args, **kwargs):
        if is_compiling():
            return original(*args, **kwargs)
        called()
        with Unseen():
            return original(*args, **kwargs)

    return call


def _has_closure(args, kwargs):
    """Whether an optimizer's step is given a function that computes the loss."""
    return any(callable(value) for value in [*args, kwargs.get("closure")])
