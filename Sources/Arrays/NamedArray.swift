/// An array and its name, such as `fc1.weight`.
public struct NamedArray: Codable, Equatable, Sendable {
  /// The array's name.
  public var name: String
  /// The array.
  public var array: RawArray

  /// Names an array.
  public init(name: String, array: RawArray) {
    self.name = name
    self.array = array
  }

  /// The size of each dimension.
  public var shape: [Int] { array.shape }
  /// The elements' bytes.
  public var bytes: [UInt8] { array.bytes }
}
