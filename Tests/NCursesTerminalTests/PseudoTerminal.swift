import Glibc
import NCursesTerminal

/// A terminal made of two descriptors: the program's end and the test's.
final class PseudoTerminal {
  /// The program's end.
  let program: Int32
  private var user: Int32

  // TIOCSPTLCK and TIOCGPTN, whose definitions Swift cannot import.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  init(columns: Int, rows: Int) throws {
    user = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: Int32 = 0
    var number: UInt32 = 0
    guard user >= 0, ioctl(user, Self.setLock, &lock) == 0, ioctl(user, Self.getNumber, &number) == 0 else {
      throw TerminalError.system("no pseudo-terminal")
    }
    program = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    resize(columns: columns, rows: rows)
  }

  deinit {
    hangUp()
    close(program)
  }

  func options(_ environment: [String: String] = ["TERM": "xterm-256color"]) -> NCursesTerminal.Options {
    NCursesTerminal.Options(environment: environment, input: program, output: program)
  }

  func resize(columns: Int, rows: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(user, UInt(TIOCSWINSZ), &size)
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(user, bytes, bytes.count)
  }

  /// Everything the program has written since the last time.
  func read() -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      var state = pollfd(fd: user, events: Int16(POLLIN), revents: 0)
      guard poll(&state, 1, 0) == 1 else { break }
      let count = Glibc.read(user, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Goes away, as a terminal window that is closed.
  func hangUp() {
    guard user >= 0 else { return }
    close(user)
    user = -1
  }

  /// The terminal's mode as bytes, to compare.
  var mode: [UInt8] {
    var mode = termios()
    tcgetattr(program, &mode)
    return withUnsafeBytes(of: &mode) { Array($0) }
  }
}
