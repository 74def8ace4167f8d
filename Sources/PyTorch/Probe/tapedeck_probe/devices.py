"""What the script's tensors take on devices other than the processor."""

import sys


def memory():
    """An entry for each device that the script uses; none where there is no such device, or it is not in use yet."""
    torch = sys.modules.get("torch")
    found = []
    for kind in ("cuda", "xpu"):
        module = getattr(torch, kind, None)
        try:
            # A device that the script does not use is left alone: looking at it would take memory there.
            if module is not None and module.is_initialized():
                found += [_entry(kind, module, number) for number in range(module.device_count())]
        except (AttributeError, RuntimeError, AssertionError):
            continue
    try:
        if torch.backends.mps.is_available():
            found.append({"device": "mps", "allocated": int(torch.mps.current_allocated_memory()), "reserved": int(torch.mps.driver_allocated_memory())})
    except (AttributeError, RuntimeError):
        pass
    return [entry for entry in found if entry["allocated"] or entry.get("reserved")]


def _entry(kind, module, number):
    entry = {"device": "%s:%d" % (kind, number), "allocated": int(module.memory_allocated(number)), "reserved": int(module.memory_reserved(number))}
    try:
        entry["total"] = int(module.get_device_properties(number).total_memory)
    except (AttributeError, RuntimeError):
        pass
    return entry
