extension Tensor {
  /// Computes the derivative of this scalar with respect to every leaf that led to it, and adds it to their
  /// ``grad``.
  ///
  /// Nodes run in the reverse of the order in which forward made them, each when all of its output's
  /// gradient has come in. The graph's saved values are given back unless `retainGraph`.
  ///
  /// `gradient` is the gradient of this tensor itself, needed where it is no scalar.
  /// - Throws: ``AutogradError`` if there is nothing to differentiate, if the graph was used before, or if a
  ///   saved value was changed in place; what the observer throws to end the run.
  /// - Source: <https://pytorch.org/docs/stable/generated/torch.Tensor.backward.html>
  public func backward(gradient: Tensor? = nil, retainGraph: Bool = false) throws {
    guard requiresGrad else { throw AutogradError.nothingToDifferentiate }
    guard gradient != nil || elementCount == 1 else { throw AutogradError.backwardNeedsScalar(shape: shape) }
    let context = ExecutionContext.current
    let seed =
      gradient.map { Kernels.convert($0.detach(), to: dtype, pool: context.pool) } ?? one(context.pool)
    guard seed.shape == shape else {
      throw AutogradError.gradientMismatch(operator: "backward", got: seed.shape, expected: shape)
    }
    try context.quiet().run {
      try BackwardPass(context: context, retainGraph: retainGraph).run(from: self, seed)
    }
  }

  private func one(_ pool: StoragePool?) -> Tensor {
    let result = Tensor.empty(shape, dtype, pool: pool)
    result.fillStorage(with: 1)
    return result
  }
}

/// One walk from a result back to its leaves.
private struct BackwardPass {
  let context: ExecutionContext
  let retainGraph: Bool

  func run(from root: Tensor, _ seed: Tensor) throws {
    guard let rootNode = root.node else { return accumulate(seed, in: root) { true } }
    let nodes = reachable(from: rootNode)
    defer { for node in nodes { node.pending = nil } }
    rootNode.pending = seed
    for node in nodes {
      guard let upstream = node.pending else { continue }
      try run(node, upstream)
      node.pending = nil
    }
  }

  /// Every node that led to `root`, the latest first: an order in which each comes after all its users.
  private func reachable(from root: Node) -> [Node] {
    let visit = context.nextSequence()
    root.visit = visit
    var found = [root]
    var next = 0
    while next < found.count {
      for input in found[next].inputs {
        guard let node = input.node, node.visit != visit else { continue }
        node.visit = visit
        found.append(node)
      }
      next += 1
    }
    found.sort { $0.sequence > $1.sequence }
    return found
  }

  private func run(_ node: Node, _ upstream: Tensor) throws {
    try node.checkSavedValues()
    try context.observer?.willRunBackward(node, upstream: upstream)
    let call = Call(operatorName: node.operation.name, location: node.location, context: context)
    let contributions = try node.operation.backward(upstream, of: node, in: call)
    let inputs = node.inputs
    for index in 0..<min(inputs.count, contributions.count) {
      let input = inputs[index]
      guard input.requiresGrad, let contribution = contributions[index] else { continue }
      guard contribution.shape == input.shape else {
        throw AutogradError.gradientMismatch(
          operator: node.operation.name, got: contribution.shape, expected: input.shape)
      }
      let converted =
        contribution.dtype == input.dtype
        ? contribution : Kernels.convert(contribution, to: input.dtype, pool: context.pool)
      accumulate(converted, in: input) {
        isShared(contribution, at: index, among: contributions, of: node, upstream)
      }
    }
    try context.observer?.didRunBackward(node, upstream: upstream, contributions: contributions)
    if !retainGraph { node.releaseSavedValues() }
  }

  /// Adds a contribution to the gradient that has come in for a tensor, at its node or, for a leaf, its `grad`.
  ///
  /// A leaf's `grad` is its own memory in row-major order: the user may change it in place.
  private func accumulate(_ contribution: Tensor, in tensor: Tensor, isShared: () -> Bool) {
    if let node = tensor.node {
      guard let sum = node.pending else {
        node.pending = contribution
        return
      }
      node.pending = Kernels.sum(sum, contribution, pool: context.pool)
    } else if tensor.grad == nil {
      let own = !isShared() && contribution.isContiguous && contribution.node == nil
      tensor.grad = own ? contribution : contribution.copied(pool: context.pool)
    } else {
      tensor.grad = Kernels.sum(tensor.grad, contribution, pool: context.pool)
    }
  }

  /// Whether somebody else holds a contribution's memory: upstream, the node, or another input's gradient.
  private func isShared(
    _ contribution: Tensor, at index: Int, among contributions: [Tensor?], of node: Node, _ upstream: Tensor
  ) -> Bool {
    let storage = contribution.storage
    if storage === upstream.storage || storage === node.output?.storage { return true }
    for input in node.inputs where input.storage === storage { return true }
    for (other, tensor) in contributions.enumerated() where other != index {
      if tensor?.storage === storage { return true }
    }
    return false
  }
}
