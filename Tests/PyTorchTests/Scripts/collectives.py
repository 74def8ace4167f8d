"""Two processes with collectives in the middle of a step, and operators that only one of them has."""

import datetime

import torch
import torch.distributed as distributed
from torch import nn

distributed.init_process_group("gloo", timeout=datetime.timedelta(seconds=20))
rank = distributed.get_rank()
torch.manual_seed(0)
first = nn.parallel.DistributedDataParallel(nn.Linear(4, 4))
second = nn.Linear(4, 1)
optimizer = torch.optim.SGD([*first.parameters(), *second.parameters()], 0.1)
torch.manual_seed(rank)
for step in range(3):
    optimizer.zero_grad()
    hidden = first(torch.randn(8, 4))
    mean = hidden.detach().mean()
    distributed.all_reduce(mean)
    if rank == 0:
        hidden = hidden.relu() + hidden.tanh() - hidden.tanh()
    distributed.barrier()
    output = second(hidden - mean)
    output.square().mean().backward()
    for parameter in second.parameters():
        distributed.all_reduce(parameter.grad)
    optimizer.step()
print(rank, second.weight.sum().item())
distributed.destroy_process_group()
