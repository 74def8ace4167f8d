"""The model lists no parameters, so that the optimizer gets none."""

import torch
from data import FAULTY, batches, heights
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)]
        if not FAULTY:
            self.layers = nn.ModuleList(self.layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


torch.manual_seed(0)
model, loader = Net(), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), 0.1)  # fault: empty-optimizer
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
