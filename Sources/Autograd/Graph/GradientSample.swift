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
