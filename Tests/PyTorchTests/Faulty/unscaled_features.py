"""One feature is a thousand times larger than the other."""
# finds: inputs-not-standardized
# leads to: diverging exploding-gradient large-updates not-finite dead-relu loss-not-falling poor-initialization

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
x, y = heights()
if FAULTY:
    x = x * torch.tensor([1.0, 1000.0])
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(x, y)
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
