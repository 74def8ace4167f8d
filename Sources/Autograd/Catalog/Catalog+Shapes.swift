extension OperatorCatalog {
  static let products: [OperatorEntry] = [
    OperatorEntry(
      "matmul", "Y = A · B", "∂A = G · Bᵀ, ∂B = Aᵀ · G, summed over what was repeated",
      GradientSample([2, 3], [3, 4]) { try $0[0].matmul($0[1]) },
      GradientSample([2, 1, 2, 3], [4, 3, 2]) { try $0[0].matmul($0[1]) },
      GradientSample([3], [2, 3, 2]) { try $0[0].matmul($0[1]) }),
    OperatorEntry(
      "mm", "Y = A · B", "∂A = G · Bᵀ, ∂B = Aᵀ · G",
      GradientSample([2, 3], [4, 3]) { try $0[0].mm($0[1].t()) }),
    OperatorEntry(
      "dot", "y = Σ aᵢ·bᵢ", "∂a = g × b, ∂b = g × a", GradientSample([3], [3]) { try $0[0].dot($0[1]) }),
    OperatorEntry(
      "linear", "Y = X · Wᵀ + b", "∂X = G · W, ∂W = Gᵀ · X, ∂b = Σ G over the batch",
      GradientSample([2, 3], [4, 3], [4]) { try $0[0].linear(weight: $0[1], bias: $0[2]) },
      GradientSample([2, 2, 3], [4, 3]) { try $0[0].linear(weight: $0[1]) }),
  ]

  static let views: [OperatorEntry] = [
    OperatorEntry(
      "reshape", "y = x's elements in row-major order under another shape", "∂x = g in x's shape",
      GradientSample([2, 6]) { try $0[0].reshape(3, -1) },
      GradientSample([2, 6]) { try $0[0].t().reshape(4, 3) }),
    OperatorEntry(
      "view", "y = x's memory under another shape", "∂x = g in x's shape",
      GradientSample([2, 6]) { try $0[0].view(12) }),
    OperatorEntry(
      "flatten", "y = several dimensions as one", "∂x = g in x's shape",
      GradientSample([2, 3, 2]) { try $0[0].flatten(startDim: 1) }),
    OperatorEntry(
      "squeeze", "y = x without dimensions of size 1", "∂x = g in x's shape",
      GradientSample([2, 1, 3]) { try $0[0].squeeze() }),
    OperatorEntry(
      "unsqueeze", "y = x with a new dimension of size 1", "∂x = g in x's shape",
      GradientSample([2, 3]) { try $0[0].unsqueeze(dim: -2) }),
    OperatorEntry(
      "permute", "y = x's dimensions in another order", "∂x = g's dimensions back in x's order",
      GradientSample([2, 3, 4]) { try $0[0].permute([2, 0, 1]) }),
    OperatorEntry(
      "transpose", "y = x with two dimensions exchanged", "∂x = g with them exchanged back",
      GradientSample([2, 3, 4]) { try $0[0].transpose(0, -1) }),
    OperatorEntry("t", "Y = Xᵀ", "∂X = Gᵀ", GradientSample([2, 3]) { try $0[0].t() }),
    OperatorEntry(
      "expand", "y = x repeated where its size is 1", "∂x = g summed over what was repeated",
      GradientSample([3, 1]) { try $0[0].expand(2, -1, 4) }),
    OperatorEntry("clone", "y = a copy of x", "∂x = g", GradientSample([2, 3]) { try $0[0].clone() }),
    OperatorEntry(
      "contiguous", "y = x in row-major order", "∂x = g",
      GradientSample([2, 3]) { try $0[0].t().contiguous() }),
    OperatorEntry(
      "slice", "y = x[start:end:step] in one dimension", "∂x = g at those places, 0 elsewhere",
      GradientSample([3, 5]) { try $0[0].slice(dim: 1, start: 1, step: 2) }),
    OperatorEntry(
      "narrow", "y = some places of one dimension in a row", "∂x = g at those places, 0 elsewhere",
      GradientSample([3, 5]) { try $0[0].narrow(dim: 1, start: -3, length: 2) }),
    OperatorEntry(
      "select", "y = one place of one dimension", "∂x = g at that place, 0 elsewhere",
      GradientSample([3, 5]) { try $0[0].select(dim: 1, index: -1) }),
  ]

  static let indexing: [OperatorEntry] = [
    OperatorEntry(
      "index_select", "y = the entries of one dimension that the indices name",
      "∂x = g added at the places named",
      GradientSample([3, 4]) { try $0[0].indexSelect(dim: 0, Tensor([2, 0, 2])) }),
    OperatorEntry(
      "embedding", "y = the row of the table that each index names", "∂table = g added at the rows named",
      GradientSample([4, 3]) { try $0[0].embedding(Tensor([1, 3, 1])) }),
    OperatorEntry(
      "gather", "y = the element of each lane that an index names", "∂x = g added at the places named",
      GradientSample([3, 4]) { try $0[0].gather(dim: 1, Tensor([1, 0, 3]).unsqueeze(dim: 1)) }),
    OperatorEntry(
      "cat", "y = tensors one after the other", "each gets its part of g",
      GradientSample([2, 3], [2, 1]) { try Tensor.cat($0, dim: 1) }),
    OperatorEntry(
      "stack", "y = tensors side by side in a new dimension", "each gets its part of g",
      GradientSample([2, 3], [2, 3]) { try Tensor.stack($0, dim: -1) }),
  ]
}
