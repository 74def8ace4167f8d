/// How a loss combines the samples' losses.
public enum Reduction: String, Sendable, CaseIterable {
  /// One loss a sample.
  case none
  /// Their mean.
  case mean
  /// Their sum.
  case sum
}

extension Kernels {
  /// A loss's reduction: the losses themselves, their sum, or that divided by `count` for the mean.
  static func reduce(_ losses: Tensor, by reduction: Reduction, count: Double, pool: StoragePool?) -> Tensor {
    guard reduction != .none else { return losses }
    let one = Shape(repeatElement(1, count: losses.rank))
    let total = sum(losses, to: one, pool: pool).viewed(as: [])
    return reduction == .mean ? divide(total, by: count, pool: pool) : total
  }
}

/// An operator that makes one loss of the losses of samples.
package protocol ReducingLoss: Operator {
  /// What it makes of them.
  var reduction: Reduction { get }
}
