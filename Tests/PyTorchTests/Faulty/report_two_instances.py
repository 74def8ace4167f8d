"""The optimizer has the parameters of another instance of the model: github.com/spro/practical-pytorch/issues/9."""
# leads to: kept-gradients loss-not-falling

import torch
from data import FAULTY, batches, flowers
from torch import nn


def build():
    return nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3))


torch.manual_seed(0)
model, loader = build(), batches(*flowers())
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)  # fault: stale-parameters
if FAULTY:
    model = build()
for epoch in range(6):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
