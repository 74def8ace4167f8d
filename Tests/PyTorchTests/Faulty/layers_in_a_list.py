"""Layers in a list that the module does not look into: they get gradients, and nothing trains them."""
# leads to: kept-gradients

import torch
from data import FAULTY, batches, heights
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        hidden = [nn.Linear(2, 16), nn.Linear(16, 16)]  # fault: not-listed
        self.hidden = hidden if FAULTY else nn.ModuleList(hidden)
        self.head = nn.Linear(16, 1)

    def forward(self, x):
        for layer in self.hidden:
            x = torch.relu(layer(x))
        return self.head(x)


torch.manual_seed(0)
model, loader = Net(), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
