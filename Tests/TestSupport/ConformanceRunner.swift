import Autograd

/// How a case's inputs lie in memory.
package enum InputLayout: Sendable, CaseIterable {
  /// One element after the other, in row-major order.
  case contiguous
  /// Every other element of memory twice as large.
  case strided
}

/// Runs a case and says what differs from PyTorch; nil where nothing does.
package func check(
  _ item: ConformanceCase, of op: String, layout: InputLayout = .contiguous
) throws -> String? {
  let inputs = try item.inputs.map { record in
    let tensor = try record.tensor()
    let placed =
      layout == .strided ? try Tensor.stack([tensor, tensor], dim: -1).select(dim: -1, index: 1) : tensor
    return placed.detach().requiringGrad(item.grads != nil)
  }
  let output = try run(op, item, inputs)
  let tolerance = item.output.dtype == .float64 ? Tolerance.float64 : .float32
  if output.dtype != item.output.dtype.dtype { return "output has type \(output.dtype)" }
  if let wrong = difference(output, item.output.values, shape: Shape(item.output.shape), tolerance) {
    return "output: \(wrong)"
  }
  guard let gradOutput = item.gradOutput, let grads = item.grads else { return nil }
  try output.backward(gradient: gradOutput.tensor())
  for (index, grad) in grads.enumerated() {
    guard let grad else { continue }
    guard let got = inputs[index].grad else { return "input \(index) has no gradient" }
    if let wrong = difference(got, grad.values, shape: Shape(grad.shape), tolerance) {
      return "gradient \(index): \(wrong)"
    }
  }
  return nil
}

/// There is no operator of that name here.
package struct UnknownOperator: Error {
  package let name: String
}

/// The operator named, with the case's keyword arguments.
private func run(_ op: String, _ item: ConformanceCase, _ x: [Tensor]) throws -> Tensor {
  if let result = try runElementwise(op, item, x) { return result }
  if let result = try runReduction(op, item, x) { return result }
  if let result = try runShape(op, item, x) { return result }
  if let result = try runLoss(op, item, x) { return result }
  throw UnknownOperator(name: op)
}

private func runElementwise(_ op: String, _ item: ConformanceCase, _ x: [Tensor]) throws -> Tensor? {
  switch op {
  case "add": try x[0].add(x[1], alpha: item.number("alpha") ?? 1)
  case "sub": try x[0].sub(x[1], alpha: item.number("alpha") ?? 1)
  case "mul": try x[0].mul(x[1])
  case "div": try x[0].div(x[1])
  case "neg": try x[0].neg()
  case "pow": try item.number("exponent").map { try x[0].pow($0) } ?? x[0].pow(x[1])
  case "exp": try x[0].exp()
  case "log": try x[0].log()
  case "sqrt": try x[0].sqrt()
  case "abs": try x[0].abs()
  case "relu": try x[0].relu()
  case "sigmoid": try x[0].sigmoid()
  case "tanh": try x[0].tanh()
  case "leaky_relu": try x[0].leakyReLU(negativeSlope: item.number("negative_slope") ?? 0.01)
  case "gelu": try x[0].gelu(approximate: item.text("approximate") == "tanh" ? .tanh : .none)
  case "clamp": try x[0].clamp(min: item.number("min") ?? -.infinity, max: item.number("max") ?? .infinity)
  case "maximum": try x[0].maximum(x[1])
  case "minimum": try x[0].minimum(x[1])
  case "where": try Tensor.where(x[0], x[1], x[2])
  case "eq": try x[0].eq(x[1])
  case "ne": try x[0].ne(x[1])
  case "lt": try x[0].lt(x[1])
  case "le": try x[0].le(x[1])
  case "gt": try x[0].gt(x[1])
  case "ge": try x[0].ge(x[1])
  default: nil
  }
}

private func runReduction(_ op: String, _ item: ConformanceCase, _ x: [Tensor]) throws -> Tensor? {
  let (dims, keepDim) = (item.list("dim") ?? [], item.flag("keepdim"))
  let correction = item.number("correction") ?? 1
  switch op {
  case "sum": return try x[0].sum(dims: dims, keepDim: keepDim)
  case "mean": return try x[0].mean(dims: dims, keepDim: keepDim)
  case "amax": return try x[0].amax(dims: dims, keepDim: keepDim)
  case "amin": return try x[0].amin(dims: dims, keepDim: keepDim)
  case "var": return try x[0].var(dims: dims, correction: correction, keepDim: keepDim)
  case "std": return try x[0].std(dims: dims, correction: correction, keepDim: keepDim)
  case "logsumexp": return try x[0].logsumexp(dims: dims, keepDim: keepDim)
  case "argmax": return try x[0].argmax(dim: item.integer("dim"), keepDim: keepDim)
  case "argmin": return try x[0].argmin(dim: item.integer("dim"), keepDim: keepDim)
  case "max":
    return try item.integer("dim").map { try x[0].max(dim: $0, keepDim: keepDim).values } ?? x[0].max()
  case "min":
    return try item.integer("dim").map { try x[0].min(dim: $0, keepDim: keepDim).values } ?? x[0].min()
  case "softmax": return try x[0].softmax(dim: item.integer("dim") ?? -1)
  case "log_softmax": return try x[0].logSoftmax(dim: item.integer("dim") ?? -1)
  default: return nil
  }
}

private func runShape(_ op: String, _ item: ConformanceCase, _ x: [Tensor]) throws -> Tensor? {
  let dim = item.integer("dim") ?? 0
  switch op {
  case "matmul": return try x[0].matmul(x[1])
  case "mm": return try x[0].mm(x[1])
  case "dot": return try x[0].dot(x[1])
  case "t": return try x[0].t()
  case "clone": return try x[0].clone()
  case "contiguous": return try x[0].contiguous()
  case "view": return try x[0].view(item.list("shape") ?? [])
  case "linear": return try x[0].linear(weight: x[1], bias: x.count > 2 ? x[2] : nil)
  case "reshape": return try x[0].reshape(item.list("shape") ?? [])
  case "reshape_of_transpose": return try x[0].t().reshape(item.list("shape") ?? [])
  case "transpose": return try x[0].transpose(item.integer("dim0") ?? 0, item.integer("dim1") ?? 1)
  case "permute": return try x[0].permute(item.list("dims") ?? [])
  case "squeeze": return try item.list("dim").map { try x[0].squeeze(dims: $0) } ?? x[0].squeeze()
  case "unsqueeze": return try x[0].unsqueeze(dim: dim)
  case "expand": return try x[0].expand(item.list("shape") ?? [])
  case "flatten":
    return try x[0].flatten(startDim: item.integer("start_dim") ?? 0, endDim: item.integer("end_dim") ?? -1)
  case "narrow":
    return try x[0].narrow(dim: dim, start: item.integer("start") ?? 0, length: item.integer("length") ?? 0)
  case "select": return try x[0].select(dim: dim, index: item.integer("index") ?? 0)
  case "slice":
    return try x[0].slice(
      dim: dim, start: item.integer("start") ?? 0, end: item.integer("end") ?? .max,
      step: item.integer("step") ?? 1)
  case "cat": return try Tensor.cat(x, dim: dim)
  case "stack": return try Tensor.stack(x, dim: dim)
  case "gather": return try x[0].gather(dim: dim, x[1])
  case "index_select": return try x[0].indexSelect(dim: dim, x[1])
  case "embedding": return try x[1].embedding(x[0])
  case "layer_norm":
    return try x[0].layerNorm(
      normalizedShape: Shape(item.list("normalized_shape") ?? []), weight: x.count > 1 ? x[1] : nil,
      bias: x.count > 2 ? x[2] : nil, epsilon: item.number("eps") ?? 1e-5)
  case "batch_norm":
    return try x[0].batchNorm(
      weight: x.count > 1 ? x[1] : nil, bias: x.count > 2 ? x[2] : nil, epsilon: item.number("eps") ?? 1e-5)
  case "graph_diamond":
    let hidden = try x[0].matmul(x[1]).relu()
    return try (hidden * hidden + hidden).sum()
  case "graph_reuse": return try (x[0] * x[0] + x[0]).sum()
  default: return nil
  }
}

private func runLoss(_ op: String, _ item: ConformanceCase, _ x: [Tensor]) throws -> Tensor? {
  let reduction = item.text("reduction").flatMap(Reduction.init) ?? .mean
  let weight = x.count > 2 ? x[2] : nil
  let ignored = item.integer("ignore_index") ?? -100
  switch op {
  case "cross_entropy":
    return try x[0].crossEntropy(
      x[1], weight: weight, reduction: reduction, labelSmoothing: item.number("label_smoothing") ?? 0,
      ignoreIndex: ignored)
  case "nll_loss":
    return try x[0].nllLoss(x[1], weight: weight, reduction: reduction, ignoreIndex: ignored)
  case "mse_loss": return try x[0].mseLoss(x[1], reduction: reduction)
  case "l1_loss": return try x[0].l1Loss(x[1], reduction: reduction)
  case "huber_loss":
    return try x[0].huberLoss(x[1], delta: item.number("delta") ?? 1, reduction: reduction)
  case "smooth_l1_loss":
    return try x[0].smoothL1Loss(x[1], beta: item.number("beta") ?? 1, reduction: reduction)
  case "binary_cross_entropy_with_logits":
    if x.count > 2 {
      let positive = item.flag("has_pos_weight") ? x.last : nil
      return try x[0].binaryCrossEntropyWithLogits(
        x[1], weight: item.flag("has_weight") ? weight : nil, positiveWeights: positive, reduction: reduction)
    }
    return try x[0].binaryCrossEntropyWithLogits(
      x[1], positiveWeight: item.number("pos_weight"), reduction: reduction)
  default: return nil
  }
}
