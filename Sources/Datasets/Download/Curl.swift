import Foundation
import Localization
import Synchronization

/// Fetches with the `curl` program, which knows the machine's proxies and certificates.
public struct Curl: Fetcher {
  /// The program to run: its name or path.
  package let program: String
  private let progress: @Sendable (Int) -> Void
  /// **Units**: bytes. What is kept of what the program says; curl says one line.
  private static let messageLimit = 1_000
  /// **Units**: seconds to wait for the end of what the program says, once it has ended.
  private static let patience = 2.0

  /// A fetcher that runs `curl`.
  ///
  /// - Parameters:
  ///   - program: The program's path, or its name to look for in `PATH`.
  ///   - progress: Told of the bytes that have come of a file so far, as they come.
  public init(program: String = "curl", progress: @escaping @Sendable (Int) -> Void = { _ in }) {
    self.program = program
    self.progress = progress
  }

  /// Fetches a file over `https` only, also where the server redirects.
  ///
  /// - Parameters:
  ///   - address: The file's `https` address.
  ///   - limit: The most bytes to take.
  /// - Returns: The file's bytes.
  /// - Throws: `DatasetError.cannotFetch`, or `DatasetError.tooLarge` for more bytes than `limit`.
  public func fetch(_ address: String, limit: Int) throws(DatasetError) -> [UInt8] {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      program, "--silent", "--show-error", "--fail", "--location", "--proto", "=https",
      "--connect-timeout", "20", "--speed-time", "30", "--speed-limit", "1000", "--", address,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw .cannotFetch(address: address, reason: error.localizedDescription)
    }
    // Both pipes are read at once: a program that waits for a reader of one would never end the other.
    let message = Mutex<[UInt8]>([])
    let isRead = DispatchSemaphore(value: 0)
    let said = errors.fileHandleForReading
    DispatchQueue.global().async {
      while let data = try? said.read(upToCount: 1 << 16), !data.isEmpty {
        message.withLock { $0 += data.prefix(max(0, Self.messageLimit - $0.count)) }
      }
      isRead.signal()
    }
    let bytes = Self.bytes(from: output.fileHandleForReading, limit: limit, progress)
    guard bytes.count <= limit else {
      // A child of a Dispatch thread has the thread's signal mask, and that blocks all that can be blocked.
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
      throw .tooLarge(source: address, bytes: bytes.count, limit: limit)
    }
    process.waitUntilExit()
    // A process that the program has left behind may hold the pipe open.
    _ = isRead.wait(timeout: .now() + Self.patience)
    guard process.terminationStatus == 0 else {
      let words = String(decoding: message.withLock(\.self), as: UTF8.self).trimmingCharacters(
        in: .whitespacesAndNewlines)
      throw .cannotFetch(
        address: address,
        reason: words.isEmpty ? localized("curl ended with \(process.terminationStatus)") : words)
    }
    return bytes
  }

  /// What comes out of a pipe, until its end or past the limit.
  private static func bytes(
    from pipe: FileHandle, limit: Int, _ progress: (Int) -> Void
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= limit, let data = try? pipe.read(upToCount: 1 << 16), !data.isEmpty {
      bytes += data
      progress(bytes.count)
    }
    return bytes
  }
}
