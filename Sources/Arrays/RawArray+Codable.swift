import Foundation

/// Bytes are written as one base-64 text rather than as a list of numbers.
extension RawArray: Codable {
  private enum CodingKeys: String, CodingKey {
    case elementType = "dtype"
    case shape, bytes
  }

  /// Reads an array.
  ///
  /// - Throws: ``ArrayError`` if the bytes do not fill the shape.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      elementType: try container.decode(ElementType.self, forKey: .elementType),
      shape: try container.decode([Int].self, forKey: .shape),
      bytes: Array(try container.decode(Data.self, forKey: .bytes)))
  }

  /// Writes the array.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(elementType, forKey: .elementType)
    try container.encode(shape, forKey: .shape)
    try container.encode(Data(bytes), forKey: .bytes)
  }
}
