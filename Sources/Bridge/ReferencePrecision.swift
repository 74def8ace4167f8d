import Arrays
import Autograd

/// The number type that a reference was computed in, and how far its numbers may be from others.
struct ReferencePrecision: Equatable {
  /// The type.
  let type: ElementType

  private static let fromFinest: [ElementType] = [.float64, .float32, .float16, .bfloat16]

  /// The coarsest of some types; those that are not floating-point do not count.
  init(_ types: [ElementType]) {
    let places = types.compactMap { ReferencePrecision.fromFinest.firstIndex(of: $0) }
    type = ReferencePrecision.fromFinest[places.max() ?? 1]
  }

  /// The coarser of this and the type of one tensor.
  func with(_ other: ElementType?) -> ReferencePrecision {
    ReferencePrecision([type] + [other].compactMap { $0 })
  }

  /// Whether results are rounded to 16 bits.
  private var isHalf: Bool { type == .float16 || type == .bfloat16 }

  /// The greatest difference that passes, for numbers up to `greatest` from a network of some layers.
  ///
  /// In 16 bits each layer rounds what it gives and each gradient: 2⁻⁸ of it in bfloat16, 2⁻¹¹ in float16.
  func tolerance(greatest: Double, layers: Int) -> Double {
    switch type {
    case .bfloat16, .float16:
      let rounding = type == .bfloat16 ? 0x1p-8 : 0x1p-11
      return Double(2 * layers + 1) * max(rounding * greatest, 0x1p-24)
    default: return Verification.tolerance(DType(type) ?? .float32) * max(1, greatest)
    }
  }

  /// The numbers rounded to the type; gradients pass as they are.
  func rounded(_ tensor: Tensor) throws -> Tensor {
    guard isHalf else { return tensor }
    let change = tensor.array(Float.self).map { value -> Float in
      let difference = rounded(value) - value
      return difference.isFinite ? difference : 0
    }
    return try tensor + Tensor(change, shape: tensor.shape).to(tensor.dtype)
  }

  /// The nearest number of the type, to even where two are as near.
  func rounded(_ value: Float) -> Float {
    guard isHalf, value.isFinite else { return value }
    if type == .float16, abs(value) < 0x1p-14 {
      return (value * 0x1p24).rounded(.toNearestOrEven) * 0x1p-24
    }
    let dropped: UInt32 = type == .bfloat16 ? 16 : 13
    let bits = value.bitPattern
    let half = (UInt32(1) << (dropped - 1)) - 1 + ((bits >> dropped) & 1)
    let result = Float(bitPattern: ((bits &+ half) >> dropped) << dropped)
    return type == .float16 && abs(result) > 65_504 ? .infinity * (value < 0 ? -1 : 1) : result
  }
}
