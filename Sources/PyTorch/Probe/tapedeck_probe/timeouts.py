"""Lets the collectives of a process that may be paused wait for it."""

import functools
from datetime import timedelta

import torch


def lengthen(patches, seconds):
    """Gives every process group that the script makes this much time at least."""
    distributed = torch.distributed
    if not distributed.is_available():
        return
    module = distributed.distributed_c10d
    # Which argument the timeout is, counted from 0.
    for name, place in (("init_process_group", 2), ("new_group", 1)):
        patient = _patient(getattr(module, name), place, timedelta(seconds=seconds))
        for owner in (module, distributed):
            patches.replace(owner, name, patient)


def _patient(original, place, least):
    @functools.wraps(original)
    def make(*args, **kwargs):
        if len(args) > place:
            args = args[:place] + (_longer(args[place], least),) + args[place + 1 :]
        else:
            kwargs["timeout"] = _longer(kwargs.get("timeout"), least)
        return original(*args, **kwargs)

    return make


def _longer(timeout, least):
    return max(timeout, least) if isinstance(timeout, timedelta) else least
