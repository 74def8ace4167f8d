"""What the probe costs a script: ``python3 Tests/PyTorchTests/cost.py [cnn|mlp] [SECONDS]``, with any interpreter that has torch.

Whole runs with and without the probe differ by more than it costs. So one process trains in short blocks of steps, with the
probe and without, in random order, and each block is compared with the one beside it. What counts is the processor time of
the thread that trains. The interval is of 95 %, by resampling the pairs.
"""

import json
import os
import random
import statistics
import sys
import time

#: How many steps a block has, after one that is not counted since it finds cold caches.
_BLOCK = {"cnn": 8, "mlp": 60}


class Switch:
    """Takes the probe out of torch and puts it back. Time without it is none of its run's."""

    def __init__(self, deck):
        self._deck, self._is_on = deck, True
        self._since = None

    def turn(self, on):
        """Turns the probe on or off."""
        deck = self._deck
        if on == self._is_on:
            return
        self._is_on = deck.patches.watches_calls = on
        now = time.perf_counter(), time.process_time()
        if not on:
            self._since = now
            deck.is_aside = True
            deck.patches.remove()
            return
        deck.is_aside = False
        deck.patches.install()
        deck.patches.watch_calls(deck.watch is not None)
        deck.facts.evaluations._classes.clear()
        deck.facts.evaluations.learn_roots(deck.updates.all())
        deck.scalars.was_paused(now[0] - self._since[0])
        deck.scalars._processor += now[1] - self._since[1]
        deck.scalars._sent += now[0] - self._since[0]
        deck.times.step_begins()


def model(kind):
    """The model, and a batch's inputs and targets."""
    import torch

    torch.manual_seed(0)
    nn = torch.nn
    if kind == "mlp":
        network = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        return network, torch.randn(64, 784), torch.randint(0, 10, (64,))
    network = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 49, 10),
    )  # fmt: skip
    return network, torch.randn(64, 1, 28, 28), torch.randint(0, 10, (64,))


def train(kind, seconds):
    """The script: trains with the probe on and off by turns, and prints the seconds of each pair's steps, with it and without."""
    import torch

    torch.set_num_threads(1)
    network, inputs, targets = model(kind)
    optimizer = torch.optim.SGD(network.parameters(), 0.01, momentum=0.9)
    switch = Switch(torch.autograd.Variable._execution_engine._deck)
    order = random.Random(0)

    def step():
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(network(inputs), targets).backward()
        optimizer.step()

    for _ in range(100):
        step()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = {}
        for on in order.choice(((True, False), (False, True))):
            switch.turn(on)
            step()
            times = []
            for _ in range(_BLOCK[kind]):
                begun = time.thread_time()
                step()
                times.append(time.thread_time() - begun)
            found[on] = times
        print(json.dumps([found[True], found[False]]))
    switch.turn(True)


def share(pairs):
    """By which share the steps with the probe take longer, all of them together."""
    with_, without = (sum(sum(pair[place]) for pair in pairs) for place in (0, 1))
    return with_ / without - 1


def usual(pairs):
    """By how many seconds the usual step with the probe takes longer: the difference of the medians."""
    with_, without = (statistics.median(time for pair in pairs for time in pair[place]) for place in (0, 1))
    return with_ - without


def interval(pairs, measure, times=400):
    """Between which numbers a measure of pairs lies."""
    order = random.Random(0)
    found = sorted(measure(order.choices(pairs, k=len(pairs))) for _ in range(times))
    return found[times // 40], found[-times // 40]


def main():
    """Runs the script, and prints what was found."""
    from host import Host

    kind, seconds = (sys.argv[1:] + ["cnn", "60"][len(sys.argv) - 1 :])[:2]
    host = Host([os.path.abspath(__file__), kind, seconds, "inside"], diagnosis="sparing")
    code, output, errors = host.end()
    if code or host.of_type("trouble"):
        sys.exit(errors.decode() + "".join(message["traceback"] for message in host.of_type("trouble")))
    pairs = [json.loads(line) for line in output.decode().splitlines()]
    alone = statistics.median(time for _, without in pairs for time in without)
    print("torch %s, %s: %d pairs of %d steps" % (host.of_type("torch")[0]["version"], kind, len(pairs), _BLOCK[kind]))
    print("a step alone usually takes %.3f ms" % (1e3 * alone))
    print("the probe adds %.0f µs to a usual step (%.0f to %.0f)" % tuple(1e6 * one for one in (usual(pairs), *interval(pairs, usual))))
    print("and %.1f %% in all (%.1f to %.1f)" % tuple(1e2 * one for one in (share(pairs), *interval(pairs, share))))


if __name__ == "__main__":
    if sys.argv[-1] == "inside":
        train(sys.argv[1], float(sys.argv[2]))
    else:
        main()
