"""The scheduler is advanced, the optimizer never: github.com/tedlasai/learn2refocus/issues/5."""

import warnings

import torch
from data import FAULTY, batches, flowers
from torch import nn

warnings.simplefilter("ignore")
torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3)), batches(*flowers())
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)  # fault: never-stepped
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 100)
for epoch in range(6):
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        if not FAULTY:
            optimizer.step()
        scheduler.step()
