import Autograd

/// The network that a reference is of: its layers in their order, and what they make of the inputs.
///
/// Layers go in an order in which their shapes fit together; where several orders fit, it is one that gives the
/// reference's outputs. So it is with the activation, unless the reference's metadata say it.
struct ReferenceNetwork {
  let layers: [ReferenceLayer]
  let activation: ReferenceActivation
  /// Whether neither the metadata say the activation nor the outputs show it.
  let isAssumed: Bool
  /// What the layers make of the inputs.
  let outputs: Tensor
  /// What the reference was computed in.
  let precision: ReferencePrecision

  private static let mostOrdersPerActivation = 24

  /// Finds the network.
  ///
  /// - Parameters:
  ///   - reference: The reference.
  ///   - inputs: Its inputs, a row each.
  /// - Throws: ``BridgeError`` if its layers do not fit together or are not all linear.
  init(_ reference: Reference, _ inputs: Tensor) throws {
    let found = try ReferenceLayers(reference)
    let said = try reference.metadata["activation"].map { try ReferenceActivation(named: $0) }
    let activations = said.map { [$0] } ?? ReferenceActivation.usual
    let wanted = try reference.readable("outputs")
    let chains = LayerChains(
      found.linear.map(\.features), from: inputs.shape.last ?? 0, to: wanted?.shape.last)
    let search = Search(reference: reference, inputs: inputs, layers: found.linear, wanted: wanted)
    let first = try chains.all.first.map { try search.attempt($0, activations[0]) }
    if wanted == nil {
      if let obstacle = found.obstacle { throw obstacle }
    } else if let match = try search.match(chains, activations) {
      self.init(match, isAssumed: false)
      return
    }
    if let obstacle = found.obstacle { throw obstacle }
    guard let first else { throw ReferenceNetwork.gap(chains.longest, found.linear, inputs) }
    self.init(first, isAssumed: said == nil && first.layers.count > 1)
  }

  private init(_ attempt: Attempt, isAssumed: Bool) {
    (layers, activation, self.isAssumed) = (attempt.layers, attempt.activation, isAssumed)
    (outputs, precision) = (attempt.outputs, attempt.precision)
  }

  /// The first layer that no order reaches.
  private static func gap(_ longest: [Int], _ layers: [ReferenceLayer], _ inputs: Tensor) -> BridgeError {
    guard let name = layers.indices.first(where: { !longest.contains($0) }) else {
      return .missing("fc1.weight")
    }
    let features = longest.last.map { layers[$0].features.out } ?? inputs.shape.last ?? 0
    return .shape(
      name: "\(layers[name].name).weight", got: layers[name].weight.shape,
      expected: [layers[name].features.out, features])
  }

  private struct Attempt {
    let layers: [ReferenceLayer]
    let activation: ReferenceActivation
    let outputs: Tensor
    let precision: ReferencePrecision
  }

  private struct Search {
    let reference: Reference
    let inputs: Tensor
    let layers: [ReferenceLayer]
    let wanted: Tensor?

    /// The first order and activation that give the outputs: of all layers, then of some of them.
    func match(_ chains: LayerChains, _ activations: [ReferenceActivation]) throws -> Attempt? {
      for chain in chains.all {
        if let match = try agreeing(chain, activations[0]) { return match }
      }
      for chain in chains.all.prefix(mostOrdersPerActivation) {
        for activation in activations.dropFirst() {
          if let match = try agreeing(chain, activation) { return match }
        }
      }
      // Of equal copies, the one with gradients.
      let parts = chains.parts.enumerated().sorted {
        let (left, right) = (gradients($0.element), gradients($1.element))
        return left == right ? $0.offset < $1.offset : left > right
      }
      for (_, chain) in parts.prefix(mostOrdersPerActivation) {
        for activation in activations {
          if let match = try agreeing(chain, activation) { return match }
        }
      }
      return nil
    }

    private func gradients(_ chain: [Int]) -> Int {
      chain.count { reference["\(layers[$0].name).weight.grad"] != nil }
    }

    private func agreeing(_ chain: [Int], _ activation: ReferenceActivation) throws -> Attempt? {
      let attempt = try attempt(chain, activation)
      guard let wanted = wanted?.array(Double.self) else { return attempt }
      let got = attempt.outputs.array(Double.self)
      let tolerance = attempt.precision.tolerance(
        greatest: wanted.map(abs).max() ?? 0, layers: chain.count)
      let agrees = got.count == wanted.count && zip(got, wanted).allSatisfy { abs($0 - $1) <= tolerance }
      return agrees ? attempt : nil
    }

    func attempt(_ chain: [Int], _ activation: ReferenceActivation) throws -> Attempt {
      let ordered = chain.map { layers[$0] }
      let names = ["inputs", "outputs"] + ordered.flatMap { ["\($0.name).weight", "\($0.name).bias"] }
      let precision = ReferencePrecision(names.compactMap(reference.type))
      var x = try inputs.to(ordered[0].weight.dtype)
      for (place, layer) in ordered.enumerated() {
        if x.dtype != layer.weight.dtype { x = try x.to(layer.weight.dtype) }
        x = try precision.rounded(x.linear(weight: layer.weight, bias: layer.bias))
        if place < ordered.count - 1, let function = activation.function {
          x = try precision.rounded(function(x))
        }
      }
      return Attempt(layers: ordered, activation: activation, outputs: x, precision: precision)
    }
  }
}
