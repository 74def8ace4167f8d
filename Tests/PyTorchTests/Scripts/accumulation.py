"""Four backwards to a step, gradients clipped, a schedule of the learning rate."""

import torch
from shown import show
from torch import nn

torch.manual_seed(0)
model = nn.Linear(8, 1)
optimizer = torch.optim.Adam(model.parameters(), 0.01)
schedule = torch.optim.lr_scheduler.StepLR(optimizer, 1, 0.5)
x, y = torch.randn(64, 8), torch.randn(64, 1)
for step in range(2):
    for part in range(4):
        output = model(x[part * 16 : part * 16 + 16])
        error = nn.functional.mse_loss(output, y[part * 16 : part * 16 + 16])
        loss = error / 4
        if step == 0:
            suffix = "" if part == 0 else "_%d" % (part + 1)
            show("linear" + suffix, output)
            show("mse_loss" + suffix, error)
            show("div" + suffix, loss)
        loss.backward()
    norm = nn.utils.clip_grad_norm_(model.parameters(), 0.1)
    if step == 0:
        show("weight.grad", model.weight.grad)
        show("bias.grad", model.bias.grad)
    optimizer.step()
    if step == 0:
        show("weight", model.weight)
        show("bias", model.bias)
    optimizer.zero_grad()
    schedule.step()
    print(step, norm.item(), loss.item(), schedule.get_last_lr())
