"""The runs of PyTorch that optimizers are compared with in TrajectoryTests.

    python3 trajectory.py                          computes all runs again and says how far they differ
    python3 trajectory.py NAME OPTIMIZER lr=0.01   adds a run with the network and the batch of the first
"""

import json
import sys
from pathlib import Path

import torch

FILE = Path(__file__).with_name("trajectories.json")
STEPS = 25


def tensor(record):
    return torch.tensor(record["values"], dtype=getattr(torch, record["dtype"])).reshape(record["shape"])


def record(tensor):
    # Nine digits give each number back.
    values = [float("%.9g" % value) for value in tensor.flatten().tolist()]
    return {"dtype": str(tensor.dtype).split(".")[1], "shape": list(tensor.shape), "values": values}


def train(run):
    """The losses of a run's steps, and the weights and gradients after them."""
    sizes = run["sizes"]
    layers = [torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
    modules = [module for layer in layers for module in (layer, torch.nn.ReLU())][:-1]
    model = torch.nn.Sequential(*modules)
    with torch.no_grad():
        for parameter, initial in zip(model.parameters(), run["initial"]):
            parameter.copy_(tensor(initial))
    optimizer = getattr(torch.optim, run["optimizer"])(model.parameters(), **run["options"])
    x, y = tensor(run["X"]), tensor(run["y"])
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(float("%.9g" % loss.item()))
    parameters = list(model.parameters())
    return {
        "losses": losses,
        "final": [record(parameter.detach()) for parameter in parameters],
        "final_grads": [record(parameter.grad) for parameter in parameters],
    }


def main(arguments):
    data = json.loads(FILE.read_text())
    if not arguments:
        for run in data["runs"]:
            apart = [abs(a - b) for a, b in zip(train(run)["losses"], run["losses"])]
            print(run["name"], "%.3g" % max(apart))
        return
    name, optimizer, *options = arguments
    first = data["runs"][0]
    run = {key: first[key] for key in ("sizes", "X", "y", "initial")}
    run["options"] = {key: json.loads(value) for key, value in (option.split("=", 1) for option in options)}
    run.update(name=name, optimizer=optimizer)
    run.update(train(run))
    data["runs"].append(run)
    FILE.write_text(json.dumps(data, separators=(",", ":")))


if __name__ == "__main__":
    main(sys.argv[1:])
