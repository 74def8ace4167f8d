"""Three tasks share a network and have an output each; their gradients are added up before the step."""

import torch
from torch import nn

torch.manual_seed(5)
body = nn.Sequential(nn.Linear(12, 32), nn.ReLU())
heads = nn.ModuleList(nn.Linear(32, 1) for _ in range(3))
optimizer = torch.optim.SGD([*body.parameters(), *heads.parameters()], lr=0.05)
truths = torch.randn(3, 12)
for step in range(200):
    optimizer.zero_grad()
    for head, truth in zip(heads, truths):
        x = torch.randn(32, 12)
        loss = nn.functional.mse_loss(head(body(x)).squeeze(1), x @ truth / 4)
        loss.backward()
    optimizer.step()
