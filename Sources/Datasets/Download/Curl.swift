import Foundation
import Localization

/// Fetches with the `curl` program, which knows the machine's proxies and certificates.
public struct Curl: Fetcher {
  /// The program to run: its name or path.
  package let program: String
  private let progress: @Sendable (Int) -> Void

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
    let bytes = Self.bytes(from: output.fileHandleForReading, limit: limit, progress)
    guard bytes.count <= limit else {
      // A child of a Dispatch thread has the thread's signal mask, and that blocks all that can be blocked.
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
      throw .tooLarge(source: address, bytes: bytes.count, limit: limit)
    }
    // curl says one line, far less than the pipe holds, so it cannot wait for a reader.
    let message = Self.bytes(from: errors.fileHandleForReading, limit: 1000) { _ in }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let words = String(decoding: message, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
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
