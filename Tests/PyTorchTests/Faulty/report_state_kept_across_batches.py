"""A recurrent state is kept with its graph: backward goes through it a second time."""
# finds: backward-twice

import torch
from data import FAULTY
from torch import nn

torch.manual_seed(0)
model, head = nn.GRU(1, 16, batch_first=True), nn.Linear(16, 1)
optimizer = torch.optim.Adam([*model.parameters(), *head.parameters()], lr=0.01)
wave, state = torch.sin(torch.arange(801) / 10), None
for start in range(0, 800, 20):
    x, y = wave[start : start + 20].view(1, 20, 1), wave[start + 1 : start + 21].view(1, 20, 1)
    output, state = model(x, state)
    if not FAULTY:
        state = state.detach()
    loss = nn.functional.mse_loss(head(output), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
