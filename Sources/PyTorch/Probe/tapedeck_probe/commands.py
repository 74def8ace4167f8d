"""What the host asks for, and what is done then."""

import time

import torch

from . import devices, whole
from .breakpoints import Breakpoints
from .cells import send_cells
from .errands import END, NAME, NODE, NOW, PHASE, STEP, Errand, position_errand
from .own import Own


class Stop:
    """Where a run is paused."""

    def __init__(self, watch, visit, phase):
        self.watch, self.visit, self.phase = watch, visit, phase


def handle(deck, message, stop):
    """Carries out a command; returns whether a paused run goes on."""
    action = _ACTIONS.get(message.get("type"))
    if action is None:
        deck.event("warning", "The probe does not know the command '%s'." % str(message.get("type"))[:40])
        return False
    try:
        return bool(action(deck, message, stop))
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, RuntimeError) as error:
        deck.wire.send({"type": "refused", "command": message.get("type"), "id": message.get("id"), "text": str(error)[:1000]})
        return False


def _run(deck, message, stop):
    deck.errand = Errand()
    return True


def _pause(deck, message, stop):
    # Asked a second time, it stops at once instead of at the end of a watched step.
    deck.errand = Errand(NOW if deck.errand.kind == END or message.get("now") else END)
    return False


def _next_node(deck, message, stop):
    deck.errand = Errand(NODE)
    return True


def _next_phase(deck, message, stop):
    visit = stop.visit if stop is not None else None
    if visit is None:
        deck.errand = Errand(NODE)
    else:
        deck.errand = Errand(PHASE, step=deck.step, phase=visit.phase, round_=visit.round)
    return True


def _next_step(deck, message, stop):
    visit = stop.visit if stop is not None else None
    if visit is None:
        deck.errand = Errand(STEP, step=deck.step + 1, phase=-1)
    else:
        deck.errand = Errand(STEP, step=deck.step + 1, phase=visit.phase, place=visit.place)
    return True


def _run_to(deck, message, stop):
    deck.errand = Errand(NAME, name=str(message["node"]))
    return True


def _go_to(deck, message, stop):
    deck.errand = position_errand(message["position"])
    return True


def _moment(deck, message, stop):
    if stop is None:
        deck.moment_due = True
    else:
        deck.moments.send_moment(stop.watch, stop.visit, "paused", phase=stop.phase)
    return False


def _tensor(deck, message, stop):
    deck.answers.send_tensor(message, stop.watch if stop is not None else deck.watch)
    return False


def _cells(deck, message, stop):
    send_cells(deck, message, stop.watch if stop is not None else deck.watch)
    return False


def _focus(deck, message, stop):
    deck.focus = {key: message[key] for key in ("node", "view", "part", "cell", "leading", "limit") if key in message}
    if stop is not None and deck.focus.get("node"):
        deck.answers.send_focus(stop.watch)
    return False


def _judged(deck, message, stop):
    # What waits for it takes it itself: this one comes too late.
    return False


def _show(deck, message, stop):
    deck.figures.show(bool(message.get("figures")))
    deck.sketched = frozenset(str(name) for name in message.get("sketches") or ())
    return False


def _breakpoints(deck, message, stop):
    deck.breakpoints = Breakpoints(message["breakpoints"], [name for name, _ in deck.models.parameters])
    deck.breakpoint_settings = message["breakpoints"]
    return False


def _pace(deck, message, stop):
    pace = message.get("stepsPerSecond")
    deck.times.pace = float(pace) if pace else None
    return False


def _record(deck, message, stop):
    deck.wishes.take(message)
    for step in sorted(deck.wishes.steps):
        kept = deck.kept.get(step)
        if kept is not None or step < deck.step:
            # It has ended: what is kept of it is sent, or else the next one.
            deck.wishes.steps.discard(step)
        if kept is not None:
            whole.send(deck, kept, True)
        elif step < deck.step:
            deck.wishes.next = True
    if message.get("this") and stop is not None and stop.watch is not None:
        whole.send(deck, stop.watch, True)
    return False


def _hashes(deck, message, stop):
    whole.send_hashes(deck, message.get("step"))
    return False


def _memory(deck, message, stop):
    deck.wire.send({"type": "memory", "devices": devices.memory()})
    return False


def _quit(deck, message, stop):
    deck.session.leave(message.get("onExit") or deck.session.settings.get("onExit", "stop"))
    return True


def _change(deck, message, stop):
    change = message["change"]
    if "hyperparameter" in change:
        text = _set_hyperparameter(deck, change["hyperparameter"]["name"], change["hyperparameter"]["value"], message.get("optimizer"))
    elif "cell" in change:
        text = _set_cell(deck, change["cell"])
    elif "zeroGrad" in change:
        text = _set_zero_grad(deck, bool(change["zeroGrad"]["_0"]))
    else:
        raise ValueError("This cannot be changed.")
    deck.wire.send({"type": "event", "kind": "change", "step": deck.step, "text": text, "change": change, "seconds": time.time()})
    return False


def _set_hyperparameter(deck, name, value, place):
    optimizers = deck.updates.live()
    if place is not None:
        optimizers = optimizers[int(place) : int(place) + 1]
    changed = []
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            key, index = _setting(group, name)
            if key is None:
                continue
            before = group[key]
            if index is not None:
                group[key] = tuple(float(value) if place == index else part for place, part in enumerate(before))
            elif isinstance(before, torch.Tensor):
                with Own():
                    before.fill_(value)
            else:
                group[key] = type(before)(value) if isinstance(before, (bool, int)) and float(value).is_integer() else float(value)
            changed.append(type(optimizer).__name__)
    if not changed:
        known = sorted({key for optimizer in optimizers for group in optimizer.param_groups for key in group if key != "params"})
        raise ValueError("No optimizer has the setting %s. It has %s." % (name, ", ".join(known)))
    return "%s is now %g" % (name, float(value))


def _setting(group, name):
    """The key of a setting, and for ``beta1`` and ``beta2`` which of ``betas`` it is."""
    if name in ("beta1", "beta2") and "betas" in group:
        return "betas", int(name[-1]) - 1
    return (name, None) if name in group and name != "params" else (None, None)


def _set_cell(deck, cell):
    parameter = deck.models.parameter(cell["parameter"])
    if parameter is None:
        raise ValueError("There is no parameter %s." % cell["parameter"])
    index = tuple(int(part) for part in cell["index"])
    if len(index) != parameter.dim():
        raise ValueError("%s has %d dimensions, so that a cell has as many indices." % (cell["parameter"], parameter.dim()))
    with Own():
        deck.history.before_write(parameter)
        data = parameter.data
        before = data[index].item()
        data[index] = cell["value"]
        after = data[index].item()
    return "%s%s is now %g, it was %g" % (cell["parameter"], list(index), after, before)


def _set_zero_grad(deck, on):
    if on and not deck.patches.ignores_zero_grad:
        raise ValueError("zero_grad was not switched off: the script's own calls reset the gradients, if it makes any.")
    deck.patches.ignore_zero_grad(not on)
    return "gradients are reset again" if on else "gradients are no longer reset: zero_grad does nothing"


_ACTIONS = {
    "run": _run,
    "pause": _pause,
    "nextNode": _next_node,
    "nextPhase": _next_phase,
    "nextStep": _next_step,
    "runTo": _run_to,
    "goTo": _go_to,
    "moment": _moment,
    "tensor": _tensor,
    "cells": _cells,
    "focus": _focus,
    "judged": _judged,
    "show": _show,
    "breakpoints": _breakpoints,
    "change": _change,
    "pace": _pace,
    "record": _record,
    "hashes": _hashes,
    "memory": _memory,
    "quit": _quit,
}
