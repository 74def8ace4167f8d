extension Tensor {
  /// Computes the derivative of this scalar with respect to every leaf that led to it, and adds it to their
  /// ``grad``.
  ///
  /// Nodes run in the reverse of the order in which forward made them, each when its output's
  /// gradient is complete. The graph's saved values are released unless `retainGraph`.
  ///
  /// `gradient` is the gradient of this tensor itself, needed where it is not a scalar.
  /// - Throws: ``AutogradError`` if there is nothing to differentiate, if the graph was used before, or if a
  ///   saved value was changed in place; what the observer throws to end the run.
  /// - Source: <https://pytorch.org/docs/stable/generated/torch.Tensor.backward.html>
  public func backward(
    gradient: Tensor? = nil, retainGraph: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) throws {
    let location = SourceLocation(file: file, line: line)
    guard requiresGrad else { throw AutogradError.nothingToDifferentiate(location: location) }
    guard gradient != nil || elementCount == 1 else {
      throw AutogradError.backwardNeedsScalar(shape: shape, location: location)
    }
    let context = ExecutionContext.current
    let seed =
      gradient.map { Kernels.convert($0.detach(), to: dtype, pool: context.pool) } ?? one(context.pool)
    guard seed.shape == shape else {
      throw AutogradError.gradientMismatch(
        operator: "backward", got: seed.shape, expected: shape, location: location)
    }
    try context.quiet.run {
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
    guard let rootNode = root.node else {
      var seed = seed
      return try accumulate(&seed, in: root)
    }
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
    var (next, isInOrder) = (0, true)
    while next < found.count {
      for input in found[next].inputs {
        guard let node = input.node, node.visit != visit else { continue }
        node.visit = visit
        isInOrder = isInOrder && node.sequence < found[found.count - 1].sequence
        found.append(node)
      }
      next += 1
    }
    if !isInOrder { found.sort { $0.sequence > $1.sequence } }
    return found
  }

  private func run(_ node: Node, _ upstream: Tensor) throws {
    let observer = context.observer
    try observer?.willRunBackward(node, upstream: upstream)
    try node.checkSavedValues()
    let call = Call(node.operation.info, at: node.location, in: context)
    var contributions = try node.operation.backward(upstream, of: node, in: call)
    let observed = observer == nil ? [] : contributions
    try send(&contributions, to: node.inputs, from: node)
    try observer?.didRunBackward(node, upstream: upstream, contributions: observed)
    if !retainGraph { node.releaseSavedValues() }
  }

  /// Passes each input its contribution.
  private func send(_ contributions: inout [Tensor?], to inputs: [Tensor], from node: Node) throws {
    for index in 0..<min(inputs.count, contributions.count) {
      let input = inputs[index]
      guard input.requiresGrad, var contribution = contributions[index].take() else { continue }
      guard contribution.shape == input.shape else {
        throw AutogradError.gradientMismatch(
          operator: node.operation.name, got: contribution.shape, expected: input.shape,
          location: node.location)
      }
      if contribution.dtype != input.dtype {
        contribution = Kernels.convert(contribution, to: input.dtype, pool: context.pool)
      }
      try accumulate(&contribution, in: input)
    }
  }

  /// Adds a contribution to the gradient of a tensor: at its node or, for a leaf, to its `grad`.
  ///
  /// A leaf's `grad` is its own memory in row-major order, so that the user may change it in place. A contribution
  /// that nothing else references becomes the leaf's; one that shares memory is copied.
  private func accumulate(_ contribution: inout Tensor, in tensor: Tensor) throws {
    if let node = tensor.node {
      node.pending = Kernels.sum(node.pending, contribution, pool: context.pool)
    } else if let grad = try tensor.checkedGrad(for: "backward()") {
      tensor.grad = Kernels.sum(grad, contribution, pool: context.pool)
    } else {
      tensor.grad =
        Tensor.isSoleView(&contribution) && contribution.isContiguous && contribution.node == nil
        ? contribution : contribution.copied(pool: context.pool)
    }
  }
}
