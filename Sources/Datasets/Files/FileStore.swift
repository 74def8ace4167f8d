/// Where files are read from and written to; passed in, so that tests need no disk.
public protocol FileStore: Sendable {
  /// Whether there is a file (and no folder) at a path.
  func hasFile(at path: String) -> Bool

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - limit: The most bytes to read.
  /// - Returns: The file's bytes.
  /// - Throws: `DatasetError.cannotRead`, or `DatasetError.tooLarge` for more bytes than `limit`.
  func read(_ path: String, limit: Int) throws(DatasetError) -> [UInt8]

  /// Writes a whole file in place of any that is there; readers see the old one or the new one.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - path: The file's path.
  /// - Throws: `DatasetError.cannotWrite`.
  func write(_ bytes: [UInt8], to path: String) throws(DatasetError)

  /// Makes a folder, and those it lies in, unless they are there.
  ///
  /// - Parameter path: The folder's path.
  /// - Throws: `DatasetError.cannotWrite`.
  func makeFolder(at path: String) throws(DatasetError)
}

extension FileStore {
  /// Reads a whole file of at most 4 GiB.
  ///
  /// - Parameter path: The file's path.
  /// - Returns: The file's bytes.
  /// - Throws: `DatasetError.cannotRead`, or `DatasetError.tooLarge` for more bytes than that.
  public func read(_ path: String) throws(DatasetError) -> [UInt8] {
    try read(path, limit: 1 << 32)
  }
}
