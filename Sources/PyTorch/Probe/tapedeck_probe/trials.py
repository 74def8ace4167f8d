"""What is tried with a step's batch for its diagnosis: the model runs on it again, and everything is put back after.

Left out are models whose calls may touch more than can be put back, as ``reach`` tells; those with hooks of the script's own,
compiled, scripted, wrapped for several processes, or under autocast; steps that call the model or the loss more than once; and
scripts that do something else at the same time.
"""

import sys
import threading
import time

import torch
import torch.utils._python_dispatch

from .evaluations import is_special
from .frames import place, script_frame
from .operators import operator
from .own import Unseen, tensors_in
from .restored import Restored
from .scalars import number
from .step_facts import behaves_differently

#: The step after which losses in evaluation mode are worth comparing: batch norm's averages follow slowly.
_FIRST_COMPARISON = 50
#: The share of the script's time that trials may take.
_SHARE = 0.15
#: Outputs with more numbers than this are not compared operator by operator.
_MOST_NUMBERS = 1 << 24
#: Differences below this part of the greatest number are roundings.
_ROUNDING = 1e-5


class Trials:
    """Calls the model of a step again, where the host wants to know rather than to be fast. An error ends it for good."""

    def __init__(self, deck):
        self._deck = deck
        self.is_on = deck.session.settings.get("diagnosis") == "thorough"
        self._has_compared = False
        self._cost = 0.0
        self.forget()

    def forget(self):
        """A step begins."""
        self._calls, self._losses = [], []

    def called(self, module, args, kwargs, result):
        """A whole model was called with gradients."""
        if self.is_on and len(self._calls) < 2:
            self._calls.append(_Call(module, args, kwargs, result))

    def loss_computed(self, name, args, kwargs, result):
        """A loss function was called with gradients."""
        if self.is_on and len(self._losses) < 2:
            self._losses.append(_Loss(name, args, kwargs, result))

    def run(self, watch):
        """What was found with the batch of a step that has ended, as keys of its facts."""
        deck = self._deck
        is_alone = not deck.ranks.is_one_of_several and not deck.patches.has_compiled
        if not self.is_on or not is_alone or len(self._calls) != 1 or self._cost > _SHARE * deck.scalars.seconds() + 0.2:
            return {}
        call = self._calls[0]
        if not call.can_be_repeated() or not _is_alone():
            return {}
        begun = time.perf_counter()
        try:
            with Unseen(), Restored(call.module, *call.given(), *(one.given() for one in self._losses)) as restored:
                return self._found(call, watch, restored)
        except Exception:
            # A model that cannot be called a second time, or may touch more than can be put back, is left alone.
            self.is_on = False
            return {}
        finally:
            self._cost += time.perf_counter() - begun

    def _found(self, call, watch, restored):
        found = {}
        loss = self._losses[0] if len(self._losses) == 1 else None
        count = self._samples(call, loss)
        if not self._has_compared and count is not None:
            self._has_compared = True
            found["mixed"] = _mixed(call, count, restored, watch.graph)
        if watch.step >= _FIRST_COMPARISON and any(map(behaves_differently, call.module.modules())):
            found["evaluationLoss"] = _evaluated(call, loss, number(watch.losses))
        return {key: value for key, value in found.items() if value is not None}

    def _samples(self, call, loss):
        """How many samples the model was given; None where its first dimension may be another."""
        if loss is None or not (isinstance(loss.target, torch.Tensor) and isinstance(call.output, torch.Tensor)):
            return None
        count = call.output.shape[0] if call.output.dim() > 1 else 1
        if count < 2 or not loss.target.dim() or loss.target.shape[0] != count or not _is_of(loss.output, call.output):
            return None
        loader = self._deck.epochs.training_loader()
        size = getattr(loader, "batch_size", None)
        return count if not isinstance(size, int) or count == size or count == len(loader.dataset) % size else None


def _is_alone():
    """Whether nothing of the script's runs beside this thread, and nothing looks at the operators that run."""
    modes = {type(one).__name__ for one in torch.overrides._get_current_function_mode_stack()} - {"OperatorMode", "DeviceContext"}
    if modes or torch.utils._python_dispatch._get_current_dispatch_mode_stack() or torch.autograd._profiler_enabled():
        return False
    mine = threading.get_ident()
    return all(one == mine or _is_known(frame) for one, frame in sys._current_frames().items())


def _is_known(frame):
    """Whether a thread is one of torch's own, of multiprocessing's or of a progress bar's."""
    begun = ""
    while frame is not None:
        name = frame.f_globals.get("__name__")
        begun, frame = begun if name == "threading" else "%s." % name, frame.f_back
    return begun.startswith(("torch.", "multiprocessing.", "tqdm.", "tensorboard.")) and begun != "multiprocessing.pool."


class _Call:
    """A call of a model."""

    def __init__(self, module, args, kwargs, output):
        self.module, self.args, self.kwargs, self.output = module, args, kwargs, output
        self._versions = [(tensor, tensor._version) for tensor in tensors_in([args, kwargs]) if not tensor.is_inference()]
        self._is_mixed_precision = torch.is_autocast_enabled() or torch.is_autocast_cpu_enabled()

    def can_be_repeated(self):
        """Whether nothing but numbers is likely to come of another call."""
        if self._is_mixed_precision or any(tensor._version != version for tensor, version in self._versions):
            return False
        every = torch.nn.modules.module
        hooks = [*every._global_forward_hooks.values(), *every._global_forward_pre_hooks.values()]
        for module in self.module.modules():
            if is_special(module):
                return False
            hooks += [*module._forward_hooks.values(), *module._forward_pre_hooks.values()]
        return all((getattr(hook, "__module__", None) or "").startswith("torch.nn.") for hook in hooks)

    def given(self):
        """What it was called with."""
        return self.args, self.kwargs

    def again(self, changed=None):
        """The model's output for the same arguments, or for others in their place."""
        args, kwargs = changed or (self.args, self.kwargs)
        return self.module(*args, **kwargs)

    def with_another_sample(self, count):
        """The arguments with the first sample in the first tensor of samples replaced by another; None where all are equal."""

        def changed(value):
            nonlocal is_done
            if is_done or not isinstance(value, torch.Tensor) or not value.dim() or value.shape[0] != count:
                return value
            is_done = True
            rows = value.detach().reshape(count, -1)
            others = (rows != rows[0]).any(1).nonzero()
            if not len(others):
                return value
            result = value.detach().clone()
            result[0] = value.detach()[int(others[0])]
            return result

        is_done = False
        args = tuple(changed(value) for value in self.args)
        kwargs = {key: changed(value) for key, value in self.kwargs.items()}
        is_other = any(one is not other for one, other in zip([*args, *kwargs.values()], [*self.args, *self.kwargs.values()]))
        return (args, kwargs) if is_other else None


class _Loss:
    """A call of a loss function."""

    def __init__(self, name, args, kwargs, result):
        self.name, self.args, self.kwargs = name, args, kwargs
        self.output = args[0] if args else kwargs.get("input")
        self.target = args[1] if len(args) > 1 else kwargs.get("target")
        self.value = result.detach()

    def given(self):
        """What it was called with."""
        return self.args, self.kwargs

    def of(self, output):
        """The loss of another output."""
        function = getattr(torch.nn.functional, self.name)
        if self.args:
            return function(output, *self.args[1:], **self.kwargs)
        return function(**{**self.kwargs, "input": output})


def _is_of(tensor, output):
    """Whether a tensor is an output, or a view of it."""
    return tensor is output or isinstance(tensor, torch.Tensor) and tensor._base is not None and tensor._base in (output, output._base)


def _evaluated(call, loss, value):
    """The loss of the batch in evaluation mode; None where the step's loss is more than what can be computed again."""

    def is_whole(tensor):
        return tensor.numel() == 1 and abs(float(tensor) - value) <= 1e-6 * abs(value)

    output = call.output
    if loss is not None and is_whole(loss.value) and isinstance(output, torch.Tensor) and _is_of(loss.output, output):
        again = call.again()
        if loss.output is not output:
            if (again.shape, again.stride(), again.storage_offset()) != (output.shape, output.stride(), output.storage_offset()):
                return None
            again = again.as_strided(loss.output.shape, loss.output.stride(), loss.output.storage_offset())
        return float(loss.of(again))
    parts = tensors_in(output)
    place_ = next((place_ for place_, one in enumerate(parts) if is_whole(one)), None)
    # A model that computes its loss itself returns it.
    return float(tensors_in(call.again())[place_]) if place_ is not None and loss is not None else None


# Samples that influence each other


def _mixed(call, count, restored, graph):
    """A sample whose output depends on another's input, as the facts have it; None where there is none."""
    changed = call.with_another_sample(count)
    if changed is None:
        return None
    runs = []
    for arguments in (None, None, changed):
        restored.random.put_back()
        with _Outputs() as outputs:
            runs.append((call.again(arguments), outputs.found))
    (first, _), (again, before), (other, after) = runs
    if not isinstance(other, torch.Tensor) or other.shape != first.shape or other.shape[:1] != (count,):
        return None
    if _differing_rows(first, again, count).any():
        # It has random numbers of its own.
        return None
    rows = _differing_rows(again, other, count)
    rows[0] = False
    if not rows.any():
        return None
    return {"output": int(rows.nonzero()[0]), "input": 0, "node": _first_mixed(before, after, count, graph)}


def _differs(one, other):
    """Where numbers differ by more than roundings; never where one of them is not finite."""
    if not one.is_floating_point():
        return one != other
    scale = one.abs().nan_to_num(0, 0, 0).max()
    return (one - other).abs().nan_to_num(0, 0, 0) > _ROUNDING * scale


def _differing_rows(one, other, count):
    return _differs(one, other).reshape(count, -1).any(1)


class _Outputs(torch.overrides.TorchFunctionMode):
    """Collects what operators compute, as (name, place in the script, tensor)."""

    def __init__(self):
        super().__init__()
        self.found, self._size = [], 0

    def __torch_function__(self, func, types, args=(), kwargs=None):
        """Runs an operator, and keeps its result."""
        result = func(*args, **(kwargs or {}))
        info = operator(func)
        if info.makes_node and type(result) is torch.Tensor and self._size <= _MOST_NUMBERS:
            self._size += result.numel()
            self.found.append((info.name, place(script_frame(sys._getframe(1))), result))
        return result


def _first_mixed(before, after, count, graph):
    """The name of the first node that does not keep samples apart; None where that is not clear."""
    if [one[:2] for one in before] != [one[:2] for one in after]:
        return None
    for (name, where, one), (_, _, other) in zip(before, after):
        if one.shape != other.shape:
            return None
        if not _is_apart(_differs(one, other), count):
            fitting = [node for node in graph.nodes if node.operation == name and node.location == where]
            return fitting[0].name if fitting else None
    return None


def _is_apart(changed, count):
    """Whether what has changed is one sample's part of a dimension that numbers samples, maybe among others."""
    if not changed.any():
        return True
    for place_, size in enumerate(changed.shape):
        if size % count == 0:
            touched = changed.movedim(place_, 0).reshape(size, -1).any(1)
            if int(touched.sum()) <= size // count:
                return True
    return False
