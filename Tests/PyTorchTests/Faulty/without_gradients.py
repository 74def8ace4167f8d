"""A part of the network is computed without gradients."""

import torch
from data import FAULTY, batches, heights
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(2, 16), nn.Linear(16, 1)

    def forward(self, x):
        with torch.set_grad_enabled(not FAULTY):
            x = self.body(x)  # fault: no-gradient
        return self.head(torch.relu(x))


torch.manual_seed(0)
model, loader = Net(), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
