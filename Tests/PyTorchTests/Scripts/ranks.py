"""Two processes that train together under torch's launcher."""

import os

import torch
import torch.distributed as distributed
from torch import nn

distributed.init_process_group("gloo")
rank = distributed.get_rank()
torch.manual_seed(rank)
model = nn.parallel.DistributedDataParallel(nn.Linear(8, 1))
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for step in range(3):
    optimizer.zero_grad()
    nn.functional.mse_loss(model(torch.randn(16, 8)), torch.randn(16, 1)).backward()
    optimizer.step()
    if step == 1 and os.environ.get("DIE") and rank == 1:
        os._exit(7)
    if step == 1 and os.environ.get("DIFFER") and rank == 1:
        model.module.bias.data += 1
if rank == 0:
    print(model.module.weight.tolist())
distributed.destroy_process_group()
