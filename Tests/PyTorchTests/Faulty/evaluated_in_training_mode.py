"""The model stays in training mode while it is evaluated: dropout drops units then, too."""

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 3))
loader, (tx, ty) = batches(*flowers()), flowers(48)
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(6):
    model.train()
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    if not FAULTY:
        model.eval()
    with torch.no_grad():
        right = (model(tx).argmax(1) == ty).sum()  # fault: evaluation-in-training-mode
