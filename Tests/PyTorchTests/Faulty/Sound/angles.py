"""A classifier by angles, with a margin, as in ArcFace: its first loss is far above that of guessing."""

import torch
import torch.nn.functional as F
from torch import nn


class Angles(nn.Module):
    def __init__(self, width, classes, scale=30.0, margin=0.3):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(classes, width))
        nn.init.xavier_uniform_(self.weight)
        self.scale, self.margin = scale, margin

    def forward(self, features, labels):
        cosines = F.linear(F.normalize(features), F.normalize(self.weight))
        angles = torch.acos(cosines.clamp(-1 + 1e-6, 1 - 1e-6))
        targets = F.one_hot(labels, len(self.weight)).float()
        return self.scale * torch.cos(angles + self.margin * targets)


torch.manual_seed(4)
centres = torch.randn(10, 20)
features = nn.Sequential(nn.Linear(20, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Linear(64, 32))
head = Angles(32, 10)
optimizer = torch.optim.SGD([*features.parameters(), *head.parameters()], lr=0.05, momentum=0.9)
for step in range(200):
    y = torch.randint(10, (64,))
    x = centres[y] + 0.5 * torch.randn(64, 20)
    loss = F.cross_entropy(head(features(x), y), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
