"""Looks for NaN and infinity in every value and gradient of a step, and does nothing else until one is found."""

import math

import torch

from .autograd_hooks import BackwardHooks
from .operators import FunctionOperator, operator
from .own import Own, inside_transform, tensors_in
from .watch import Watch


class NanWatch:
    """Watches a step only for values that are not finite; the first one found begins a full watch."""

    #: It has no nodes to stop at.
    is_whole = False

    def __init__(self, deck, step):
        self.deck = deck
        self.step = step
        self.is_over = False

    def run(self, func, args, kwargs):
        """Runs an operator of the script's, and checks what it computed."""
        result = func(*args, **kwargs)
        try:
            if type(result) is torch.Tensor:
                # A view's values were checked where they were computed.
                if result.is_floating_point() and not result._is_view() and not _is_finite(result):
                    self._found(func, args, kwargs, result)
            elif result is None or isinstance(result, (tuple, list)):
                self._check_several(func, args, kwargs, result)
        except Exception:
            self.deck.trouble()
        return result

    def run_function(self, function, args, kwargs, call):
        """Runs an autograd Function of the script's own, and checks what it computed."""
        result = call(function, args, kwargs)
        if any(tensor.is_floating_point() and not _is_finite(tensor) for tensor in tensors_in(result)):
            self.deck.watch_from_here().add(FunctionOperator(function), args, kwargs, result)
        return result

    def add_whole(self, name, remark, args, kwargs, result):
        """Checks what was computed by what is not looked into."""
        if any(tensor.is_floating_point() and not _is_finite(tensor) for tensor in tensors_in(result)):
            self.deck.watch_from_here().add_whole(name, remark, args, kwargs, result)

    def hook_backward(self, tensors):
        """Hooks every autograd node that leads to these tensors; returns the hooks, to be removed."""
        return BackwardHooks(tensors, self._gradient)

    def before_update(self, optimizer, has_closure):
        """An update is not looked at."""

    def after_update(self, optimizer):
        """An update is not looked at."""

    def _gradient(self, autograd_node, given, arrived):
        watch = self.deck.watch
        if watch is self:
            try:
                with Own():
                    if all(_is_finite(gradient) for gradient in _computed(autograd_node, given, arrived)):
                        return
                watch = self.deck.watch_from_here()
            except Exception:
                self.deck.trouble()
                return
        if isinstance(watch, Watch):
            watch.gradient(autograd_node, given, arrived)

    def _check_several(self, func, args, kwargs, result):
        info = operator(func)
        written = info.written(args, kwargs) if result is None else None
        for tensor in tensors_in(result if written is None else written):
            if info.makes_node and tensor.is_floating_point() and not _is_finite(tensor):
                self._found(func, args, kwargs, result)
                return

    def _found(self, func, args, kwargs, result):
        place = self.deck.here()
        info = operator(func)
        if not info.makes_node or place.loading or place.in_optimizer and not torch.is_grad_enabled():
            return
        if not torch.is_grad_enabled() and (place.in_backward or not place.modules):
            return
        self.deck.watch_from_here().add(info, args, kwargs, result)


def _computed(autograd_node, given, arrived):
    """The gradients that a node has computed: what it only hands on, as a view does, was checked where it was computed."""
    found = [gradient for gradient in arrived if gradient is not None]
    if isinstance(autograd_node, torch.autograd.function.BackwardCFunction):
        return found
    passed = {gradient.data_ptr() for gradient in given if gradient is not None and _has_address(gradient)}
    return [gradient for gradient in found if not (_has_address(gradient) and gradient.data_ptr() in passed)]


def _has_address(tensor):
    return tensor.layout is torch.strided and not tensor.is_meta and not inside_transform()


def _is_finite(tensor):
    """Whether no value is NaN or infinite. A sum says so at the price of one look at each value."""
    if tensor.layout is not torch.strided or tensor.is_meta or inside_transform():
        return True
    grad = torch.is_grad_enabled()
    if grad:
        torch._C._set_grad_enabled(False)
    try:
        total = tensor.sum().item()
        if math.isfinite(abs(total)):
            return True
        return bool(torch.isfinite(tensor).all())
    finally:
        if grad:
            torch._C._set_grad_enabled(True)
