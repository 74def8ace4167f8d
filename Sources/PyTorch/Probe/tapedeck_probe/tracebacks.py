"""Takes the probe's frames out of tracebacks and warnings, which then read as they do without it."""

import functools
import sys
import threading
import traceback
import warnings

from .frames import is_probe


def install():
    """Cleans what the script's threads, ``traceback`` and ``logging`` print, and where warnings point."""
    original_init = traceback.TracebackException.__init__

    @functools.wraps(original_init)
    def cleaned_init(self, exc_type, exc_value, exc_traceback, *args, **kwargs):
        original_init(self, exc_type, exc_value, cleaned(exc_value, exc_traceback), *args, **kwargs)

    traceback.TracebackException.__init__ = cleaned_init

    original_thread_hook = threading.excepthook

    def thread_hook(args):
        values = (args.exc_type, args.exc_value, cleaned(args.exc_value, args.exc_traceback), args.thread)
        original_thread_hook(threading.ExceptHookArgs(values))

    threading.excepthook = thread_hook
    original_walk = traceback.walk_stack

    @functools.wraps(original_walk)
    def walk_stack(frame):
        if frame is None:
            # Where it begins is counted from the frame that asks for its first item.
            return original_walk(None)
        return _walk(list(original_walk(frame)))

    traceback.walk_stack = walk_stack
    original_show = warnings._showwarnmsg

    def show(message):
        if not _show_at_script(message):
            original_show(message)

    warnings._showwarnmsg = show


def _walk(entries):
    """The frames of a stack, from the innermost, without the probe's."""
    codes = [frame.f_code for frame, _ in reversed(entries)]
    kept = {len(entries) - 1 - place for place in _kept(codes)}
    return iter([entry for place, entry in enumerate(entries) if place in kept])


def cleaned(error, head):
    """The traceback ``head`` without the probe's frames; those of the errors that led to ``error`` are cleaned too."""
    seen = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        if one.__traceback__ is not None and one.__traceback__ is not head:
            one.__traceback__ = without_probe(one.__traceback__)
        waiting += [one.__cause__, one.__context__]
    head = without_probe(head)
    if error is not None:
        error.__traceback__ = head
    return head


def without_probe(head):
    """Relinks a traceback without the frames that are there only because of the probe."""
    entries = []
    while head is not None:
        entries.append(head)
        head = head.tb_next
    codes = [entry.tb_frame.f_code for entry in entries]
    kept = [entries[place] for place in _kept(codes)]
    if len(kept) != len(entries):
        for one, following in zip(kept, kept[1:] + [None]):
            one.tb_next = following
    return kept[0] if kept else None


def _kept(codes):
    """The places of the codes to keep, from the outermost to the innermost.

    Torch's own frames that hand over to the probe go too. A function of torch's that is written in Python hands itself
    over, and is then called again from the probe: the first of its two frames goes.
    """
    kept = []
    for place, code in enumerate(codes):
        if not is_probe(code):
            kept.append(place)
            continue
        following = next((other for other in codes[place + 1 :] if not is_probe(other)), None)
        end = len(kept)
        while end and _hands_over(codes[kept[end - 1]]):
            end -= 1
        if end < len(kept):
            if end and codes[kept[end - 1]] is following:
                end -= 1
            del kept[end:]
    return kept


def _hands_over(code):
    return code.co_filename.endswith("overrides.py") and "torch_function" in code.co_name


def _show_at_script(message):
    """Shows a warning that points into the probe at the frame it would point to otherwise; false for other warnings."""
    frames = []
    frame = sys._getframe(2)
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back
    places = [
        place
        for place, one in enumerate(frames)
        if one.f_code.co_filename == message.filename and one.f_lineno == message.lineno
    ]
    if not places:
        return False
    code = frames[places[0]].f_code
    if not is_probe(code) and not _hands_over(code):
        return False
    codes = [one.f_code for one in reversed(frames)]
    kept = {len(frames) - 1 - place for place in _kept(codes)}
    target = next((frames[place] for place in range(places[0], len(frames)) if place in kept), None)
    if target is None:
        return False
    frames[places[0]].f_globals.pop("__warningregistry__", None)
    registry = target.f_globals.setdefault("__warningregistry__", {})
    name = target.f_globals.get("__name__") or "<string>"
    warnings.warn_explicit(
        message.message, message.category, target.f_code.co_filename, target.f_lineno, name, registry, None, message.source
    )
    return True
