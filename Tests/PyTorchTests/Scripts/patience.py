"""Two processes that say how long their collectives wait."""

import datetime

import torch.distributed as distributed

distributed.init_process_group("gloo", timeout=datetime.timedelta(seconds=20))
group = distributed.distributed_c10d._get_default_group()
backend = group._get_backend(distributed.distributed_c10d._get_pg_default_device(group)) if hasattr(group, "_get_backend") else group
print(backend.options._timeout.total_seconds())
distributed.barrier()
distributed.destroy_process_group()
