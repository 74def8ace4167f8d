"""A one-cycle schedule for batches is advanced once an epoch: github.com/pytorch/pytorch/issues/65417."""
# leads to: small-updates loss-not-falling

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3)), batches(*flowers())
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, epochs=6, steps_per_epoch=len(loader))
for epoch in range(6):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
        if not FAULTY:
            scheduler.step()
    if FAULTY:
        scheduler.step()  # fault: schedule-per-epoch
