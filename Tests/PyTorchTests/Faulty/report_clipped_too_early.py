"""Gradients are clipped before backward computes them: github.com/Cranial-XIX/FAMO/issues/4."""

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3)), batches(*flowers())
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(6):
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        if not FAULTY:
            loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)  # fault: clipped-too-early
        if FAULTY:
            loss.backward()
        optimizer.step()
