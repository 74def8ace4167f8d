"""A schedule that is meant for epochs moves on with every batch."""
# leads to: learning-rate-fell small-updates unchanged-weights loss-not-falling

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(*heights(), size=2)
optimizer = torch.optim.SGD(model.parameters(), 0.05)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.1)
for epoch in range(4):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
        if FAULTY:
            scheduler.step()  # fault: schedule-per-batch
    if not FAULTY:
        scheduler.step()
