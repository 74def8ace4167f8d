"""Accumulated losses are not divided: github.com/agokrani/distillKitPlus/issues/5.

Nothing is found, and rightly: AdamW divides by the gradient's size, so that the factor changes no update but for epsilon. What
the report saw is the printed loss. With SGD it is a fault (accumulation_unscaled.py).
"""

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3)), batches(*flowers(), size=4)
optimizer, steps = torch.optim.AdamW(model.parameters(), lr=0.01), 8
for epoch in range(8):
    for index, (x, y) in enumerate(loader):
        loss = nn.functional.cross_entropy(model(x), y)
        if not FAULTY:
            loss = loss / steps
        loss.backward()
        if (index + 1) % steps == 0:
            optimizer.step()
            optimizer.zero_grad()
