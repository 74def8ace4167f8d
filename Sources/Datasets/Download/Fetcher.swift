/// Where files on the web come from; passed in, so that tests need no network.
public protocol Fetcher: Sendable {
  /// Fetches a file.
  ///
  /// - Parameters:
  ///   - address: The file's `https` address.
  ///   - limit: The most bytes to take.
  /// - Returns: The file's bytes.
  /// - Throws: `DatasetError.cannotFetch`, or `DatasetError.tooLarge` for more bytes than `limit`.
  func fetch(_ address: String, limit: Int) throws(DatasetError) -> [UInt8]
}
