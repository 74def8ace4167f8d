"""The same layer again and again, as over time: what it does to a number, it does to the power."""
# finds: exploding-gradient diverging not-finite
# leads to: large-updates poor-initialization loss-not-falling first-loss

import torch
from data import FAULTY, batches, heights
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.again, self.last = nn.Linear(2, 16), nn.Linear(16, 16, bias=False), nn.Linear(16, 1)
        nn.init.orthogonal_(self.again.weight, gain=3.0 if FAULTY else 0.9)

    def forward(self, x):
        x = self.first(x)
        for _ in range(40 if FAULTY else 4):
            x = self.again(x)
        return self.last(x)


torch.manual_seed(0)
model, loader = Net(), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), 0.02)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
