/// One operation in the graph that forward recorded: what it computed, from what.
public final class Node {
  /// The operation, with what it saved for backward.
  public let operation: any Operator

  /// The tensors it was given; empty once backward has released them.
  @exclusivity(unchecked) public private(set) var inputs: [Tensor]

  /// What it computed, outside the graph, where backward reads it; nil once backward has released it.
  @exclusivity(unchecked) public private(set) var output: Tensor?

  /// Where the user called the operator.
  public let location: SourceLocation

  /// Nodes are numbered as they are made; every node's inputs were made before it.
  package let sequence: Int

  /// The longest chain of nodes that ends here.
  let depth: Int

  /// The sum of the gradients received so far from the operations that used the output.
  @exclusivity(unchecked) var pending: Tensor?

  /// The backward pass that last reached this node.
  @exclusivity(unchecked) var visit = 0

  /// Whether backward has released the saved values.
  @exclusivity(unchecked) private(set) var isReleased = false

  private let savedVersion: Int

  init(operation: any Operator, inputs: [Tensor], output: Tensor, location: SourceLocation, sequence: Int) {
    self.operation = operation
    self.inputs = inputs
    self.output = operation.saved.contains(.output) ? output.detach() : nil
    self.location = location
    self.sequence = sequence
    var depth = 0
    for input in inputs { if let node = input.node { depth = max(depth, node.depth) } }
    self.depth = depth + 1
    savedVersion = Node.version(operation.saved, inputs, output)
  }

  /// Whether the input at `index` needs a gradient.
  public func needsGradient(_ index: Int) -> Bool { inputs[index].requiresGrad }

  /// The computed value.
  ///
  /// - Throws: ``AutogradError/backwardTwice(operator:location:)`` once it was released.
  package func savedOutput() throws -> Tensor {
    guard let output else { throw AutogradError.backwardTwice(operator: operation.name, location: location) }
    return output
  }

  /// Throws if backward cannot run: its values were released, or changed in place.
  func checkSavedValues() throws {
    guard !isReleased else {
      throw AutogradError.backwardTwice(operator: operation.name, location: location)
    }
    guard Node.version(operation.saved, inputs, output) == savedVersion else {
      throw AutogradError.changedInPlace(
        operator: operation.name, shapes: inputs.map(\.shape), location: location)
    }
  }

  /// Releases the saved values; the links stay until the node itself is released.
  func releaseSavedValues() {
    isReleased = true
    output = nil
    inputs.removeAll()
  }

  /// The sum of the versions of what backward reads: any change in place makes it greater.
  private static func version(_ saved: SavedValues, _ inputs: [Tensor], _ output: Tensor?) -> Int {
    var sum = 0
    if saved.contains(.inputs) { for input in inputs { sum &+= input.storage.version } }
    if saved.contains(.output), let output { sum &+= output.storage.version }
    return sum
  }

  /// Depth from which a graph is taken apart by a loop: released link by link it would overflow the stack.
  private static let deep = 200

  /// Empties `slot` without recursion over the depth of the graph behind it.
  static func release(_ slot: inout Node?) {
    guard let depth = slot?.depth, depth > deep else { return }
    var waiting: [Node] = []
    move(&slot, to: &waiting)
    while var node = waiting.popLast() {
      guard isKnownUniquelyReferenced(&node) else { continue }
      var inputs = node.inputs
      node.inputs = []
      while var input = inputs.popLast() {
        if isKnownUniquelyReferenced(&input) { move(&input.node, to: &waiting) }
      }
    }
  }

  /// Moves a node out of `slot`, leaving no further reference to it behind.
  private static func move(_ slot: inout Node?, to waiting: inout [Node]) {
    if let node = slot { waiting.append(node) }
    slot = nil
  }
}
