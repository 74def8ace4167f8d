import SystemCalls

/// The user's terminal, opened a second time, so that neither reading nor writing ever waits.
///
/// Whether that waits is a mode of what was opened, and that the program shares with the shell which started it.
struct TerminalDevice {
  /// The descriptor that is readable when there are keys.
  let input: Int32
  /// The descriptor the screen is drawn through.
  let output: Int32

  /// The terminals of two descriptors; nil where the system refuses.
  init?(input: Int32, output: Int32) {
    self.input = Self.open(input, O_RDONLY)
    self.output = Self.open(output, O_WRONLY)
    guard self.input >= 0, self.output >= 0 else {
      close()
      return nil
    }
  }

  func close() {
    closeDescriptor(input)
    closeDescriptor(output)
  }

  /// What has been typed and not read yet, or the first part of it.
  func read() -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    // The terminal of another session and another user cannot be opened again.
    let waits = fcntl(input, F_GETFL) & O_NONBLOCK == 0
    while bytes.count < Self.most, !waits || isReadable {
      let count = readDescriptor(input, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// Writes as much as the terminal takes now; returns how many bytes.
  ///
  /// A terminal that is gone takes everything.
  func write(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let count = writeDescriptor(output, bytes.baseAddress?.advanced(by: written), bytes.count - written)
        if count < 0, errno == EINTR { continue }
        if count < 0, errno == EAGAIN { break }
        guard count > 0 else { return bytes.count }
        written += count
      }
      return written
    }
  }

  /// **Units**: bytes. What is read at one go, so that a signal does not wait behind what is typed or pasted.
  private static let most = 1 << 15

  /// The folder in which a descriptor can be opened again.
  private static var descriptors: String {
    #if os(Linux)
      "/proc/self/fd"
    #else
      "/dev/fd"
    #endif
  }

  private static func open(_ descriptor: Int32, _ access: Int32) -> Int32 {
    // The terminal of this session can be opened by its user even where it belongs to another, as after su.
    let path = tcgetsid(descriptor) == getsid(0) ? "/dev/tty" : "\(Self.descriptors)/\(descriptor)"
    let opened = openFile(path, access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    defer { if opened >= 0 { closeDescriptor(opened) } }
    // Not one of the first three, in case those are closed.
    return fcntl(opened >= 0 ? opened : descriptor, F_DUPFD_CLOEXEC, 3)
  }

  private var isReadable: Bool {
    var state = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) == 1
  }
}
