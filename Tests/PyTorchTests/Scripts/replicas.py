"""A model whose copies compute in threads, as DataParallel's do."""

import threading

import torch
from shown import show
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(8, 4), nn.Tanh())
optimizer = torch.optim.SGD(model.parameters(), 0.1)
x = torch.randn(16, 8)


def replica():
    copy = model._replicate_for_data_parallel()
    parts = [module._replicate_for_data_parallel() for module in model]
    copy._modules = dict(zip(model._modules, parts))
    parts[0]._parameters = dict(model[0]._parameters)
    return copy


for step in range(2):
    optimizer.zero_grad()
    model(x[:1])
    copies, parts = [replica(), replica()], [None, None]
    threads = []

    def compute(place):
        parts[place] = copies[place](x[place::2])

    for place in range(2):
        threads.append(threading.Thread(target=compute, args=(place,), name="replica %d" % place))
        threads[-1].start()
        threads[-1].join()
    loss = torch.cat(parts).square().mean()
    loss.backward()
    if step == 0:
        show("1.tanh_2", parts[0])
        show("1.tanh_3", parts[1])
        show("mean", loss)
        show("0.weight.grad", model[0].weight.grad)
    optimizer.step()
    print(loss.item())
