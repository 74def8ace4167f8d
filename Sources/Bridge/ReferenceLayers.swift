import Autograd

/// A linear layer of a reference.
struct ReferenceLayer {
  let name: String
  let weight: Tensor
  let bias: Tensor?

  /// How many numbers it takes and gives.
  var features: (in: Int, out: Int) { (weight.shape[1], weight.shape[0]) }
}

/// What a reference has in layers: linear ones, in the order of their names, and one of another kind.
struct ReferenceLayers {
  let linear: [ReferenceLayer]
  /// Why the layers may not be all: the first that cannot be computed; nil where all are linear.
  let obstacle: BridgeError?

  init(_ reference: Reference) throws {
    let names = Set(
      (Array(reference.tensors.keys) + reference.unread.keys).filter { $0.hasSuffix(".weight") }
        .map { String($0.dropLast(7)) }
    ).sorted { $0.inNaturalOrder(before: $1) }
    var (linear, obstacle) = ([ReferenceLayer](), ReferenceLayers.other(than: names, in: reference))
    for name in names {
      guard let weight = reference["\(name).weight"], reference.unread["\(name).bias"] == nil else {
        let unread = ["\(name).weight", "\(name).bias"].first { reference.unread[$0] != nil } ?? name
        obstacle = obstacle ?? .elementType(name: unread, got: reference.unread[unread] ?? "")
        continue
      }
      if let kind = ReferenceLayers.kind(name, weight, reference) {
        obstacle =
          obstacle ?? .layer(name: name, tensor: "\(name).weight", shape: weight.shape, kind: kind)
        continue
      }
      let bias = reference["\(name).bias"]
      if let bias, bias.shape != [weight.shape[0]] {
        obstacle = obstacle ?? .shape(name: "\(name).bias", got: bias.shape, expected: [weight.shape[0]])
        continue
      }
      func leaf(_ tensor: Tensor) throws -> Tensor {
        try tensor.detach().to(weight.dtype.isFloatingPoint ? weight.dtype : .float32).copied()
          .requiringGrad()
      }
      linear.append(ReferenceLayer(name: name, weight: try leaf(weight), bias: try bias.map(leaf)))
    }
    guard !linear.isEmpty else { throw obstacle ?? .missing("fc1.weight") }
    (self.linear, self.obstacle) = (linear, obstacle)
  }

  /// What a layer is that is not linear; nil for a linear one.
  private static func kind(
    _ name: String, _ weight: Tensor, _ reference: Reference
  ) -> BridgeError.OtherLayer? {
    if reference["\(name).running_mean"] != nil { return .batchNorm }
    if weight.rank > 2 { return .convolution }
    return weight.rank == 2 ? nil : .normalization
  }

  /// A layer whose weights have other names than `weight`, or a batch normalization without one.
  private static func other(than names: [String], in reference: Reference) -> BridgeError? {
    for (key, tensor) in reference.tensors.sorted(by: { $0.key < $1.key }) where !key.hasSuffix(".grad") {
      let path = key.split(separator: ".", omittingEmptySubsequences: false)
      guard let last = path.last else { continue }
      let name = path.count > 1 ? path.dropLast().joined(separator: ".") : key
      func error(_ kind: BridgeError.OtherLayer) -> BridgeError {
        .layer(name: name, tensor: key, shape: tensor.shape, kind: kind)
      }
      if last.hasPrefix("weight_ih") { return error(.recurrent) }
      if last == "in_proj_weight" { return error(.attention) }
      if last == "running_mean", !names.contains(name) { return error(.batchNorm) }
    }
    return nil
  }
}

extension String {
  /// Whether it comes before another where digits count as numbers: `fc2` before `fc10`.
  fileprivate func inNaturalOrder(before other: String) -> Bool {
    func parts(_ text: String) -> [(text: String, number: Int)] {
      text.matches(of: /([^0-9]*)([0-9]*)/).map { (String($0.1), Int($0.2) ?? -1) }
    }
    for (left, right) in zip(parts(self), parts(other)) where left != right {
      return left < right
    }
    return count < other.count
  }
}
