"""Modules that run again inside backward, in both of torch's ways."""

import torch
from shown import show
from torch import nn
from torch.utils.checkpoint import checkpoint

torch.manual_seed(0)
block = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 8))
head = nn.Linear(8, 1)
optimizer = torch.optim.SGD([*block.parameters(), *head.parameters()], 0.1)
x, y = torch.randn(32, 8, requires_grad=True), torch.randn(32, 1)
for step in range(2):
    optimizer.zero_grad()
    output = head(checkpoint(block, checkpoint(block, x, use_reentrant=False), use_reentrant=True))
    loss = nn.functional.mse_loss(output, y)
    loss.backward()
    if step == 0:
        show("head.linear", output)
        show("mse_loss", loss)
        show("head.weight.grad", head.weight.grad)
        show("block.0.weight.grad", block[0].weight.grad)
    optimizer.step()
    print(loss.item())
