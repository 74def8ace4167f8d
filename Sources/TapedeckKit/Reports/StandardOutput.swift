import Foundation
import Localization
import Trace

/// Where commands print: standard output and standard error.
///
/// Whatever a terminal would get is cleaned here, so that no text from a file can control it. What cannot be written is
/// an error, not lost.
package enum StandardOutput {
  /// Prints a text and a line break.
  ///
  /// - Throws: ``OutputError``.
  package static func printLine(_ text: String) throws(OutputError) {
    try write(Array((text + "\n").utf8))
  }

  /// Writes whole lines, or other bytes that a terminal does not get.
  ///
  /// - Throws: ``OutputError``.
  package static func write(_ bytes: [UInt8]) throws(OutputError) { try write(bytes, to: STDOUT_FILENO) }

  /// Prints a text and a line break to standard error.
  ///
  /// - Throws: ``OutputError``.
  package static func complain(_ text: String) throws(OutputError) {
    try write(Array((text + "\n").utf8), to: STDERR_FILENO)
  }

  private static func write(_ bytes: [UInt8], to file: Int32) throws(OutputError) {
    let bytes = isatty(file) == 1 ? cleaned(bytes) : bytes
    if let reason = writeAll(bytes, to: file) { throw OutputError(reason: reason) }
  }

  /// Bytes of text as a terminal may get them.
  package static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).withVisibleControlsInLines.utf8)
  }
}

/// Standard output does not take what is printed.
package struct OutputError: Error, Equatable, CustomStringConvertible {
  /// Why, in the system's words.
  package let reason: String

  package var description: String {
    localized("Cannot write to standard output: \(reason). What was printed is not complete.")
  }
}

/// Writes all bytes to an open file; what the system says where that fails, nil where all is written.
func writeAll(_ bytes: [UInt8], to file: Int32) -> String? {
  var start = 0
  while start < bytes.count {
    let count = bytes.withUnsafeBytes { bytes in
      write(file, bytes.baseAddress?.advanced(by: start), bytes.count - start)
    }
    if count < 0, errno == EINTR { continue }
    if count < 0, errno == EAGAIN {
      // Another program has made the pipe one that does not wait.
      var wanted = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
      _ = poll(&wanted, 1, -1)
      continue
    }
    guard count > 0 else {
      return count == 0 ? localized("nothing is written") : String(cString: strerror(errno))
    }
    start += count
  }
  return nil
}
