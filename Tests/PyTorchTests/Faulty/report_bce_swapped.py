"""The loss is given the labels first, as in github.com/isaaccorley/detcon-pytorch/issues/1."""
# leads to: loss-not-falling large-updates diverging not-finite

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
x, y = flowers()
model = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1), nn.Sigmoid())
loader, criterion = batches(x, (y == 0).float()[:, None]), nn.BCELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(12):
    for x, y in loader:
        output = model(x)
        loss = criterion(y, output) if FAULTY else criterion(output, y)  # fault: swapped-arguments
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
