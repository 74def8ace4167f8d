"""A product that is too large for its type."""
# leads to: first-loss poor-initialization exploding-gradient large-updates diverging dead-relu

import torch
from data import FAULTY, batches, heights
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(2, 16), nn.Linear(16, 1)

    def forward(self, x):
        x = torch.relu(self.body(x)) * (1e30 if FAULTY else 1)
        x = x * (1e30 if FAULTY else 1)  # fault: not-finite
        return self.head(x)


torch.manual_seed(0)
model, loader = Net(), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
