"""No modules and no optimizer: tensors that are changed by hand."""

import torch
from shown import show

torch.manual_seed(0)
w = torch.randn(8, 1, requires_grad=True)
x, y = torch.randn(32, 8), torch.randn(32, 1)
for step in range(3):
    output = x @ w
    loss = ((output - y) ** 2).mean()
    loss.backward()
    if step == 1:
        show("matmul", output)
        show("mean", loss)
        show("w.grad", w.grad)
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
    print(loss.item())
