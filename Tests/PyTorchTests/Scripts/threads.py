"""Two threads that compute parts of one loss."""

import threading

import torch
from shown import show
from torch import nn

torch.manual_seed(0)
model = nn.ModuleList([nn.Linear(8, 4), nn.Linear(8, 4)])
optimizer = torch.optim.SGD(model.parameters(), 0.1)
x = torch.randn(16, 8)
for step in range(2):
    optimizer.zero_grad()
    parts = [None, None]

    def compute(place):
        parts[place] = model[place](x)

    for place in range(2):
        thread = threading.Thread(target=compute, args=(place,), name="part %d" % place)
        thread.start()
        thread.join()
    loss = (parts[0] - parts[1]).square().mean()
    loss.backward()
    if step == 0:
        show("0.linear", parts[0])
        show("1.linear", parts[1])
        show("mean", loss)
        show("1.weight.grad", model[1].weight.grad)
    optimizer.step()
    print(loss.item(), threading.active_count())
