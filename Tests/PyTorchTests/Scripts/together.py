"""Two optimizers that update after one backward, as an actor's and a critic's do."""

import torch
from shown import show
from torch import nn

torch.manual_seed(0)
actor, critic = nn.Linear(8, 2), nn.Linear(8, 1)
optimizers = [torch.optim.Adam(actor.parameters(), 0.01), torch.optim.SGD(critic.parameters(), 0.1)]
x, y = torch.randn(16, 8), torch.randn(16, 1)
for step in range(4):
    for optimizer in optimizers:
        optimizer.zero_grad()
    value = critic(x)
    loss = nn.functional.mse_loss(value, y) + actor(x).square().mean()
    loss.backward()
    if step == 2:
        show("critic.linear", value)
        show("add", loss)
        show("critic.weight.grad", critic.weight.grad)
    for optimizer in optimizers:
        optimizer.step()
    if step == 2:
        show("actor.weight", actor.weight)
        show("critic.weight", critic.weight)
    print(loss.item())
