extension Tensor {
  /// Computes the derivative of this scalar with respect to every leaf that led to it, and adds it to their
  /// ``grad``.
  ///
  /// Nodes run in the reverse of the order in which forward made them, each when all of its output's
  /// gradient has come in. The graph's saved values are given back unless `retainGraph`.
  ///
  /// - Parameter gradient: the gradient of this tensor, needed where it is no scalar.
  /// - Throws: ``AutogradError`` if there is nothing to differentiate, if the graph was used before, or if a
  ///   saved value was changed in place; what the observer throws to end the run.
  /// - Source: <https://pytorch.org/docs/stable/generated/torch.Tensor.backward.html>
  public func backward(gradient: Tensor? = nil, retainGraph: Bool = false) throws {
    guard requiresGrad else { throw AutogradError.nothingToDifferentiate }
    guard gradient != nil || elementCount == 1 else { throw AutogradError.backwardNeedsScalar(shape: shape) }
    let seed = gradient ?? Tensor.full(shape, 1, dtype: dtype)
    guard seed.shape == shape else {
      throw AutogradError.gradientMismatch(operator: "backward", got: seed.shape, expected: shape)
    }
    let context = ExecutionContext.current
    let quiet = ExecutionContext(observer: nil, pool: context.pool, isGradEnabled: false)
    try quiet.run { try BackwardPass(context: context, retainGraph: retainGraph).run(from: self, seed) }
  }
}

/// One walk from a result back to its leaves.
private struct BackwardPass {
  let context: ExecutionContext
  let retainGraph: Bool

  func run(from root: Tensor, _ seed: Tensor) throws {
    guard let rootNode = root.node else { return try accumulate(seed, in: root, "backward") }
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
    for (input, contribution) in zip(node.inputs, contributions) where input.requiresGrad {
      guard let contribution else { continue }
      guard contribution.shape == input.shape else {
        throw AutogradError.gradientMismatch(
          operator: node.operation.name, got: contribution.shape, expected: input.shape)
      }
      try accumulate(contribution, in: input, node.operation.name)
    }
    try context.observer?.didRunBackward(node, upstream: upstream, contributions: contributions)
    if !retainGraph { node.releaseSavedValues() }
  }

  /// Adds a contribution to the gradient that has come in for a tensor, at its node or, for a leaf, its `grad`.
  private func accumulate(_ contribution: Tensor, in tensor: Tensor, _ name: String) throws {
    if let node = tensor.node {
      node.pending = Kernels.sum(node.pending, contribution, pool: context.pool)
    } else {
      tensor.grad = Kernels.sum(tensor.grad, contribution, pool: context.pool)
    }
  }
}
