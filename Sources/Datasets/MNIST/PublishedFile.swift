import Localization

/// A file as its authors published it.
public struct PublishedFile: Equatable, Sendable {
  /// The file's name.
  public let name: String
  /// The file's size.
  public let byteCount: Int
  /// The SHA-256 digest of its bytes, in hexadecimal.
  public let sha256: String

  /// A file of that name, size and digest.
  public init(name: String, byteCount: Int, sha256: String) {
    self.name = name
    self.byteCount = byteCount
    self.sha256 = sha256
  }

  /// Checks that bytes are this file.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - source: Where they are from.
  /// - Throws: `DatasetError.wrongContent` if they are not.
  func check(_ bytes: [UInt8], source: String) throws(DatasetError) {
    let digest = SHA256.digest(bytes)
    guard bytes.count == byteCount, digest == sha256 else {
      throw .wrongContent(
        source: source, expected: localized("\(byteCount) bytes of SHA-256 \(sha256)"),
        got: localized("\(bytes.count) bytes of SHA-256 \(digest)"))
    }
  }
}
