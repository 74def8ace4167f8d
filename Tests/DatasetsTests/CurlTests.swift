import Datasets
import Foundation
import Synchronization
import Testing

/// The fetcher against small programs in place of `curl`.
@Suite struct CurlTests {
  /// A fetcher that runs a shell script instead.
  func withScript(_ script: String, _ body: (Curl) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try Disk().write(Array("#!/bin/sh\n\(script)\n".utf8), to: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    try body(Curl(program: path))
  }

  @Test func whatTheProgramSaysIsTheFile() throws {
    try withScript("head -c 200000 /dev/zero; printf abc") { curl in
      let bytes = try curl.fetch("https://a/b", limit: 300_000)
      #expect(bytes.count == 200_003)
      #expect(bytes.suffix(3) == Array("abc".utf8)[...])
    }
  }

  @Test func theAddressComesLastAndOnlyHTTPSIsAllowed() throws {
    try withScript("printf '%s ' \"$@\"") { curl in
      let arguments = String(decoding: try curl.fetch("https://a/b", limit: 1000), as: UTF8.self)
      #expect(arguments.hasSuffix("-- https://a/b "))
      #expect(arguments.contains("--proto =https"))
      #expect(arguments.contains("--fail"))
    }
  }

  @Test func aFailureCarriesTheProgramsWords() throws {
    try withScript("echo 'curl: (22) The requested URL returned error: 404' >&2; exit 22") { curl in
      #expect(
        datasetError { try curl.fetch("https://a/b", limit: 1000) }
          == .cannotFetch(
            address: "https://a/b", reason: "curl: (22) The requested URL returned error: 404"))
    }
  }

  @Test func aProgramThatSaysMuchIsNotWaitedForByThePipe() throws {
    try withScript("head -c 1000000 /dev/zero | tr '\\0' x >&2; printf abc") { curl in
      let bytes = try curl.fetch("https://a/b", limit: 1000)
      #expect(bytes == Array("abc".utf8))
    }
    try withScript("head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 7") { curl in
      guard case .cannotFetch(_, let reason) = datasetError({ try curl.fetch("https://a/b", limit: 1000) })
      else {
        Issue.record("a failure gave no error")
        return
      }
      #expect(reason == String(repeating: "x", count: 1_000))
    }
  }

  @Test func aFailureWithoutWordsCarriesTheStatus() throws {
    try withScript("exit 7") { curl in
      #expect(
        datasetError { try curl.fetch("https://a/b", limit: 1000) }
          == .cannotFetch(address: "https://a/b", reason: "curl ended with 7"))
    }
  }

  @Test func progressIsToldAsTheBytesCome() throws {
    try withScript("head -c 200000 /dev/zero") { curl in
      let told = Mutex<[Int]>([])
      let watched = Curl(program: curl.program) { bytes in told.withLock { $0.append(bytes) } }
      let bytes = try watched.fetch("https://a/b", limit: 200_000)
      #expect(bytes.count == 200_000)
      let counts = told.withLock { $0 }
      #expect(counts.count > 1)
      #expect(counts == counts.sorted() && counts.last == 200_000)
    }
  }

  @Test func aFileWithoutEndStopsAtTheLimit() throws {
    try withScript("exec cat /dev/zero") { curl in
      guard case .tooLarge(_, _, limit: 1000) = datasetError({ try curl.fetch("https://a/b", limit: 1000) })
      else {
        Issue.record("the fetch did not stop at the limit")
        return
      }
    }
  }

  @Test func aProgramThatIsNotThereIsAnError() {
    guard
      case .cannotFetch = datasetError({ try Curl(program: "no-such-curl").fetch("https://a/b", limit: 1) })
    else {
      Issue.record("a missing program gave no error")
      return
    }
  }
}
