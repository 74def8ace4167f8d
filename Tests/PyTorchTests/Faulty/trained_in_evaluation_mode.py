"""After the first evaluation the model stays in evaluation mode: dropout drops nothing any more."""

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 3))
loader, (tx, ty) = batches(*flowers()), flowers(48)
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for epoch in range(6):
    if not FAULTY:
        model.train()
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    model.eval()  # fault: training-in-evaluation-mode
    with torch.no_grad():
        right = (model(tx).argmax(1) == ty).sum()
