"""The optimizer has the parameters of the model before: github.com/mrdbourke/pytorch-deep-learning/issues/399."""
# leads to: kept-gradients loss-not-falling

import torch
from data import FAULTY, batches, heights
from torch import nn

torch.manual_seed(0)
model_0, model_1 = nn.Linear(2, 1), nn.Linear(2, 1)
loader, loss_fn = batches(*heights()), nn.L1Loss()
optimizer = torch.optim.SGD(params=(model_0 if FAULTY else model_1).parameters(), lr=0.01)  # fault: stale-parameters
for epoch in range(6):
    for x, y in loader:
        model_1.train()
        loss = loss_fn(model_1(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
