import Foundation
import Localization

/// Another library that takes the same steps in its own process: a script that answers each line it reads with one.
///
/// `{"prepare": {…}}` is answered when the row is ready, `{"run": n}` with the seconds that n steps took, and
/// `{"rest": true}` when its threads are idle.
/// Owner: the thread that created it.
package final class BenchmarkPeer {
  /// The libraries that have a script.
  package enum Library: String, Sendable, CaseIterable, Codable {
    case pytorch, numpy
  }

  let library: Library
  /// Its version, as the script reports it.
  let version: String
  private let process = Process()
  private let requests = Pipe()
  private let replies = Pipe()
  private var received = Data()

  /// Starts a script in an interpreter, which is looked up in `PATH` unless its name has a slash.
  ///
  /// - Throws: ``BenchmarkError`` if it cannot be started or lacks its library.
  init(_ library: Library, python: String, scripts: PeerScripts, environment: [String: String]) throws {
    self.library = library
    let script = try scripts.path(of: library)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, script]
    if !environment.isEmpty { process.environment = environment }
    process.standardInput = requests
    process.standardOutput = replies
    do { try process.run() } catch {
      throw BenchmarkError.cannotStart(python: python, reason: "\(error)")
    }
    let hello = try BenchmarkPeer.line(from: replies, into: &received, python)
    if let missing = hello.missing { throw BenchmarkError.missing(package: missing, python: python) }
    version = hello.version ?? ""
    self.python = python
  }

  private let python: String

  deinit {
    try? requests.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Builds a row's network and data.
  func prepare(_ row: BenchmarkRow, threads: Int?, imageFolder: String?) throws {
    let request = Request(
      prepare: Request.Row(
        layers: row.layers, batch: row.batchSize, samples: row.sampleCount,
        optimizer: row.optimizer.rawValue, rate: row.learningRate, source: row.source, threads: threads,
        images: imageFolder, precision: row.peerPrecision))
    _ = try ask(request)
  }

  /// Seconds that `count` steps take.
  func run(_ count: Int) throws -> Double {
    guard let seconds = try ask(Request(run: count)).seconds else {
      throw BenchmarkError.cannotStart(python: python, reason: localized("it answered without a time"))
    }
    return seconds
  }

  /// Waits until the library's threads, which look for more work for up to 100 ms, are idle.
  func waitUntilIdle() throws { _ = try ask(Request(rest: true)) }

  private func ask(_ request: Request) throws -> Reply {
    let line = try JSONEncoder().encode(request) + Data("\n".utf8)
    try requests.fileHandleForWriting.write(contentsOf: line)
    return try BenchmarkPeer.line(from: replies, into: &received, python)
  }

  private static func line(from pipe: Pipe, into received: inout Data, _ python: String) throws -> Reply {
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        let line = received[..<end]
        received = Data(received[(end + 1)...])
        return try JSONDecoder().decode(Reply.self, from: line)
      }
      let more = pipe.fileHandleForReading.availableData
      guard !more.isEmpty else {
        throw BenchmarkError.cannotStart(
          python: python, reason: localized("it ended; its own message is above"))
      }
      received += more
    }
  }

  private struct Request: Encodable {
    struct Row: Encodable {
      let layers: [Int]
      let batch: Int
      let samples: Int
      let optimizer: String
      let rate: Double
      let source: BenchmarkRow.Source
      let threads: Int?
      let images: String?
      let precision: String
    }

    var prepare: Row?
    var run: Int?
    var rest: Bool?
  }

  private struct Reply: Decodable {
    let missing: String?
    let version: String?
    let seconds: Double?
  }
}
