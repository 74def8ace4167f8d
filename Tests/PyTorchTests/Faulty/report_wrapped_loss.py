"""The loss is put into a new tensor, which has no way back: ``torch.tensor(loss, requires_grad=True)``."""
# finds: no-gradient step-without-backward not-in-optimizer
# leads to: loss-not-falling unchanged-weights

import warnings

import torch
from data import FAULTY, batches, heights
from torch import nn

warnings.simplefilter("ignore")
torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1)), batches(*heights())
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(12):
    for x, y in loader:
        loss = nn.functional.mse_loss(model(x), y)
        if FAULTY:
            loss = torch.tensor(loss, requires_grad=True)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
