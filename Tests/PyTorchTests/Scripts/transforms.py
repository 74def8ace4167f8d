"""torch.func inside a training step; older versions have it in another place, and then it is left out."""

import torch
from shown import show
from torch import nn

torch.manual_seed(0)
model = nn.Linear(8, 1)
optimizer = torch.optim.SGD(model.parameters(), 0.1)
x = torch.randn(16, 8)
for step in range(2):
    optimizer.zero_grad()
    if hasattr(torch, "func"):
        slopes = torch.func.vmap(torch.func.grad(lambda row: row.sin().sum()))(x)
    else:
        slopes = x.cos()
    output = model(slopes)
    loss = output.square().mean()
    loss.backward()
    if step == 0:
        show("linear", output)
        show("mean", loss)
    optimizer.step()
    print(loss.item())
