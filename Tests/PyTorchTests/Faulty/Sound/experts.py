"""Experts with optimizers of their own, of which each batch asks one; tied embeddings; weights loaded after the optimizers."""

import copy

import torch
from torch import nn


class Experts(nn.Module):
    def __init__(self, words=12, width=16):
        super().__init__()
        self.words = nn.Embedding(words, width)
        self.experts = nn.ModuleList(nn.Linear(width, width) for _ in range(3))
        self.seldom = nn.Linear(width, width)
        self.head = nn.Linear(width, words)
        self.head.weight = self.words.weight

    def forward(self, x, expert, is_long):
        x = torch.tanh(self.experts[expert](self.words(x)))
        return self.head(self.seldom(x) if is_long else x)


torch.manual_seed(0)
model = Experts()
saved = copy.deepcopy(model.state_dict())
shared = [*model.words.parameters(), *model.seldom.parameters(), model.head.bias]
optimizers = [torch.optim.Adam(shared, lr=0.01)]
optimizers += [torch.optim.Adam(expert.parameters(), lr=0.01) for expert in model.experts]
model.load_state_dict(saved)
for step in range(150):
    x = torch.randint(12, (32,))
    loss = nn.functional.cross_entropy(model(x, (step // 10) % 3, step % 50 == 49), (x + 1) % 12)
    for optimizer in optimizers:
        optimizer.zero_grad()
    loss.backward()
    for optimizer in optimizers:
        optimizer.step()
print(loss.item())
