import CTerminalGuard
import SystemCalls

/// What ncurses reads and writes in place of the terminal: keys from a pipe, and the screen into memory.
///
/// ncurses waits for a terminal that does not take its output, and for the rest of a key that the terminal has thrown
/// away. So it has the terminal itself only at the beginning, for its modes.
final class CursesStreams {
  let input: UnsafeMutablePointer<FILE>
  let output: UnsafeMutablePointer<FILE>
  private let keys: (read: Int32, write: Int32)
  private let memory: Int32

  /// Streams whose output goes to a terminal until ``redirect()``; nil where the system refuses.
  init?(terminal: Int32) {
    var ends: [Int32] = [-1, -1]
    guard terminal_guard_open_pipe(&ends) == 0 else { return nil }
    keys = (ends[0], ends[1])
    memory = terminal_guard_open_memory()
    let number = fcntl(terminal, F_DUPFD_CLOEXEC, 3)
    guard memory >= 0, let reader = fdopen(ends[0], "r"), let writer = fdopen(number, "w") else {
      for descriptor in ends + [memory, number] { close(descriptor) }
      return nil
    }
    input = reader
    output = writer
  }

  deinit {
    fclose(input)
    fclose(output)
    close(keys.write)
    close(memory)
  }

  /// From now on, what ncurses writes is kept for ``takeOutput()``.
  func redirect() {
    fflush(output)
    let number = fileno(output)
    dup2(memory, number)
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
  }

  /// What ncurses has written since the last time.
  func takeOutput() -> [UInt8] {
    let count = Int(lseek(memory, 0, SEEK_CUR))
    guard count > 0 else { return [] }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(0, pread(memory, buffer.baseAddress, count, 0))
    }
    ftruncate(memory, 0)
    lseek(memory, 0, SEEK_SET)
    return bytes
  }

  /// Gives bytes to ncurses to read; returns how many there was room for.
  func type(_ bytes: ArraySlice<UInt8>) -> Int {
    max(0, bytes.withUnsafeBytes { write(keys.write, $0.baseAddress, $0.count) })
  }

  /// Whether ncurses has more to read.
  var hasKeys: Bool { terminal_guard_readable(keys.read) > 0 }
}
