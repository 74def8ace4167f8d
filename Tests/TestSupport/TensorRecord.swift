import Autograd

/// A tensor as the conformance files hold it.
package struct TensorRecord: Decodable, Sendable {
  package let dtype: DTypeName
  package let shape: [Int]
  package let values: [Double]

  /// PyTorch's name of an element type.
  package enum DTypeName: String, Decodable, Sendable {
    case float32, float64, int64, bool

    var dtype: DType {
      switch self {
      case .float32: .float32
      case .float64: .float64
      case .int64: .int64
      case .bool: .bool
      }
    }
  }

  private enum Key: CodingKey {
    case dtype, shape, values
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    dtype = try container.decode(DTypeName.self, forKey: .dtype)
    shape = try container.decode([Int].self, forKey: .shape)
    if dtype == .bool, let flags = try? container.decode([Bool].self, forKey: .values) {
      values = flags.map { $0 ? 1 : 0 }
    } else {
      values = try container.decode([Double].self, forKey: .values)
    }
  }

  /// The tensor itself, a leaf.
  package func tensor(requiresGrad: Bool = false) throws -> Tensor {
    let result = try Tensor(values, shape: Shape(shape))
    let converted = dtype == .float64 ? result : try result.to(dtype.dtype)
    return converted.requiringGrad(requiresGrad)
  }
}
