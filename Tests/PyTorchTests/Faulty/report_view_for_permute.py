"""Features are viewed with the channels last: github.com/fawazsammani/knowing-when-to-look-adaptive-attention/issues/6."""
# leads to: loss-not-falling inputs-not-standardized

import torch
from data import FAULTY, batches, flowers
from torch import nn

torch.manual_seed(0)
y = torch.arange(96) % 3
x = torch.randn(96, 3, 6, 6) + 2 * nn.functional.one_hot(y, 3)[:, :, None, None]
x = (x - x.mean()) / x.std()
encoder, head = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU()), nn.Linear(8, 3)
loader, optimizer = batches(x, y), torch.optim.SGD([*encoder.parameters(), *head.parameters()], lr=0.1)
for epoch in range(8):
    for x, y in loader:
        maps = encoder(x)
        if FAULTY:
            places = maps.view(len(x), 16, 8)  # fault: reshaped-axes
        else:
            places = maps.permute(0, 2, 3, 1).reshape(len(x), 16, 8)
        loss = nn.functional.cross_entropy(head(places.mean(1)), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
