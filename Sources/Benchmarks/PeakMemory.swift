import Datasets
import Foundation

/// The most memory the process has held, from Linux's own count.
struct PeakMemory {
  /// Restarts the count; false where the system does not allow it, so that it continues from the start.
  @discardableResult
  func restart() -> Bool {
    guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return false }
    defer { try? file.close() }
    return (try? file.write(contentsOf: Data("5".utf8))) != nil
  }

  /// Bytes; nil where the system does not say.
  var byteCount: Int? {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }) else { return nil }
    return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
  }
}
