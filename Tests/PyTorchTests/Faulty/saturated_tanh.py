"""Weights so large that tanh is at its ends."""
# leads to: loss-not-falling vanishing-gradient poor-initialization unchanged-weights large-updates

import torch
from data import FAULTY, batches, heights
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(2, 16), nn.Linear(16, 1)
        if FAULTY:
            nn.init.normal_(self.body.weight, std=300)

    def forward(self, x):
        x = torch.tanh(self.body(x))  # fault: saturation
        return self.head(x)


torch.manual_seed(0)
model, loader = Net(), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(20):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
