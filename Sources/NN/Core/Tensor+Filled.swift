import Autograd

extension Tensor {
  /// A layer's parameter or buffer; a negative size is 0, so that the layer itself refuses its first input.
  static func filled(
    _ shape: Shape, _ value: Double, _ dtype: DType, requiresGrad: Bool = false
  ) -> Tensor {
    Tensor.empty(Shape(shape.map { Swift.max($0, 0) }), dtype).filled(with: value).requiringGrad(requiresGrad)
  }
}
