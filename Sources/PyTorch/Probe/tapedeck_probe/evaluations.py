"""Passes of data through the model outside training, and in which mode they are made."""

import functools
import sys
import weakref

import torch

from .frames import is_machinery, is_probe, place, script_frame
from .own import is_busy, is_compiling
from .run_facts import held
from .step_facts import behaves_differently, name_of

#: More than this many different ones are not told.
_MOST = 16


class Evaluations:
    """Tells the host of each kind of evaluation once: where it is, and which modules were in training mode."""

    def __init__(self, deck):
        self._deck = deck
        self._told = set()
        self._undo = []
        self._classes = set()
        self._trained = weakref.WeakSet()  # the models that the optimizer has parameters of
        self._has_trained = False
        self._unsure = []  # passes with gradients in evaluation mode: a backward tells what they were

    def learn_roots(self, optimizers):
        """Sees the calls of the model that is trained, where there is one, in passes without gradients."""
        if len(optimizers) != 1 or self._deck.patches.has_compiled:
            return
        known = held(optimizers)
        for _, root in self._deck.models.roots():
            kind = type(root)
            if not any(id(one) in known for one in root.parameters()):
                continue
            self._trained.add(root)
            if kind in self._classes or "__call__" in vars(kind) or is_special(root):
                continue
            self._classes.add(kind)
            kind.__call__ = self._seen(kind)
            self._undo.append(functools.partial(delattr, kind, "__call__"))

    def remove(self):
        """Gives every place back."""
        for undo in reversed(self._undo):
            undo()
        self._undo = []

    def _seen(self, kind):
        evaluations = self

        def __call__(self, *args, **kwargs):
            if not is_compiling() and not torch.is_grad_enabled() and not is_busy():
                evaluations.called(self)
            return super(kind, self).__call__(*args, **kwargs)

        return __call__

    def called(self, module):
        """A model is called without gradients."""
        deck = self._deck
        if deck.is_aside or deck.trainers.is_apart() or not self._has_trained or deck.here().modules or deck.here().in_backward or deck.here().in_optimizer:
            return
        try:
            # Others of its class are called too: one that no optimizer has only helps, as the target network of a student does.
            if module in self._trained and any(module is root for _, root in deck.models.roots()):
                frame = script_frame()
                if not _is_called_by_torch():
                    self._tell([module], False, place(frame))
        except Exception:
            deck.trouble()

    def loss_computed(self, has_gradients):
        """A loss was computed outside training."""
        optimizers = self._deck.patches.made_optimizers()
        if not self._has_trained or len(optimizers) != 1:
            return
        known = held(optimizers)
        roots = [root for _, root in self._deck.models.roots() if any(id(one) in known for one in root.parameters())]
        where = place(script_frame())
        if has_gradients:
            self._unsure.append((roots, where))
            del self._unsure[:-_MOST]
        else:
            self._tell(roots, False, where)

    def settled(self, is_training):
        """What the passes with gradients in evaluation mode were."""
        unsure, self._unsure = self._unsure, []
        if not is_training:
            for roots, where in unsure:
                self._tell(roots, True, where)

    def backward_begins(self):
        """Training has begun."""
        self._has_trained = True

    def _tell(self, roots, records, where):
        deck = self._deck
        found = sorted(
            {
                name_of(module, deck.models)
                for root in roots
                for module in root.modules()
                if module.training and behaves_differently(module) and (root.training or not _is_dropout(module))
            }
        )
        key = (tuple(found), records, where)
        if key in self._told or len(self._told) >= _MOST:
            return
        self._told.add(key)
        deck.wire.send(
            {
                "type": "evaluationFacts",
                "step": deck.step - 1,
                "modulesInTrainingMode": found,
                "recordsGradients": records,
                "location": where,
            }
        )


def _is_dropout(module):
    """Whether a module is a dropout: in a model in evaluation mode one is turned on on purpose, to tell how sure the model is."""
    return isinstance(module, torch.nn.modules.dropout._DropoutNd)


def is_special(root):
    """Whether a model's class is not the script's to be called through: compiled code, and torch's wrappers around models."""
    name = type(root).__module__
    return name.startswith(("torch._dynamo", "torch.jit", "torch.nn.parallel", "torch.fx", "torch.distributed"))


def _is_called_by_torch():
    """Whether torch itself has called the model, as where it measures batch norm's statistics anew."""
    frame = sys._getframe(2)
    while frame is not None and is_probe(frame.f_code):
        frame = frame.f_back
    return frame is None or is_machinery(frame.f_code)
