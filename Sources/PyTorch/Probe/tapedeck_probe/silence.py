"""Lets nobody hear what a thread says while a model is called once more."""

import contextlib
import logging
import sys
import threading
import warnings

import torch


@contextlib.contextmanager
def silence():
    """Drops what this thread prints, logs and warns of; what others say goes where it goes otherwise."""
    thread, handle = threading.get_ident(), logging.Logger.handle
    streams = sys.stdout, sys.stderr
    always = torch.is_warn_always_enabled()
    # Warnings that are ignored leave no mark in the modules they come from, and so does what torch always warns of.
    ignored = ("ignore", _This(thread), Warning, None, 0)
    filters = warnings.filters

    def handle_others(self, record):
        return None if threading.get_ident() == thread else handle(self, record)

    try:
        sys.stdout, sys.stderr = (None if one is None else _Others(one, thread) for one in streams)
        logging.Logger.handle = handle_others
        filters.insert(0, ignored)
        torch.set_warn_always(True)
        yield
    finally:
        torch.set_warn_always(always)
        filters.remove(ignored)
        logging.Logger.handle = handle
        sys.stdout, sys.stderr = streams


class _Others:
    """A stream for all threads but one."""

    def __init__(self, stream, thread):
        self._stream, self._thread = stream, thread

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def write(self, text):
        """Writes what another thread says."""
        return len(text) if threading.get_ident() == self._thread else self._stream.write(text)


class _This:
    """Matches the texts of a thread's warnings."""

    def __init__(self, thread):
        self._thread = thread

    def match(self, text):
        """Whether this thread warns."""
        return threading.get_ident() == self._thread
