"""One step that is too large shuts every unit of a layer for good."""
# leads to: loss-not-falling vanishing-gradient unchanged-weights exploding-gradient large-updates diverging poor-initialization

import torch
from data import FAULTY, batches, heights
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(2, 16), nn.Linear(16, 1)

    def forward(self, x):
        x = torch.relu(self.body(x))  # fault: dead-relu
        return self.head(x)


torch.manual_seed(0)
x, y = heights()
model, loader = Net(), batches(x, y + 3)
optimizer = torch.optim.Adam(model.parameters(), lr=20 if FAULTY else 0.01)
for epoch in range(60):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
