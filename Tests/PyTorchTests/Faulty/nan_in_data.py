"""One number of the data is not one."""
# finds: not-finite

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
x, y = heights()
if FAULTY:
    x[38, 1] = float("nan")
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(x, y)
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
