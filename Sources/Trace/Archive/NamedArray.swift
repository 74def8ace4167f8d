/// A tensor's values outside the engine: its bytes, in row-major order and the machine's (little-endian) order.
public struct NamedArray: Sendable, Equatable {
  public var name: String
  /// The element type in NumPy's words: `float32`, `float64`, `int64` or `bool`.
  public var dtype: String
  public var shape: [Int]
  public var bytes: [UInt8]

  /// An array of values.
  public init(name: String, dtype: String, shape: [Int], bytes: [UInt8]) {
    self.name = name
    self.dtype = dtype
    self.shape = shape
    self.bytes = bytes
  }
}
