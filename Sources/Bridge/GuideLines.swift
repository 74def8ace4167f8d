/// What the learner wrote in NumPy for a node of the guide's networks, and what it is in PyTorch.
public struct GuideLines: Equatable, Sendable {
  /// The lines of the hand-written network.
  public let numpy: [String]
  /// The line that does it in PyTorch.
  public let pytorch: String

  /// The part of an iteration that a line belongs to.
  public enum Part: Sendable {
    case forward, backward, update
  }

  /// The lines for a node of layer `layer` of a network whose layers are `fc1`, `fc2`, …; nil for operators
  /// that the guide's networks do not have.
  ///
  /// - Parameters:
  ///   - operation: the operator, `linear`, or for an update the parameter's own name, `weight`.
  ///   - layer: the number of the layer; that of the last one for the loss.
  ///   - part: the part of the iteration.
  public init?(operation: String, layer: Int, part: Part) {
    let (z, a, w, b) = ("Z\(layer)", "A\(layer)", "W\(layer)", "b\(layer)")
    let input = layer > 1 ? "A\(layer - 1)" : "X"
    switch (operation, part) {
    case ("linear", .forward):
      (numpy, pytorch) = (["\(z) = \(input) @ \(w) + \(b)"], "x = self.fc\(layer)(x)")
    case ("relu", .forward): (numpy, pytorch) = (["\(a) = np.maximum(0, \(z))"], "x = F.relu(x)")
    case ("cross_entropy", .forward):
      numpy = ["\(a) = softmax(\(z))", "loss = np.mean(-np.log(\(a)[range(m), y] + 1e-8))"]
      pytorch = "loss = criterion(outputs, y)"
    case ("cross_entropy", .backward): (numpy, pytorch) = (["d\(z) = \(a) - onehot(y)"], "loss.backward()")
    case ("linear", .backward):
      let toInput = layer > 1 ? ["d\(input) = d\(z) @ \(w).T"] : []
      numpy = ["d\(w) = (1/m) * \(input).T @ d\(z)", "d\(b) = (1/m) * np.sum(d\(z), axis=0)"] + toInput
      pytorch = "loss.backward()"
    case ("relu", .backward): (numpy, pytorch) = (["d\(z) = d\(a) * (\(z) > 0)"], "loss.backward()")
    case ("weight", .update): (numpy, pytorch) = (["\(w) -= lr * d\(w)"], "optimizer.step()")
    case ("bias", .update): (numpy, pytorch) = (["\(b) -= lr * d\(b)"], "optimizer.step()")
    default: return nil
    }
  }
}
