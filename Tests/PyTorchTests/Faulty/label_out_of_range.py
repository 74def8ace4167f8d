"""One label is a class that the network does not have."""
# leads to: class-never-seen

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
x, y = flowers()
if FAULTY:
    y[40] = 3
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3)), batches(x, y)
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(12):
    for x, y in loader:
        output = model(x)
        loss = nn.functional.cross_entropy(output, y)  # fault: label-out-of-range
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
