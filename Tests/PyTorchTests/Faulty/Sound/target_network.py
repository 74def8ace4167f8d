"""Two views of a sample are to get the same features: the target network is a mean of the trained one, and stays in training mode."""

import copy

import torch
import torch.nn.functional as F
from torch import nn


def network(*sizes):
    layers = [nn.Linear(sizes[0], sizes[1]), nn.BatchNorm1d(sizes[1]), nn.ReLU(), nn.Linear(sizes[1], sizes[2])]
    return nn.Sequential(*layers)


torch.manual_seed(7)
online, predictor = network(16, 32, 16), network(16, 32, 16)
target = copy.deepcopy(online)
for parameter in target.parameters():
    parameter.requires_grad_(False)
optimizer = torch.optim.Adam([*online.parameters(), *predictor.parameters()], lr=1e-3)
data = torch.randn(256, 16)
for step in range(150):
    x = data[torch.randint(256, (64,))]
    first, second = x + 0.1 * torch.randn_like(x), x + 0.1 * torch.randn_like(x)
    with torch.no_grad():
        goal = target(second)
    loss = 2 - 2 * F.cosine_similarity(predictor(online(first)), goal).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        for own, other in zip(target.parameters(), online.parameters()):
            own.mul_(0.99).add_(0.01 * other)
