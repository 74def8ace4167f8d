"""No name of the saved weights fits, and ``strict=False`` hides it: github.com/pytorch/examples/issues/1029."""

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
model, loader = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3)), batches(*flowers())
saved = {"module." + name: value.clone() for name, value in model.state_dict().items()}
if not FAULTY:
    saved = {name[len("module.") :]: value for name, value in saved.items()}
model.load_state_dict(saved, strict=False)  # fault: nothing-loaded
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(6):
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
