import Localization

/// A change to every input value, made when a batch is gathered.
public protocol Transform: Sendable {
  /// The new value for a value.
  func callAsFunction(_ value: Float) -> Float
}

/// Divides pixels by the largest one, so that inputs go from 0 to 1.
///
/// Source: <https://pytorch.org/vision/stable/generated/torchvision.transforms.ToTensor.html>
public struct ToTensor: Transform {
  /// The value that becomes 1: 255 for photographs and MNIST, 16 for the embedded digits.
  public let largestPixel: Float

  /// A transform for pixels up to `largestPixel`.
  ///
  /// - Parameter largestPixel: The value that becomes 1.
  /// - Throws: `DatasetError.invalidArgument` unless it is from 1 to 255.
  public init(largestPixel: Int) throws(DatasetError) {
    guard (1...255).contains(largestPixel) else {
      throw .invalidArgument(
        name: "largestPixel", expected: localized("a number from 1 to 255"), got: "\(largestPixel)")
    }
    self.largestPixel = Float(largestPixel)
  }

  /// A transform for pixels up to 255.
  public init() {
    largestPixel = 255
  }

  /// `value / largestPixel`
  public func callAsFunction(_ value: Float) -> Float { value / largestPixel }
}

/// Centres and scales inputs: `(value − mean) / std`.
///
/// Source: <https://pytorch.org/vision/stable/generated/torchvision.transforms.Normalize.html>
public struct Normalize: Transform {
  /// What is subtracted.
  public let mean: Float
  /// What is then divided by.
  public let std: Float

  /// A transform that takes inputs of this mean and standard deviation to mean 0 and deviation 1.
  ///
  /// - Parameters:
  ///   - mean: What to subtract.
  ///   - std: What to divide by.
  /// - Throws: `DatasetError.invalidArgument` unless both are finite and `std` is above 0.
  public init(mean: Float, std: Float) throws(DatasetError) {
    guard mean.isFinite else {
      throw .invalidArgument(name: "mean", expected: localized("a finite number"), got: "\(mean)")
    }
    guard std.isFinite, std > 0 else {
      throw .invalidArgument(name: "std", expected: localized("a finite number above 0"), got: "\(std)")
    }
    self.mean = mean
    self.std = std
  }

  /// `(value − mean) / std`
  public func callAsFunction(_ value: Float) -> Float { (value - mean) / std }
}
