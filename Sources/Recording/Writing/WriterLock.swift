import SystemCalls

/// The right to write a recording, held on a small file beside it: it ends with the process, however that ends.
///
/// The recording itself cannot carry it: closing a second descriptor of it would take SQLite's own locks away.
final class WriterLock: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Takes the lock of a recording.
  ///
  /// - Throws: `RecordingError.busy`, or `cannotWrite`.
  init(recording: String) throws(RecordingError) {
    path = WriterLock.path(of: recording)
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard file >= 0 else { throw .cannotWrite(path: recording, reason: systemReason()) }
      guard WriterLock.lock(file, WriterLock.setLock) != nil else {
        let process = WriterLock.process(file)
        close(file)
        throw .busy(path: recording, process: process)
      }
      // A file of this name that is not a lock is neither written over nor removed.
      guard WriterLock.isLock(file) else {
        close(file)
        throw .exists(path: path)
      }
      // Whoever had the lock before may have removed the file that was just locked.
      var (own, named) = (stat(), stat())
      if fstat(file, &own) == 0, stat(path, &named) == 0, own.st_ino == named.st_ino {
        descriptor = file
        break
      }
      close(file)
    }
    let text = Array("\(getpid())\n".utf8)
    if ftruncate(descriptor, 0) == 0 { _ = write(descriptor, text, text.count) }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }

  /// Whether a process writes a recording now.
  static func isHeld(recording: String) -> Bool {
    let file = open(path(of: recording), O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return false }
    defer { close(file) }
    return WriterLock.lock(file, WriterLock.getLock).map { $0 != Int16(F_UNLCK) } ?? false
  }

  // The C headers show these only to programs that ask for GNU's names.
  #if canImport(Darwin)
    private static let setLock: Int32 = 90
    private static let getLock: Int32 = 92
  #else
    private static let setLock: Int32 = 37
    private static let getLock: Int32 = 36
  #endif

  /// Asks for the lock, or only after it; it belongs to the open file, so that one process cannot have it twice.
  ///
  /// - Returns: the kind of lock that is there; nil where the lock was not given.
  private static func lock(_ file: Int32, _ question: Int32) -> Int16? {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    return withUnsafeMutablePointer(to: &lock) { fcntl(file, question, UnsafeMutableRawPointer($0)) } == 0
      ? lock.l_type : nil
  }

  /// Whether a file has what a lock has: nothing, or the number of a process.
  private static func isLock(_ file: Int32) -> Bool {
    var text = [UInt8](repeating: 0, count: 32)
    let count = pread(file, &text, text.count, 0)
    return (0..<text.count).contains(count)
      && text.prefix(max(0, count)).allSatisfy {
        $0 == UInt8(ascii: "\n") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }
  }

  private static func path(of recording: String) -> String { recording + "-lock" }

  private static func process(_ file: Int32) -> Int? {
    var text = [UInt8](repeating: 0, count: 20)
    let count = pread(file, &text, text.count, 0)
    guard count > 0 else { return nil }
    return Int(String(decoding: text[..<count], as: UTF8.self).prefix { $0.isNumber })
  }
}

/// The operating system's words for what just failed.
func systemReason() -> String { String(cString: strerror(errno)) }
