"""A model, a function and an update that are compiled, where torch can."""

import logging

import torch
from shown import show
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))
optimizer = torch.optim.SGD(model.parameters(), 0.1)
weight = model[0].weight


def distance(a, b):
    return nn.functional.mse_loss(a, b) + scale(a - b).square().mean()


scale = nn.Linear(1, 1)


def update():
    optimizer.step()


if hasattr(torch, "compile"):
    torch._logging.set_logs(all=logging.ERROR)
    model = torch.compile(model, backend="aot_eager")
    distance = torch.compile(distance, backend="eager", fullgraph=True)
    update = torch.compile(backend="eager")(update)
x, y = torch.randn(32, 8), torch.randn(32, 1)
for step in range(12):
    optimizer.zero_grad()
    output = model(x)
    loss = distance(output, y) * 2
    loss.backward()
    if step == 0:
        show("mul", loss)
        show("model.0.weight.grad", weight.grad)
    update()
    print(loss.item())
    if hasattr(torch, "compile"):
        if step == 0:
            show("model.Sequential", output)
        print(torch._dynamo.utils.counters["stats"]["unique_graphs"], "graphs")
