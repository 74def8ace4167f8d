/// What an operator computes and how its gradient follows, in formulas, with calls that its derivative is
/// checked by.
public struct OperatorEntry: Sendable {
  /// The name in PyTorch, as nodes carry it.
  public let name: String
  /// y, in terms of the inputs.
  public let formula: String
  /// The gradient of each input, with g the gradient of y; nil where there is none.
  public let derivative: String?
  /// Calls whose gradients a test compares with finite differences; none for an operator without a gradient.
  package let samples: [GradientSample]

  init(_ name: String, _ formula: String, _ derivative: String, _ samples: GradientSample...) {
    self.name = name
    self.formula = formula
    self.derivative = derivative
    self.samples = samples
  }

  /// An operator without a gradient.
  init(_ name: String, _ formula: String) {
    self.name = name
    self.formula = formula
    derivative = nil
    samples = []
  }
}

/// A call of an operator on float64 inputs of given shapes.
package struct GradientSample: Sendable {
  /// Where the operator is defined and smooth.
  package enum Domain: Sendable {
    case all, positive
  }

  private let shapes: [Shape]
  private let domain: Domain
  /// Computes the output from the inputs.
  package let body: @Sendable ([Tensor]) throws -> Tensor

  init(
    _ shapes: Shape..., domain: Domain = .all, body: @escaping @Sendable ([Tensor]) throws -> Tensor
  ) {
    self.shapes = shapes
    self.domain = domain
    self.body = body
  }

  /// Inputs in float64 that require gradients: normal numbers, or their magnitudes and a half.
  package func inputs() -> [Tensor] {
    var generator = Generator(seed: 11)
    return shapes.map { shape in
      let result = Tensor.empty(shape, .float64)
      result.write { _ in
        let value = generator.normal()
        return domain == .all ? value : value.magnitude + 0.5
      }
      return result.requiringGrad()
    }
  }
}

/// Every operator of the engine, for the debugger's explanations and for the gradient check.
public enum OperatorCatalog {
  /// All entries, by kind.
  public static let all =
    arithmetic + functions + reductions + products + views + indexing + losses + normalizations
    + comparisons

  /// The entry of a node's operator, nil for one that a user made.
  public static func entry(named name: String) -> OperatorEntry? { byName[name] }

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
