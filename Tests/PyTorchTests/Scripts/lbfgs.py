"""An optimizer that computes the loss several times in a step."""

import torch
from shown import show
from torch import nn

torch.manual_seed(0)
model = nn.Linear(8, 1)
optimizer = torch.optim.LBFGS(model.parameters(), max_iter=5)
x, y = torch.randn(32, 8), torch.randn(32, 1)
losses = []


def closure():
    optimizer.zero_grad()
    output = model(x)
    loss = nn.functional.mse_loss(output, y)
    loss.backward()
    losses.append((output, loss))
    return loss


for step in range(2):
    losses.clear()
    loss = optimizer.step(closure)
    if step == 0:
        for number, (output, one) in enumerate(losses):
            show("linear" if number == 0 else "linear_%d" % (number + 1), output)
            show("mse_loss" if number == 0 else "mse_loss_%d" % (number + 1), one)
        show("weight", model.weight)
    print(loss.item(), len(losses))
