import Trace

extension FailureFacts {
  /// PyTorch's words for errors that a rule knows, in lower case.
  private static let words: [(words: String, kind: Kind)] = [
    ("is out of bounds", .labelOutOfRange),
    ("modified by an inplace operation", .changedInPlace),
    ("a leaf variable that requires grad is being used in an in-place operation", .changedInPlace),
    ("expected more than 1 value per channel", .batchOfOneRow),
    ("optimizer got an empty parameter list", .emptyOptimizer),
    ("does not require grad and does not have a grad_fn", .noGradient),
  ]

  /// The error that ends a script, in a step with these nodes.
  init(_ exception: ExceptionMessage, step: Int, nodes: [ComputationGraph.Node]) {
    let message = (exception.text ?? "").withVisibleControls
    let name = exception.node?.withVisibleControls
    let node = name.flatMap { name in nodes.last { $0.name == name } }
    let lowered = message.lowercased()
    var kind = FailureFacts.words.first { lowered.contains($0.words) }?.kind
    if kind == .labelOutOfRange, !lowered.hasPrefix("target") { kind = nil }
    self.init(
      position: Position(step: max(1, step), phase: node?.phase ?? .forward, node: 0),
      operation: kind == .changedInPlace ? FailureFacts.operation(in: message) : node?.operation,
      node: kind == .changedInPlace ? exception.changedBy?.withVisibleControls : name, message: message,
      kind: kind,
      location: exception.place?.withVisibleControls, origin: exception.changedAt?.withVisibleControls)
  }

  /// The operator whose value autograd says was changed: `sigmoid` of `which is output 0 of SigmoidBackward0`.
  private static func operation(in message: String) -> String? {
    message.firstMatch(of: /which is output \d+ of (?:[A-Za-z_]+::)?([A-Za-z]+?)Backward/).map { match in
      match.1.reduce(into: "") { word, letter in
        if letter.isUppercase, !word.isEmpty { word += "_" }
        word += letter.lowercased()
      }
    }
  }
}
