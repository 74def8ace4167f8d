"""The root of 0, whose derivative is infinite: forward is sound, and backward is not."""
# finds: not-finite

import torch
from data import FAULTY, batches, heights
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(2, 16), nn.Linear(16, 1)

    def forward(self, x):
        x = self.body(x)
        x = x * x * (0 if FAULTY else 1)
        x = torch.sqrt(x if FAULTY else x + 0.1)
        return self.head(x)


torch.manual_seed(0)
model, loader = Net(), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), 0.02)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
