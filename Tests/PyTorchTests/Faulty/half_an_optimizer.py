"""The optimizer has only the last layer."""
# leads to: kept-gradients

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(*heights())
trained = model[2] if FAULTY else model
optimizer = torch.optim.SGD(trained.parameters(), 0.1)  # fault: not-in-optimizer
for epoch in range(12):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
