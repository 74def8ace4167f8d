import SystemCalls

/// A channel for a program's output: what is written at one end is read at the other.
struct OutputChannel {
  /// Where this process reads.
  let reader: Int32
  /// Where the program writes.
  let writer: Int32

  /// A pipe, or, where a descriptor is a terminal and the program should see one, a pseudo-terminal of the same size.
  ///
  /// - Throws: ``ProbeError/cannotStart(program:reason:)`` where the system has none left.
  init(like descriptor: Int32? = nil) throws(ProbeError) {
    if let descriptor, isatty(descriptor) == 1, let terminal = OutputChannel(terminal: descriptor) {
      self = terminal
    } else {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else {
        throw .cannotStart(program: "pipe", reason: ChildProcess.reason(errno))
      }
      (reader, writer) = (ends[0], ends[1])
    }
    for end in [reader, writer] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  /// Unlocks the other end of a pseudo-terminal, and returns its path; nil where the system refuses.
  private static func pathOfTerminal(_ reader: Int32) -> String? {
    #if os(Linux)
      // The requests TIOCSPTLCK and TIOCGPTN, which Swift does not import.
      let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
      var (lock, number): (Int32, Int32) = (0, 0)
      guard ioctl(reader, setLock, &lock) == 0, ioctl(reader, getNumber, &number) == 0 else { return nil }
      return "/dev/pts/\(number)"
    #else
      guard grantpt(reader) == 0, unlockpt(reader) == 0 else { return nil }
      return ptsname(reader).map { String(cString: $0) }
    #endif
  }

  private init?(terminal: Int32) {
    let reader = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    guard reader >= 0 else { return nil }
    guard let path = OutputChannel.pathOfTerminal(reader) else {
      close(reader)
      return nil
    }
    let writer = open(path, O_RDWR | O_NOCTTY)
    guard writer >= 0 else {
      close(reader)
      return nil
    }
    var size = winsize()
    if ioctl(terminal, UInt(TIOCGWINSZ), &size) == 0 { _ = ioctl(writer, UInt(TIOCSWINSZ), &size) }
    // The terminal itself makes a carriage return of a line's end.
    var modes = termios()
    if tcgetattr(writer, &modes) == 0 {
      modes.c_oflag &= ~tcflag_t(OPOST)
      tcsetattr(writer, TCSANOW, &modes)
    }
    (self.reader, self.writer) = (reader, writer)
  }
}
