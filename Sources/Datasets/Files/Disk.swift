import SystemCalls

/// The machine's own file system.
public struct Disk: FileStore {
  /// The machine's own file system.
  public init() {}

  /// Whether there is a file (and no folder) at a path.
  public func hasFile(at path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - limit: The most bytes to read.
  /// - Returns: The file's bytes.
  /// - Throws: `DatasetError.cannotRead`, or `DatasetError.tooLarge` for more bytes than `limit`.
  public func read(_ path: String, limit: Int) throws(DatasetError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .cannotRead(source: path, reason: systemReason()) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var status = stat()
    if fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      guard status.st_size <= limit else {
        throw .tooLarge(source: path, bytes: Int(status.st_size), limit: limit)
      }
      bytes.reserveCapacity(Int(status.st_size))
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = chunk.withUnsafeMutableBytes { systemRead(file, $0) }
      guard count >= 0 else { throw .cannotRead(source: path, reason: systemReason()) }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
      // A pipe has no size to check beforehand, and a file may grow while it is read.
      guard bytes.count <= limit else {
        throw .tooLarge(source: path, bytes: bytes.count, limit: limit)
      }
    }
  }

  /// Writes a whole file, first under another name beside it, so that a broken write leaves the old one.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - path: The file's path.
  /// - Throws: `DatasetError.cannotWrite`.
  public func write(_ bytes: [UInt8], to path: String) throws(DatasetError) {
    let partial = "\(path).partial-\(getpid())"
    let file = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .cannotWrite(source: path, reason: systemReason()) }
    let isWritten = bytes.withUnsafeBytes { systemWrite(file, $0) } && fsync(file) == 0
    let failure = isWritten ? nil : systemReason()
    close(file)
    guard failure == nil, rename(partial, path) == 0 else {
      let reason = failure ?? systemReason()
      unlink(partial)
      throw .cannotWrite(source: path, reason: reason)
    }
  }

  /// Makes a folder, and those it lies in, unless they are there.
  ///
  /// - Parameter path: The folder's path.
  /// - Throws: `DatasetError.cannotWrite`.
  public func makeFolder(at path: String) throws(DatasetError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for name in path.split(separator: "/") {
      made += "\(name)/"
      guard mkdir(made, 0o755) == 0 || errno == EEXIST || errno == EISDIR else {
        throw .cannotWrite(source: path, reason: systemReason())
      }
    }
  }
}

/// The operating system's words for what just failed.
private func systemReason() -> String { String(cString: strerror(errno)) }

/// Reads once, again if a signal came between; -1 on failure.
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  while true {
    let count = read(file, buffer.baseAddress, buffer.count)
    if count >= 0 || errno != EINTR { return count }
  }
}

/// Writes everything; false on failure.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    rest = rest.dropFirst(count)
  }
  return true
}
