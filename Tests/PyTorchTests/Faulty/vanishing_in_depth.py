"""Sigmoids one after another, each of which makes the gradient smaller."""
# finds: vanishing-gradient
# leads to: loss-not-falling poor-initialization unchanged-weights small-updates class-imbalance

import torch
from data import FAULTY, batches, flowers
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(2, 16), nn.Linear(16, 3)
        self.deep = nn.ModuleList(nn.Linear(16, 16) for _ in range(9))

    def forward(self, x):
        x = self.first(x)
        for layer in self.deep:
            x = torch.sigmoid(layer(x)) if FAULTY else x + 0.2 * torch.tanh(layer(x))
        return self.last(x)


torch.manual_seed(0)
model, loader = Net(), batches(*flowers())
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
