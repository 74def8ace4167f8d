"""A gradient scaler whose first steps overflow; versions without one for the CPU have their own stand in."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(8, 1)
optimizer = torch.optim.SGD(model.parameters(), 0.1)
try:
    scaler = torch.amp.GradScaler("cpu", init_scale=2.0**127)
except (AttributeError, TypeError):
    scaler = torch.cuda.amp.GradScaler(enabled=False)
x, y = torch.randn(32, 8), torch.randn(32, 1)
for step in range(4):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(x), y) * 100
    scaler.scale(loss).backward()
    scaler.step(optimizer)
    scaler.update()
    print(loss.item(), model.weight.norm().item())
