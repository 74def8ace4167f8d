"""What the script's loop calls for one step: gradients set to zero, backwards, losses, the optimizer's step."""

import weakref

import torch

from .frames import place, script_frame

#: Functions of autograd that a loss goes through where it is only multiplied by a number.
_SCALING = ("MulBackward", "DivBackward")
#: Functions of autograd that take a mean.
_SUMS = ("SumBackward",)
#: Reductions that a loss function has when it is not told.
_USUAL = "mean"


class LossCall:
    """A loss function that was called."""

    __slots__ = ("name", "result", "node", "samples", "reduction", "output", "target", "ignored")

    def __init__(self, name, output, target, result, kwargs, node):
        self.name = name
        self.result = weakref.ref(result)
        self.node = node
        self.samples = int(output.shape[0]) if getattr(output, "dim", int)() else None
        self.reduction = kwargs.get("reduction", _USUAL)
        self.ignored = kwargs.get("ignore_index", -100)
        self.output = output
        self.target = target


class Loop:
    """Counts the calls from the end of one step to the end of the next."""

    def __init__(self):
        self.begin()

    def begin(self):
        """A step begins."""
        self.zero_grads = 0
        self.updates = 0
        self.update_place = self.zero_place = None
        #: Whether gradients were set to zero since the last backward, and all those of the optimizer that then updated.
        self.is_cleared = self.clears_before_step = False
        self.backwards = []
        #: The loss functions that were called with gradients.
        self.losses = []
        self._inputs = 0
        self._reached = []  # of each backward the tensors to whose gradients it added, by their ids
        #: How often gradients were clipped before the first backward, and after it.
        self.early_clips = self.clips = 0
        self.clip_place = None

    def clipped(self):
        """Gradients are limited."""
        if self.backwards:
            self.clips += 1
        else:
            self.early_clips += 1
        self.clip_place = self.clip_place or place(script_frame())

    def zeroed(self):
        """Gradients are set to zero: what was in them is lost."""
        self.zero_grads += 1
        self.zero_place = place(script_frame())
        self.is_cleared = bool(self.backwards)

    def update_begins(self, optimizer):
        """An optimizer is to change the parameters."""
        self.updates += 1
        if self.is_cleared:
            found = [tensor.grad for group in optimizer.param_groups for tensor in group["params"]]
            found = [gradient for gradient in found if gradient is not None and gradient.layout == torch.strided]
            self.clears_before_step = not any(bool(gradient.count_nonzero()) for gradient in found)
        self.update_place = self.update_place or place(script_frame())

    def backward_begins(self, tensors, loss, watch, in_optimizer):
        """Backward is called on a loss, which is not what a gradient scaler has made of it."""
        self.is_cleared = False
        call, is_scaled = self._loss_of(loss)
        where = place(script_frame())
        inputs = sum(node.kind == "input" and bool(node.shapes and node.shapes[0]) for node in watch.graph.nodes)
        # Losses of one batch are summed by backwards from different lines, or without new inputs.
        is_same = in_optimizer or inputs == self._inputs or any(one["location"] != where for one in self.backwards)
        self.backwards.append(
            {
                "samples": call.samples if call is not None else None,
                "isScaled": is_scaled,
                "isMean": call.reduction == "mean" if call is not None else not _reduced_by(loss, _SUMS),
                "sharesBatch": bool(self.backwards) and is_same,
                "location": where,
            }
        )
        self._inputs = inputs
        self._reached.append(set())

    def reached(self, tensor):
        """Backward has added to the gradient of a tensor."""
        if self._reached:
            self._reached[-1].add(id(tensor))

    def _loss_of(self, loss):
        """The loss function's call that backward goes through first, and whether its result was multiplied by a number."""
        function, is_scaled = loss.grad_fn, False
        while function is not None:
            for call in self.losses:
                result = call.result()
                if result is not None and result.grad_fn is function:
                    return call, is_scaled
            following = [one for one, _ in function.next_functions if one is not None]
            if not function.name().startswith(_SCALING) or len(following) != 1:
                break
            function, is_scaled = following[0], True
        return (self.losses[0] if len(self.losses) == 1 else None), is_scaled

    def message(self, trained):
        """The calls, for the host. ``trained`` are the tensors that optimizers have, by their ids."""
        reached = [found & trained if trained else found for found in self._reached]
        return {
            "zeroGrads": self.zero_grads,
            "backwards": [{**one, "hasOtherParameters": found != reached[0]} for one, found in zip(self.backwards, reached)],
            "optimizerSteps": self.updates,
            "optimizerLocation": self.update_place,
            "clearsBeforeStep": self.clears_before_step,
            "zeroGradLocation": self.zero_place,
            "clipsBeforeBackward": self.early_clips,
            "clipsAfterBackward": self.clips,
            "clipLocation": self.clip_place,
        }


def _reduced_by(loss, names):
    """Whether a loss is computed by one of these functions, but for numbers that it is multiplied by."""
    function = loss.grad_fn
    while function is not None and function.name().startswith(_SCALING):
        following = [one for one, _ in function.next_functions if one is not None]
        if len(following) != 1:
            return False
        function = following[0]
    return function is not None and function.name().startswith(names)
